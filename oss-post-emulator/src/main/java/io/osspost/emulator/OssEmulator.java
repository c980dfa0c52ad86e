package io.osspost.emulator;

import io.osspost.emulator.auth.AccessKey;
import io.osspost.emulator.callback.CallbackKey;
import io.osspost.emulator.fault.Faults;
import io.osspost.emulator.http.OssServer;
import io.osspost.emulator.journal.Journal;
import io.osspost.emulator.ram.RamPolicy;
import io.osspost.emulator.rules.EmulatorRule;
import io.osspost.emulator.rules.EmulatorRules;
import io.osspost.emulator.store.ObjectAcl;
import io.osspost.emulator.store.ObjectStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Alibaba Cloud OSS on this machine: takes upload forms and judges them as OSS does, with the same
 * error documents. Made for tests; thread-safe.
 *
 * <pre>{@code
 * try (OssEmulator oss = OssEmulator.start()) {
 *   // post a form to oss.endpoint() + "/" + oss.bucket() + "/", then
 *   StoredObject object = oss.object("user-dir/photo.png").orElseThrow();
 * }
 * }</pre>
 *
 * <p>A bucket is addressed by the first path segment, or by the host: {@code
 * http://examplebucket.localhost:PORT/}. Why a request was refused goes to the logger {@code
 * io.osspost.emulator}, one line each, without secrets. Content streams through to disk, so the
 * heap does not limit the size of a file.
 *
 * <p>Source of the protocol: OSS documentation "PostObject", "POST V4 signature", "GetObject",
 * "PutBucketCors", and the pages of the EC numbers.
 */
public final class OssEmulator implements AutoCloseable {
  static final String DEFAULT_BUCKET = "examplebucket";
  static final String DEFAULT_REGION = "cn-hangzhou";
  static final String DEFAULT_KEY_ID = "EmulatorAccessKeyId";

  private final ObjectStore store;
  private final OssServer server;
  private final String host;
  private final String bucket;
  private final String region;
  private final AccessKey accessKey;
  private final EmulatorRules rules;
  private final Controls controls;
  private final CallbackKey callbackKey = new CallbackKey();
  private final KeyServices keyServices;
  private final String roleArn;
  private final Optional<String> adminToken;

  OssEmulator(
      ObjectStore store,
      OssServer server,
      Controls controls,
      KeyServices keyServices,
      String host,
      Builder builder,
      AccessKey accessKey) {
    this.store = store;
    this.server = server;
    this.controls = controls;
    this.host = host;
    this.bucket = builder.bucketNames().get(0);
    this.region = builder.region;
    this.accessKey = accessKey;
    this.rules = builder.rules;
    this.keyServices = keyServices;
    this.roleArn = builder.keyServices.roleArn();
    this.adminToken = builder.adminToken;
  }

  /**
   * Starts with the defaults of {@link Builder} on a free loopback port.
   *
   * @throws UncheckedIOException if the temporary folder cannot be created
   */
  public static OssEmulator start() {
    return builder().start();
  }

  public static Builder builder() {
    return new Builder();
  }

  /** Where it listens, such as {@code http://127.0.0.1:49152}. */
  public URI endpoint() {
    return URI.create("http://" + host + ":" + port());
  }

  public int port() {
    return server.port();
  }

  /** The bucket, or the first of several. */
  public String bucket() {
    return bucket;
  }

  public String region() {
    return region;
  }

  /** How it reads what OSS leaves undocumented. */
  public EmulatorRules rules() {
    return rules;
  }

  /** Its clock, which a test may set. */
  public EmulatorClock clock() {
    return controls.clock();
  }

  /** What it was asked, and what it said to it. */
  public Journal journal() {
    return controls.journal();
  }

  /** What shall go wrong; nothing, until a test adds something. */
  public Faults faults() {
    return controls.faults();
  }

  /** The token of requests to {@code /_admin/}; empty unless that is on. */
  public Optional<String> adminToken() {
    return adminToken;
  }

  /** The permanent key, or the first of several. */
  public String accessKeyId() {
    return accessKey.id();
  }

  /** Its secret: another one at every start, unless the builder was given one. */
  public String accessKeySecret() {
    return accessKey.secret();
  }

  /**
   * The key that verifies callbacks of this emulator, as {@code MD5withRSA}. Every emulator makes
   * its own.
   */
  public PublicKey callbackPublicKey() {
    return callbackKey.publicKey();
  }

  /** That key in the PEM form OSS serves. */
  public String callbackPublicKeyPem() {
    return callbackKey.pem();
  }

  /**
   * Where this emulator serves that key, and what callbacks name in {@code x-oss-pub-key-url}. It
   * begins with {@link #endpoint()}, so a verifier can be told to trust that.
   */
  public URI callbackPublicKeyUrl() {
    return endpoint().resolve("/" + CallbackKey.FILE);
  }

  /**
   * Where STS listens, such as {@code http://127.0.0.1:49153}.
   *
   * @throws IllegalStateException if the builder did not ask for it
   */
  public URI stsEndpoint() {
    return endpoint(keyServices.stsPort(), "STS", "stsPort");
  }

  /**
   * Where the metadata service of an ECS instance listens, in place of {@code
   * http://100.100.100.200}.
   *
   * @throws IllegalStateException if the builder did not ask for it
   */
  public URI metadataEndpoint() {
    return endpoint(keyServices.metadataPort(), "metadata service", "metadataPort");
  }

  /** The role STS lends and the instance has, or the first of several. */
  public String roleArn() {
    return roleArn;
  }

  /** Lets STS admit {@code callsPerSecond}, as an account has 100 of; 0 refuses all. */
  public void limitSts(int callsPerSecond) {
    if (callsPerSecond < 0) {
      throw new IllegalArgumentException(
          "A limit of " + callsPerSecond + " calls makes no sense. Use 0 to refuse all.");
    }
    keyServices.limit().set(callsPerSecond);
  }

  /** The object of that key in {@link #bucket()}, if an upload has completed. */
  public Optional<StoredObject> object(String key) {
    return object(bucket, key);
  }

  /**
   * The object of that key in {@code bucket}, if an upload has completed.
   *
   * @throws IllegalArgumentException if there is no such bucket
   */
  public Optional<StoredObject> object(String bucket, String key) {
    return store.find(bucket, key).map(StoredObject::new);
  }

  /** The keys in {@link #bucket()}, sorted; a copy. */
  public List<String> keys() {
    return keys(bucket);
  }

  /**
   * The keys in {@code bucket}, sorted; a copy.
   *
   * @throws IllegalArgumentException if there is no such bucket
   */
  public List<String> keys(String bucket) {
    return store.keys(bucket);
  }

  /**
   * Stops serving, cuts uploads under way, and deletes the objects unless they lie in a folder of
   * {@link Builder#data}.
   *
   * @throws UncheckedIOException if files cannot be deleted
   */
  @Override
  public void close() {
    keyServices.close();
    server.close();
    try {
      store.close();
    } catch (IOException e) {
      throw new UncheckedIOException("The emulator cannot clean up: " + e.getMessage(), e);
    }
  }

  /** What there is beside OSS, for people to read: names and addresses. */
  Map<String, String> keyServices() {
    Map<String, String> services = new LinkedHashMap<>();
    keyServices.stsPort().ifPresent(port -> services.put("sts", stsEndpoint().toString()));
    keyServices
        .metadataPort()
        .ifPresent(port -> services.put("metadata", metadataEndpoint().toString()));
    if (!services.isEmpty()) {
      services.put("role", roleArn);
    }
    return services;
  }

  private URI endpoint(OptionalInt port, String service, String setting) {
    if (port.isEmpty()) {
      throw new IllegalStateException(
          "This emulator runs no " + service + ". Start it with builder()." + setting + "(0).");
    }
    return URI.create("http://" + host + ":" + port.getAsInt());
  }

  CallbackKey callbackKey() {
    return callbackKey;
  }

  Optional<Path> folder() {
    return store.folder();
  }

  /** Names endpoint and key, never the secret: this ends up in logs. */
  @Override
  public String toString() {
    return "OssEmulator[" + endpoint() + ", bucket " + bucket + ", " + accessKey + "]";
  }

  /**
   * Settings of an emulator. Every one has a default: a free loopback port, bucket {@code
   * examplebucket}, region {@code cn-hangzhou}, a key with a random secret, CORS for pages of this
   * machine, a private bucket, the system clock, and a temporary folder. Not thread-safe.
   */
  public static final class Builder {
    private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9-]{1,61}[a-z0-9]");
    private static final Pattern REGION = Pattern.compile("[a-z]{2,}(-[a-z0-9]+)+");

    String host = "127.0.0.1";
    int port;
    private final List<String> buckets = new ArrayList<>();
    String region = DEFAULT_REGION;
    final Map<String, AccessKey> keys = new LinkedHashMap<>();
    @Nullable Path data;
    final List<String> corsOrigins = new ArrayList<>();
    boolean inMemory;
    @Nullable ObjectAcl acl;
    Clock clock = Clock.systemUTC();
    EmulatorRules rules = EmulatorRules.standard();
    Optional<String> adminToken = Optional.empty();
    private final List<String> allowedHosts = new ArrayList<>();
    final KeyServices.Settings keyServices = new KeyServices.Settings();

    private Builder() {}

    /** Listens on {@code host} instead of {@code 127.0.0.1}; {@code 0.0.0.0} for every network. */
    public Builder host(String host) {
      if (host.isBlank()) {
        throw new IllegalArgumentException(
            "The host is blank. Name an address of this machine, such as '127.0.0.1'.");
      }
      this.host = host;
      return this;
    }

    /** Listens on {@code port}; 0, the default, takes any free one. */
    public Builder port(int port) {
      this.port = checked(port);
      return this;
    }

    /** Adds a bucket; without a call there is {@code examplebucket}. */
    public Builder bucket(String bucket) {
      if (!BUCKET.matcher(bucket).matches()) {
        throw new IllegalArgumentException(
            "'"
                + bucket
                + "' is not a bucket name. Use 3 to 63 lower-case letters, digits and hyphens,"
                + " with a letter or digit at both ends.");
      }
      if (!buckets.contains(bucket)) {
        buckets.add(bucket);
      }
      return this;
    }

    /** The region of the buckets, as it stands in a V4 credential: {@code cn-hangzhou}. */
    public Builder region(String region) {
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
      return this;
    }

    /** Adds a permanent key; without a call there is a made-up one. */
    public Builder accessKey(String id, String secret) {
      return key(AccessKey.permanent(id, secret));
    }

    /** Adds a permanent key its owner has switched off. */
    public Builder disabledKey(String id, String secret) {
      return key(AccessKey.permanent(id, secret).disabled());
    }

    /** Adds a temporary key, as STS would hand it out; it counts until {@code expiry}. */
    public Builder temporaryKey(String id, String secret, String token, Instant expiry) {
      Objects.requireNonNull(expiry, "expiry");
      if (token.isBlank()) {
        throw new IllegalArgumentException(
            "The security token of '"
                + id
                + "' is blank. A key without one is permanent: use"
                + " accessKey.");
      }
      return key(AccessKey.temporary(id, secret, token, expiry));
    }

    /** Serves STS on {@code port}; 0 takes any free one. Without a call there is no STS. */
    public Builder stsPort(int port) {
      keyServices.stsPort(checked(port));
      return this;
    }

    /**
     * Serves the metadata of an ECS instance, which has the first role, on {@code port}; 0 takes
     * any free one. Without a call there is no such service.
     */
    public Builder metadataPort(int port) {
      keyServices.metadataPort(checked(port));
      return this;
    }

    /** Refuses metadata to requests without a token. */
    public Builder hardenedMetadata() {
      keyServices.hardenMetadata();
      return this;
    }

    /**
     * How long keys from the metadata service live; without a call, 6 hours. New ones are made
     * after half of that.
     */
    public Builder instanceKeyLife(Duration life) {
      keyServices.instanceKeyLife(life);
      return this;
    }

    /**
     * Adds a role that may do everything; without a call there is a made-up one. Its account owns
     * the buckets.
     *
     * @param arn such as {@code acs:ram::1234567890123456:role/uploader}
     */
    public Builder roleArn(String arn) {
      keyServices.role(arn, RamPolicy.ALL);
      return this;
    }

    /** Adds a role that may do what {@code policy}, the JSON of a RAM policy, allows. */
    public Builder role(String arn, String policy) {
      keyServices.role(arn, KeyServices.Settings.policy(policy));
      return this;
    }

    /** How long a session of any role may last: 1 to 12 hours; without a call, 1 hour. */
    public Builder longestSession(Duration duration) {
      keyServices.longestSession(duration);
      return this;
    }

    /**
     * Trusts {@code token}, and no other, as one that the OIDC provider issued.
     *
     * @param providerArn such as {@code acs:ram::1234567890123456:oidc-provider/cluster}
     */
    public Builder oidcToken(String providerArn, String token) {
      keyServices.oidcToken(providerArn, token);
      return this;
    }

    /**
     * Keeps the objects in {@code folder}, and finds there what an earlier run stored. Without a
     * call they lie in a temporary folder and are gone after {@link OssEmulator#close}.
     */
    public Builder data(Path folder) {
      if (Files.exists(folder) && !Files.isDirectory(folder)) {
        throw new IllegalArgumentException(
            "'" + folder + "' is a file. Name a folder for the objects.");
      }
      this.data = folder;
      return this;
    }

    /**
     * Keeps the objects on the heap instead of a folder: quick for small ones, and gone after
     * {@link OssEmulator#close}.
     */
    public Builder inMemory() {
      this.inMemory = true;
      return this;
    }

    /**
     * Lets pages of {@code origin} read the answers; without a call, pages of this machine: {@code
     * localhost}, {@code 127.0.0.1} and {@code [::1]} at any port. One {@code *} stands for any
     * text. A client may change the rules with PutBucketCors.
     */
    public Builder corsOrigin(String origin) {
      if (origin.isBlank() || origin.indexOf('*') != origin.lastIndexOf('*')) {
        throw new IllegalArgumentException(
            "'"
                + origin
                + "' is not an origin. Use one such as 'https://example.com', with one '*'"
                + " at most.");
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
      return this;
    }

    /** Lets strangers read: bucket ACL {@code public-read} instead of {@code private}. */
    public Builder publicRead() {
      this.acl = ObjectAcl.PUBLIC_READ;
      return this;
    }

    /** Lets strangers read, write and delete: bucket ACL {@code public-read-write}. */
    public Builder publicReadWrite() {
      this.acl = ObjectAcl.PUBLIC_READ_WRITE;
      return this;
    }

    /**
     * Lets clock, faults and journal be steered over HTTP, at {@code /_admin/}, by requests with
     * header {@code x-emulator-token}: for tests in another process. {@link OssEmulator#adminToken}
     * returns the token, a random one.
     */
    public Builder admin() {
      return admin(randomText());
    }

    /**
     * Lets clock, faults and journal be steered over HTTP by requests with this token.
     *
     * @param token at least 16 characters
     */
    public Builder admin(String token) {
      if (token.strip().length() < 16) {
        throw new IllegalArgumentException(
            "The admin token has fewer than 16 characters. Make one with 'openssl rand -hex 16'.");
      }
      this.adminToken = Optional.of(token.strip());
      return this;
    }

    /**
     * Answers to this host name and to all names below it, besides IP addresses, {@code localhost}
     * and the vendor's own hosts; repeat for more. Other names are refused, because a web page can
     * point a name of its own at this machine.
     */
    public Builder allowHost(String host) {
      if (!host.matches("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*")) {
        throw new IllegalArgumentException(
            "'" + host + "' is not a host name. Write it without port, like 'oss' or 'oss.test'.");
      }
      allowedHosts.add(host);
      return this;
    }

    /** Answers an open question in another way than by default; repeat for more. */
    public Builder rule(EmulatorRule rule) {
      this.rules = rules.with(rule);
      return this;
    }

    /**
     * Answers open questions as a text says: {@code field-names=exact,redirect-status=302}.
     *
     * @throws IllegalArgumentException naming the questions or answers there are
     */
    public Builder rules(String text) {
      this.rules = rules.with(text);
      return this;
    }

    /** Takes the time from {@code clock}; a test may still set {@link OssEmulator#clock}. */
    public Builder clock(Clock clock) {
      this.clock = Objects.requireNonNull(clock, "clock");
      return this;
    }

    /**
     * Starts serving.
     *
     * @throws IllegalArgumentException if the host is unknown
     * @throws UncheckedIOException if the port is taken, or the folder cannot be used
     */
    public OssEmulator start() {
      return new Startup(this).run();
    }

    private Builder key(AccessKey key) {
      if (key.id().isBlank() || key.id().contains("/") || key.secret().isBlank()) {
        throw new IllegalArgumentException(
            "The AccessKey '"
                + key.id()
                + "' is not usable. It needs an ID without a slash, and a"
                + " secret.");
      }
      if (keys.putIfAbsent(key.id(), key) != null) {
        throw new IllegalArgumentException(
            "There are two keys '" + key.id() + "'. Give each its own ID.");
      }
      return this;
    }

    /** The hosts besides those that are safe anyway. */
    List<String> allowedHosts() {
      List<String> hosts = new ArrayList<>(allowedHosts);
      hosts.add(host);
      return hosts;
    }

    private static String randomText() {
      byte[] bytes = new byte[24];
      new SecureRandom().nextBytes(bytes);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** The key tests sign with; made up and added if there is none. */
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

    private static int checked(int port) {
      if (port < 0 || port > 65535) {
        throw new IllegalArgumentException(
            "There is no port " + port + ". Choose 1 to 65535, or 0 for any free one.");
      }
      return port;
    }

    List<String> bucketNames() {
      return buckets.isEmpty() ? List.of(DEFAULT_BUCKET) : buckets;
    }
  }
}
