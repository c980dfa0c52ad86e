package io.osspost.emulator.internal;

import io.osspost.emulator.internal.auth.AccessKey;
import io.osspost.emulator.internal.store.ObjectAcl;
import io.osspost.emulator.rules.EmulatorRules;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The settings of an emulator, each checked when it is set. Not thread-safe. */
public final class EmulatorSettings {
  static final String DEFAULT_REGION = "cn-hangzhou";

  private static final String DEFAULT_BUCKET = "examplebucket";
  private static final String DEFAULT_KEY_ID = "EmulatorAccessKeyId";
  private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9-]{1,61}[a-z0-9]");
  private static final Pattern REGION = Pattern.compile("[a-z]{2,}(-[a-z0-9]+)+");

  String host = "127.0.0.1";
  int port;
  String region = DEFAULT_REGION;
  final Map<String, AccessKey> keys = new LinkedHashMap<>();
  @Nullable Path data;
  final List<String> corsOrigins = new ArrayList<>();
  boolean inMemory;
  @Nullable ObjectAcl acl;
  Clock clock = Clock.systemUTC();
  EmulatorRules rules = EmulatorRules.standard();
  Optional<String> adminToken = Optional.empty();
  final Map<String, String> domains = new LinkedHashMap<>();
  private final List<String> buckets = new ArrayList<>();
  private final List<String> allowedHosts = new ArrayList<>();
  private final KeyServices.Settings keyServices = new KeyServices.Settings();

  /** The settings of STS and the metadata service. */
  public KeyServices.Settings keyServices() {
    return keyServices;
  }

  public void host(String host) {
    if (host.isBlank()) {
      throw new IllegalArgumentException(
          "The host is blank. Name an address of this machine, such as '127.0.0.1'.");
    }
    this.host = host;
  }

  public void port(int port) {
    this.port = checked(port);
  }

  public void bucket(String bucket) {
    checkBucket(bucket);
    if (!buckets.contains(bucket)) {
      buckets.add(bucket);
    }
  }

  private static void checkBucket(String bucket) {
    if (!BUCKET.matcher(bucket).matches()) {
      throw new IllegalArgumentException(
          "'"
              + bucket
              + "' is not a bucket name. Use 3 to 63 lower-case letters, digits and hyphens,"
              + " with a letter or digit at both ends.");
    }
  }

  public void region(String region) {
    if (region.startsWith("oss-")) {
      throw new IllegalArgumentException(
          "'"
              + region
              + "' is an endpoint's name. The region is '"
              + region.substring("oss-".length())
              + "'.");
    }
    if (!REGION.matcher(region).matches()) {
      throw new IllegalArgumentException(
          "'" + region + "' is not a region. Use an id such as 'cn-hangzhou'.");
    }
    this.region = region;
  }

  /** Adds a key. */
  public void key(AccessKey key) {
    if (key.id().isBlank() || key.id().contains("/") || key.secret().isBlank()) {
      throw new IllegalArgumentException(
          "The AccessKey '" + key.id() + "' is invalid. Use an ID without a slash, and a secret.");
    }
    if (keys.putIfAbsent(key.id(), key) != null) {
      throw new IllegalArgumentException(
          "There are two keys '" + key.id() + "'. Give each its own ID.");
    }
  }

  public void stsPort(int port) {
    keyServices.stsPort(checked(port));
  }

  public void metadataPort(int port) {
    keyServices.metadataPort(checked(port));
  }

  public void data(Path folder) {
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new IllegalArgumentException(
          "'" + folder + "' is a file. Name a folder for the objects.");
    }
    this.data = folder;
  }

  public void inMemory() {
    this.inMemory = true;
  }

  public void corsOrigin(String origin) {
    if (origin.isBlank() || origin.indexOf('*') != origin.lastIndexOf('*')) {
      throw new IllegalArgumentException(
          "'"
              + origin
              + "' is not an origin. Use one such as 'https://example.com', with one '*' at most.");
    }
    if (origin.endsWith("/")) {
      throw new IllegalArgumentException(
          "Origin '"
              + origin
              + "' ends with a slash, which browsers never send. Use '"
              + origin.substring(0, origin.length() - 1)
              + "'.");
    }
    corsOrigins.add(origin);
  }

  public void acl(ObjectAcl acl) {
    this.acl = acl;
  }

  /** Returns a random token. */
  public void admin() {
    admin(randomText());
  }

  public void admin(String token) {
    if (token.strip().length() < 16) {
      throw new IllegalArgumentException(
          "The admin token has fewer than 16 characters. Make one with 'openssl rand -hex 16'.");
    }
    this.adminToken = Optional.of(token.strip());
  }

  /** Binds a domain to a bucket, as OSS does with a domain of its user, and accepts it as host. */
  public void domain(String domain, String bucket) {
    checkHost(domain);
    checkBucket(bucket);
    domains.put(domain, bucket);
  }

  public void allowHost(String host) {
    checkHost(host);
    allowedHosts.add(host);
  }

  private static void checkHost(String host) {
    if (!host.matches("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*")) {
      throw new IllegalArgumentException(
          "'" + host + "' is not a host name. Write it without port, like 'oss' or 'oss.test'.");
    }
  }

  public void rules(EmulatorRules rules) {
    this.rules = rules;
  }

  public EmulatorRules rules() {
    return rules;
  }

  public void clock(Clock clock) {
    this.clock = Objects.requireNonNull(clock, "clock");
  }

  /** Returns the additional host names that are accepted. */
  List<String> allowedHosts() {
    List<String> hosts = new ArrayList<>(allowedHosts);
    hosts.add(host);
    return hosts;
  }

  /** Returns the key that tests sign with. Generates one if none was added. */
  AccessKey firstPermanentKey() {
    for (AccessKey key : keys.values()) {
      if (key.token().isEmpty() && key.isEnabled()) {
        return key;
      }
    }
    AccessKey madeUp = AccessKey.permanent(DEFAULT_KEY_ID, randomText());
    key(madeUp);
    return madeUp;
  }

  /** Returns the buckets, the one of tests first, and then the buckets of domains. */
  List<String> bucketNames() {
    Set<String> names = new LinkedHashSet<>(buckets.isEmpty() ? List.of(DEFAULT_BUCKET) : buckets);
    names.addAll(domains.values());
    return List.copyOf(names);
  }

  private static String randomText() {
    byte[] bytes = new byte[24];
    new SecureRandom().nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static int checked(int port) {
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException(
          "There is no port " + port + ". Choose 1 to 65535, or 0 for any free one.");
    }
    return port;
  }
}
