package io.osspost.emulator;

import io.osspost.emulator.clock.EmulatorClock;
import io.osspost.emulator.fault.Faults;
import io.osspost.emulator.internal.EmulatorSettings;
import io.osspost.emulator.internal.KeyServices;
import io.osspost.emulator.internal.RunningEmulator;
import io.osspost.emulator.internal.Startup;
import io.osspost.emulator.internal.auth.AccessKey;
import io.osspost.emulator.internal.ram.RamPolicy;
import io.osspost.emulator.internal.store.ObjectAcl;
import io.osspost.emulator.journal.Journal;
import io.osspost.emulator.rules.EmulatorRule;
import io.osspost.emulator.rules.EmulatorRules;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * An emulator of Alibaba Cloud OSS on this machine. It checks upload forms as OSS does, and returns
 * the same error documents. For tests. Thread-safe.
 *
 * <pre>{@code
 * try (OssEmulator oss = OssEmulator.start()) {
 *   // post a form to oss.endpoint() + "/" + oss.bucket() + "/", then
 *   StoredObject object = oss.object("user-dir/photo.png").orElseThrow();
 * }
 * }</pre>
 *
 * <p>The first path segment names the bucket, or the host does: {@code
 * http://examplebucket.localhost:PORT/}. The logger {@code io.osspost.emulator} logs each refused
 * request with the reason in one line, without secrets. Content is streamed to disk, so the heap
 * does not limit the size of a file.
 *
 * <p>This file is long because each setting of the builder is documented here; {@code
 * EmulatorSettings} checks them.
 *
 * <p>Source of the protocol: OSS documentation "PostObject", "POST V4 signature", "GetObject",
 * "PutBucketCors", and the pages of the EC numbers.
 */
public final class OssEmulator implements AutoCloseable {
  private final RunningEmulator running;

  OssEmulator(RunningEmulator running) {
    this.running = running;
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

  /** Returns the address of OSS, such as {@code http://127.0.0.1:49152}. */
  public URI endpoint() {
    return running.endpoint();
  }

  public int port() {
    return running.port();
  }

  /** Returns the name of the bucket, or of the first of several. */
  public String bucket() {
    return running.bucket();
  }

  public String region() {
    return running.region();
  }

  /** Returns the readings of undocumented points. */
  public EmulatorRules rules() {
    return running.rules();
  }

  /** Returns the clock, which a test may set. */
  public EmulatorClock clock() {
    return running.controls().clock();
  }

  /** Returns the journal of requests and their results. */
  public Journal journal() {
    return running.controls().journal();
  }

  /** Returns the faults that occur with requests; empty until a test adds one. */
  public Faults faults() {
    return running.controls().faults();
  }

  /** Returns the token of requests to {@code /_admin/}; empty unless it is enabled. */
  public Optional<String> adminToken() {
    return running.adminToken();
  }

  /** Returns the id of the permanent key, or of the first of several. */
  public String accessKeyId() {
    return running.accessKey().id();
  }

  /** Returns the secret of that key. It is random at every start unless the builder sets it. */
  public String accessKeySecret() {
    return running.accessKey().secret();
  }

  /**
   * Returns the key that verifies this emulator's callbacks, as {@code MD5withRSA}. Every emulator
   * creates its own.
   */
  public PublicKey callbackPublicKey() {
    return running.callbackKey().publicKey();
  }

  /** Returns that key in the PEM form that OSS serves. */
  public String callbackPublicKeyPem() {
    return running.callbackKey().pem();
  }

  /**
   * Returns the URL of that key, which callbacks name in {@code x-oss-pub-key-url}. It begins with
   * {@link #endpoint()}, so a verifier can trust that prefix.
   */
  public URI callbackPublicKeyUrl() {
    return running.callbackKeyUrl();
  }

  /**
   * Returns the address of STS, such as {@code http://127.0.0.1:49153}.
   *
   * @throws IllegalStateException if the builder did not enable it
   */
  public URI stsEndpoint() {
    return endpoint(running.keyServices().stsPort(), "STS", "stsPort");
  }

  /**
   * Returns the address of the metadata service of an ECS instance, which replaces {@code
   * http://100.100.100.200}.
   *
   * @throws IllegalStateException if the builder did not enable it
   */
  public URI metadataEndpoint() {
    return endpoint(running.keyServices().metadataPort(), "metadata service", "metadataPort");
  }

  /** Returns the role of STS and of the instance, or the first of several. */
  public String roleArn() {
    return running.roleArn();
  }

  /** Limits STS to {@code callsPerSecond}; 0 rejects all. A real account may make 100. */
  public void limitSts(int callsPerSecond) {
    if (callsPerSecond < 0) {
      throw new IllegalArgumentException(
          "A limit of " + callsPerSecond + " calls is negative. Use 0 to reject all.");
    }
    running.keyServices().limit().set(callsPerSecond);
  }

  /** Returns the object with that key in {@link #bucket()}, if its upload is complete. */
  public Optional<StoredObject> object(String key) {
    return object(bucket(), key);
  }

  /**
   * Returns the object with that key in {@code bucket}, if its upload is complete.
   *
   * @throws IllegalArgumentException if there is no such bucket
   */
  public Optional<StoredObject> object(String bucket, String key) {
    return running.store().find(bucket, key).map(StoredObject::new);
  }

  /** Returns the keys in {@link #bucket()}, sorted; a copy. */
  public List<String> keys() {
    return keys(bucket());
  }

  /**
   * Returns the keys in {@code bucket}, sorted; a copy.
   *
   * @throws IllegalArgumentException if there is no such bucket
   */
  public List<String> keys(String bucket) {
    return running.store().keys(bucket);
  }

  /**
   * Stops the emulator, cancels uploads in progress, and deletes the objects unless they are in a
   * folder of {@link Builder#data}.
   *
   * @throws UncheckedIOException if files cannot be deleted
   */
  @Override
  public void close() {
    running.close();
  }

  /** Returns the names and addresses of the other services, for the output of the program. */
  Map<String, String> keyServices() {
    Map<String, String> services = new LinkedHashMap<>();
    running
        .keyServices()
        .stsPort()
        .ifPresent(port -> services.put("sts", stsEndpoint().toString()));
    running
        .keyServices()
        .metadataPort()
        .ifPresent(port -> services.put("metadata", metadataEndpoint().toString()));
    if (!services.isEmpty()) {
      services.put("role", roleArn());
    }
    return services;
  }

  private URI endpoint(OptionalInt port, String service, String setting) {
    if (port.isEmpty()) {
      throw new IllegalStateException(
          "This emulator runs no " + service + ". Start it with builder()." + setting + "(0).");
    }
    return running.endpoint(port.getAsInt());
  }

  Optional<Path> folder() {
    return running.store().folder();
  }

  /** Returns endpoint and key, never the secret, because logs contain it. */
  @Override
  public String toString() {
    return "OssEmulator[" + endpoint() + ", bucket " + bucket() + ", " + running.accessKey() + "]";
  }

  /**
   * Collects the settings of an emulator. All have defaults: a free loopback port, bucket {@code
   * examplebucket}, region {@code cn-hangzhou}, a key with a random secret, CORS for pages of this
   * machine, a private bucket, the system clock, and a temporary folder. Not thread-safe.
   */
  public static final class Builder {
    private final EmulatorSettings settings = new EmulatorSettings();

    private Builder() {}

    /**
     * Sets the address to listen on. Defaults to {@code 127.0.0.1}; {@code 0.0.0.0} listens on
     * every network.
     */
    public Builder host(String host) {
      settings.host(host);
      return this;
    }

    /** Sets the port. Defaults to 0, which chooses a free one. */
    public Builder port(int port) {
      settings.port(port);
      return this;
    }

    /** Adds a bucket. Defaults to {@code examplebucket}. */
    public Builder bucket(String bucket) {
      settings.bucket(bucket);
      return this;
    }

    /** Sets the region of the buckets, as in a V4 credential. Defaults to {@code cn-hangzhou}. */
    public Builder region(String region) {
      settings.region(region);
      return this;
    }

    /** Adds a permanent key. Defaults to a generated one. */
    public Builder accessKey(String id, String secret) {
      return key(AccessKey.permanent(id, secret));
    }

    /** Adds a permanent key that its owner disabled. */
    public Builder disabledKey(String id, String secret) {
      return key(AccessKey.permanent(id, secret).disabled());
    }

    /** Adds a temporary key, as STS would issue it. It is valid until {@code expiry}. */
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

    /** Enables STS on {@code port}; 0 chooses a free one. Disabled by default. */
    public Builder stsPort(int port) {
      settings.stsPort(port);
      return this;
    }

    /**
     * Enables the metadata service of an ECS instance with the first role, on {@code port}; 0
     * chooses a free one. Disabled by default.
     */
    public Builder metadataPort(int port) {
      settings.metadataPort(port);
      return this;
    }

    /** Rejects metadata requests without a token. */
    public Builder hardenedMetadata() {
      settings.keyServices().hardenMetadata();
      return this;
    }

    /**
     * Sets the lifetime of keys from the metadata service. Defaults to 6 hours. New keys are issued
     * after half of that time.
     */
    public Builder instanceKeyLife(Duration life) {
      settings.keyServices().instanceKeyLife(life);
      return this;
    }

    /**
     * Adds a role with all permissions. Defaults to a generated one. Its account owns the buckets.
     *
     * @param arn such as {@code acs:ram::1234567890123456:role/uploader}
     */
    public Builder roleArn(String arn) {
      settings.keyServices().role(arn, RamPolicy.ALL);
      return this;
    }

    /** Adds a role with the permissions of {@code policy}, the JSON of a RAM policy. */
    public Builder role(String arn, String policy) {
      settings.keyServices().role(arn, KeyServices.Settings.policy(policy));
      return this;
    }

    /** Sets the maximum duration of every role's sessions: 1 to 12 hours. Defaults to 1 hour. */
    public Builder longestSession(Duration duration) {
      settings.keyServices().longestSession(duration);
      return this;
    }

    /**
     * Trusts {@code token}, and no other, as a token of the OIDC provider.
     *
     * @param providerArn such as {@code acs:ram::1234567890123456:oidc-provider/cluster}
     */
    public Builder oidcToken(String providerArn, String token) {
      settings.keyServices().oidcToken(providerArn, token);
      return this;
    }

    /**
     * Stores the objects in {@code folder}, with those of an earlier run. Defaults to a temporary
     * folder, which {@link OssEmulator#close} deletes.
     */
    public Builder data(Path folder) {
      settings.data(folder);
      return this;
    }

    /**
     * Stores the objects on the heap instead of a folder, which is quick for small ones. {@link
     * OssEmulator#close} discards them.
     */
    public Builder inMemory() {
      settings.inMemory();
      return this;
    }

    /**
     * Allows pages of {@code origin} to read the responses. Defaults to pages of this machine:
     * {@code localhost}, {@code 127.0.0.1} and {@code [::1]} at any port. One {@code *} stands for
     * any text. A client may change the rules with PutBucketCors.
     */
    public Builder corsOrigin(String origin) {
      settings.corsOrigin(origin);
      return this;
    }

    /** Allows anonymous reads: bucket ACL {@code public-read} instead of {@code private}. */
    public Builder publicRead() {
      settings.acl(ObjectAcl.PUBLIC_READ);
      return this;
    }

    /** Allows anonymous reads, writes and deletes: bucket ACL {@code public-read-write}. */
    public Builder publicReadWrite() {
      settings.acl(ObjectAcl.PUBLIC_READ_WRITE);
      return this;
    }

    /**
     * Enables the control of clock, faults and journal over HTTP at {@code /_admin/}, for tests in
     * another process. Requests need the header {@code x-emulator-token}. {@link
     * OssEmulator#adminToken} returns the random token.
     */
    public Builder admin() {
      settings.admin();
      return this;
    }

    /**
     * Enables the control of clock, faults and journal over HTTP with this token.
     *
     * @param token at least 16 characters
     */
    public Builder admin(String token) {
      settings.admin(token);
      return this;
    }

    /**
     * Accepts this host name and all names below it, in addition to IP addresses, {@code localhost}
     * and the vendor's own hosts; repeat for more. Other names are rejected, because a web page can
     * point its own name at this machine.
     */
    public Builder allowHost(String host) {
      settings.allowHost(host);
      return this;
    }

    /**
     * Accepts this domain as a host and binds it to a bucket, like a domain of your own in OSS;
     * repeat for more.
     *
     * @param domain without port, such as {@code files.example.test}
     * @param bucket the bucket that its requests reach; it is created if it does not exist
     */
    public Builder domain(String domain, String bucket) {
      settings.domain(domain, bucket);
      return this;
    }

    /** Sets the reading of an undocumented point; repeat for more. */
    public Builder rule(EmulatorRule rule) {
      settings.rules(settings.rules().with(rule));
      return this;
    }

    /**
     * Sets readings from a text: {@code field-names=exact,redirect-status=302}.
     *
     * @throws IllegalArgumentException if a name is unknown; the message lists the known ones
     */
    public Builder rules(String text) {
      settings.rules(settings.rules().with(text));
      return this;
    }

    /** Sets the clock. A test may still set {@link OssEmulator#clock}. */
    public Builder clock(Clock clock) {
      settings.clock(clock);
      return this;
    }

    /**
     * Starts the emulator.
     *
     * @throws IllegalArgumentException if the host is unknown
     * @throws UncheckedIOException if the port is in use, or the folder cannot be used
     */
    public OssEmulator start() {
      return new OssEmulator(new Startup(settings).run());
    }

    private Builder key(AccessKey key) {
      settings.key(key);
      return this;
    }
  }
}
