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

  /** Where it listens, such as {@code http://127.0.0.1:49152}. */
  public URI endpoint() {
    return running.endpoint();
  }

  public int port() {
    return running.port();
  }

  /** The bucket, or the first of several. */
  public String bucket() {
    return running.bucket();
  }

  public String region() {
    return running.region();
  }

  /** How it reads what OSS leaves undocumented. */
  public EmulatorRules rules() {
    return running.rules();
  }

  /** Its clock, which a test may set. */
  public EmulatorClock clock() {
    return running.controls().clock();
  }

  /** What it was asked, and what it said to it. */
  public Journal journal() {
    return running.controls().journal();
  }

  /** What shall go wrong; nothing, until a test adds something. */
  public Faults faults() {
    return running.controls().faults();
  }

  /** The token of requests to {@code /_admin/}; empty unless that is on. */
  public Optional<String> adminToken() {
    return running.adminToken();
  }

  /** The permanent key, or the first of several. */
  public String accessKeyId() {
    return running.accessKey().id();
  }

  /** Its secret: another one at every start, unless the builder was given one. */
  public String accessKeySecret() {
    return running.accessKey().secret();
  }

  /**
   * The key that verifies callbacks of this emulator, as {@code MD5withRSA}. Every emulator makes
   * its own.
   */
  public PublicKey callbackPublicKey() {
    return running.callbackKey().publicKey();
  }

  /** That key in the PEM form OSS serves. */
  public String callbackPublicKeyPem() {
    return running.callbackKey().pem();
  }

  /**
   * Where this emulator serves that key, and what callbacks name in {@code x-oss-pub-key-url}. It
   * begins with {@link #endpoint()}, so a verifier can be told to trust that.
   */
  public URI callbackPublicKeyUrl() {
    return running.callbackKeyUrl();
  }

  /**
   * Where STS listens, such as {@code http://127.0.0.1:49153}.
   *
   * @throws IllegalStateException if the builder did not ask for it
   */
  public URI stsEndpoint() {
    return endpoint(running.keyServices().stsPort(), "STS", "stsPort");
  }

  /**
   * Where the metadata service of an ECS instance listens, in place of {@code
   * http://100.100.100.200}.
   *
   * @throws IllegalStateException if the builder did not ask for it
   */
  public URI metadataEndpoint() {
    return endpoint(running.keyServices().metadataPort(), "metadata service", "metadataPort");
  }

  /** The role STS lends and the instance has, or the first of several. */
  public String roleArn() {
    return running.roleArn();
  }

  /** Lets STS admit {@code callsPerSecond}, as an account has 100 of; 0 refuses all. */
  public void limitSts(int callsPerSecond) {
    if (callsPerSecond < 0) {
      throw new IllegalArgumentException(
          "A limit of " + callsPerSecond + " calls makes no sense. Use 0 to refuse all.");
    }
    running.keyServices().limit().set(callsPerSecond);
  }

  /** The object of that key in {@link #bucket()}, if an upload has completed. */
  public Optional<StoredObject> object(String key) {
    return object(bucket(), key);
  }

  /**
   * The object of that key in {@code bucket}, if an upload has completed.
   *
   * @throws IllegalArgumentException if there is no such bucket
   */
  public Optional<StoredObject> object(String bucket, String key) {
    return running.store().find(bucket, key).map(StoredObject::new);
  }

  /** The keys in {@link #bucket()}, sorted; a copy. */
  public List<String> keys() {
    return keys(bucket());
  }

  /**
   * The keys in {@code bucket}, sorted; a copy.
   *
   * @throws IllegalArgumentException if there is no such bucket
   */
  public List<String> keys(String bucket) {
    return running.store().keys(bucket);
  }

  /**
   * Stops serving, cuts uploads under way, and deletes the objects unless they lie in a folder of
   * {@link Builder#data}.
   *
   * @throws UncheckedIOException if files cannot be deleted
   */
  @Override
  public void close() {
    running.close();
  }

  /** What there is beside OSS, for people to read: names and addresses. */
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

  /** Names endpoint and key, never the secret: this ends up in logs. */
  @Override
  public String toString() {
    return "OssEmulator[" + endpoint() + ", bucket " + bucket() + ", " + running.accessKey() + "]";
  }

  /**
   * Settings of an emulator. Every one has a default: a free loopback port, bucket {@code
   * examplebucket}, region {@code cn-hangzhou}, a key with a random secret, CORS for pages of this
   * machine, a private bucket, the system clock, and a temporary folder. Not thread-safe.
   */
  public static final class Builder {
    private final EmulatorSettings settings = new EmulatorSettings();

    private Builder() {}

    /** Listens on {@code host} instead of {@code 127.0.0.1}; {@code 0.0.0.0} for every network. */
    public Builder host(String host) {
      settings.host(host);
      return this;
    }

    /** Listens on {@code port}; 0, the default, takes any free one. */
    public Builder port(int port) {
      settings.port(port);
      return this;
    }

    /** Adds a bucket; without a call there is {@code examplebucket}. */
    public Builder bucket(String bucket) {
      settings.bucket(bucket);
      return this;
    }

    /** The region of the buckets, as it stands in a V4 credential: {@code cn-hangzhou}. */
    public Builder region(String region) {
      settings.region(region);
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
      settings.stsPort(port);
      return this;
    }

    /**
     * Serves the metadata of an ECS instance, which has the first role, on {@code port}; 0 takes
     * any free one. Without a call there is no such service.
     */
    public Builder metadataPort(int port) {
      settings.metadataPort(port);
      return this;
    }

    /** Refuses metadata to requests without a token. */
    public Builder hardenedMetadata() {
      settings.keyServices().hardenMetadata();
      return this;
    }

    /**
     * How long keys from the metadata service live; without a call, 6 hours. New ones are made
     * after half of that.
     */
    public Builder instanceKeyLife(Duration life) {
      settings.keyServices().instanceKeyLife(life);
      return this;
    }

    /**
     * Adds a role that may do everything; without a call there is a made-up one. Its account owns
     * the buckets.
     *
     * @param arn such as {@code acs:ram::1234567890123456:role/uploader}
     */
    public Builder roleArn(String arn) {
      settings.keyServices().role(arn, RamPolicy.ALL);
      return this;
    }

    /** Adds a role that may do what {@code policy}, the JSON of a RAM policy, allows. */
    public Builder role(String arn, String policy) {
      settings.keyServices().role(arn, KeyServices.Settings.policy(policy));
      return this;
    }

    /** How long a session of any role may last: 1 to 12 hours; without a call, 1 hour. */
    public Builder longestSession(Duration duration) {
      settings.keyServices().longestSession(duration);
      return this;
    }

    /**
     * Trusts {@code token}, and no other, as one that the OIDC provider issued.
     *
     * @param providerArn such as {@code acs:ram::1234567890123456:oidc-provider/cluster}
     */
    public Builder oidcToken(String providerArn, String token) {
      settings.keyServices().oidcToken(providerArn, token);
      return this;
    }

    /**
     * Keeps the objects in {@code folder}, and finds there what an earlier run stored. Without a
     * call they lie in a temporary folder and are gone after {@link OssEmulator#close}.
     */
    public Builder data(Path folder) {
      settings.data(folder);
      return this;
    }

    /**
     * Keeps the objects on the heap instead of a folder: quick for small ones, and gone after
     * {@link OssEmulator#close}.
     */
    public Builder inMemory() {
      settings.inMemory();
      return this;
    }

    /**
     * Lets pages of {@code origin} read the answers; without a call, pages of this machine: {@code
     * localhost}, {@code 127.0.0.1} and {@code [::1]} at any port. One {@code *} stands for any
     * text. A client may change the rules with PutBucketCors.
     */
    public Builder corsOrigin(String origin) {
      settings.corsOrigin(origin);
      return this;
    }

    /** Lets strangers read: bucket ACL {@code public-read} instead of {@code private}. */
    public Builder publicRead() {
      settings.acl(ObjectAcl.PUBLIC_READ);
      return this;
    }

    /** Lets strangers read, write and delete: bucket ACL {@code public-read-write}. */
    public Builder publicReadWrite() {
      settings.acl(ObjectAcl.PUBLIC_READ_WRITE);
      return this;
    }

    /**
     * Lets clock, faults and journal be steered over HTTP, at {@code /_admin/}, by requests with
     * header {@code x-emulator-token}: for tests in another process. {@link OssEmulator#adminToken}
     * returns the token, a random one.
     */
    public Builder admin() {
      settings.admin();
      return this;
    }

    /**
     * Lets clock, faults and journal be steered over HTTP by requests with this token.
     *
     * @param token at least 16 characters
     */
    public Builder admin(String token) {
      settings.admin(token);
      return this;
    }

    /**
     * Answers to this host name and to all names below it, besides IP addresses, {@code localhost}
     * and the vendor's own hosts; repeat for more. Other names are refused, because a web page can
     * point a name of its own at this machine.
     */
    public Builder allowHost(String host) {
      settings.allowHost(host);
      return this;
    }

    /** Answers an open question in another way than by default; repeat for more. */
    public Builder rule(EmulatorRule rule) {
      settings.rules(settings.rules().with(rule));
      return this;
    }

    /**
     * Answers open questions as a text says: {@code field-names=exact,redirect-status=302}.
     *
     * @throws IllegalArgumentException naming the questions or answers there are
     */
    public Builder rules(String text) {
      settings.rules(settings.rules().with(text));
      return this;
    }

    /** Takes the time from {@code clock}; a test may still set {@link OssEmulator#clock}. */
    public Builder clock(Clock clock) {
      settings.clock(clock);
      return this;
    }

    /**
     * Starts serving.
     *
     * @throws IllegalArgumentException if the host is unknown
     * @throws UncheckedIOException if the port is taken, or the folder cannot be used
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
