package io.osspost.emulator.internal;

import io.osspost.emulator.fault.Faults;
import io.osspost.emulator.internal.auth.AccessKeys;
import io.osspost.emulator.internal.auth.Principal;
import io.osspost.emulator.internal.http.FaultyHandler;
import io.osspost.emulator.internal.http.HttpListener;
import io.osspost.emulator.internal.http.KnownHosts;
import io.osspost.emulator.internal.metadata.InstanceKeys;
import io.osspost.emulator.internal.metadata.MetadataService;
import io.osspost.emulator.internal.metadata.MetadataTokens;
import io.osspost.emulator.internal.ram.MalformedPolicyException;
import io.osspost.emulator.internal.ram.Permissions;
import io.osspost.emulator.internal.ram.RamPolicy;
import io.osspost.emulator.internal.sts.CallLimit;
import io.osspost.emulator.internal.sts.OidcTokens;
import io.osspost.emulator.internal.sts.RoleArn;
import io.osspost.emulator.internal.sts.Roles;
import io.osspost.emulator.internal.sts.Sessions;
import io.osspost.emulator.internal.sts.StsService;
import io.osspost.emulator.internal.text.DurationText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The enabled services that issue temporary keys: STS and the metadata service. Thread-safe. */
public final class KeyServices implements AutoCloseable {
  /** The account of the generated role. */
  private static final String DEFAULT_ROLE = "acs:ram::1000000000000000:role/EmulatorRole";

  /** The session name of an instance. */
  private static final String INSTANCE = "i-emulator";

  private final Settings settings;
  private final CallLimit limit = new CallLimit();
  private @Nullable HttpListener sts;
  private @Nullable HttpListener metadata;

  private KeyServices(Settings settings) {
    this.settings = settings;
  }

  static KeyServices start(
      Settings settings, InetAddress address, AccessKeys keys, Controls controls, KnownHosts hosts)
      throws IOException {
    KeyServices services = new KeyServices(settings);
    try {
      services.bind(address, keys, controls, hosts);
      return services;
    } catch (IOException | RuntimeException e) {
      services.close();
      throw e;
    }
  }

  private void bind(InetAddress address, AccessKeys keys, Controls controls, KnownHosts hosts)
      throws IOException {
    Clock clock = controls.clock();
    Sessions sessions = new Sessions(keys, clock);
    if (settings.stsPort >= 0) {
      sts = listen(address, settings.stsPort);
      StsService service =
          new StsService(
              keys,
              settings.roles(),
              sessions,
              limit,
              controls.journal(),
              controls.faults(),
              clock);
      sts.serve(hosts.guarding(new FaultyHandler(service, controls.faults(), Faults.STS)));
    }
    if (settings.metadataPort >= 0) {
      metadata = listen(address, settings.metadataPort);
      metadata.serve(hosts.guarding(metadata(sessions, clock)));
    }
  }

  private MetadataService metadata(Sessions sessions, Clock clock) {
    RoleArn role = RoleArn.of(settings.roleArn()).orElseThrow();
    Permissions permissions = Permissions.ofRole(settings.roles().policy(role).orElseThrow());
    Principal instance = new Principal(role.account(), role.role(), INSTANCE, permissions);
    Duration life = settings.instanceKeyLife;
    return new MetadataService(
        role.role(),
        new InstanceKeys(() -> sessions.open(instance, 0, life), life, clock),
        new MetadataTokens(clock),
        settings.hardenedMetadata);
  }

  private static HttpListener listen(InetAddress host, int port) throws IOException {
    InetSocketAddress address = new InetSocketAddress(host, port);
    try {
      return HttpListener.bind(address);
    } catch (BindException e) {
      throw cannotListen(address, e);
    }
  }

  static UncheckedIOException cannotListen(InetSocketAddress address, BindException e) {
    return new UncheckedIOException(
        "Cannot listen on "
            + address.getAddress().getHostAddress()
            + ":"
            + address.getPort()
            + ": "
            + e.getMessage()
            + ". Choose another port, or 0 for any free one.",
        e);
  }

  public OptionalInt stsPort() {
    return sts == null ? OptionalInt.empty() : OptionalInt.of(sts.port());
  }

  public OptionalInt metadataPort() {
    return metadata == null ? OptionalInt.empty() : OptionalInt.of(metadata.port());
  }

  public CallLimit limit() {
    return limit;
  }

  @Override
  public void close() {
    if (sts != null) {
      sts.close();
    }
    if (metadata != null) {
      metadata.close();
    }
  }

  /** Collects the settings of these services. Not thread-safe. */
  public static final class Settings {
    private static final Duration LONGEST_POSSIBLE = Duration.ofHours(12);

    private int stsPort = -1;
    private int metadataPort = -1;
    private boolean hardenedMetadata;
    private Duration instanceKeyLife = Duration.ofHours(6);
    private final Map<RoleArn, RamPolicy> policies = new LinkedHashMap<>();
    private final Map<String, String> oidcTokens = new LinkedHashMap<>();
    private Duration longestSession = Duration.ofHours(1);

    void stsPort(int port) {
      stsPort = port;
    }

    void metadataPort(int port) {
      metadataPort = port;
    }

    public void hardenMetadata() {
      hardenedMetadata = true;
    }

    public void instanceKeyLife(Duration life) {
      if (life.compareTo(Duration.ofSeconds(2)) < 0) {
        throw new IllegalArgumentException(
            "Keys with a lifetime of "
                + DurationText.of(life)
                + " expire before they can be used. Use at least 2 seconds.");
      }
      instanceKeyLife = life;
    }

    public void role(String arn, RamPolicy policy) {
      RoleArn role =
          RoleArn.of(arn)
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "'"
                              + arn
                              + "' is not the ARN of a role. Write"
                              + " 'acs:ram::1234567890123456:role/name'."));
      if (!policies.isEmpty() && !account().equals(role.account())) {
        throw new IllegalArgumentException(
            "The role '"
                + role
                + "' is in another account than the first, "
                + account()
                + ", which owns the buckets. Use one account.");
      }
      if (policies.putIfAbsent(role, policy) != null) {
        throw new IllegalArgumentException(
            "There are two roles '" + role + "'. Give each its own name.");
      }
    }

    public static RamPolicy policy(String json) {
      try {
        return RamPolicy.parse(json);
      } catch (MalformedPolicyException e) {
        throw new IllegalArgumentException(
            "The policy of the role is malformed: " + e.getMessage() + ". Correct it.", e);
      }
    }

    public void oidcToken(String providerArn, String token) {
      if (!providerArn.matches(OidcTokens.PROVIDER)) {
        throw new IllegalArgumentException(
            "'"
                + providerArn
                + "' is not the ARN of an OIDC provider. Write"
                + " 'acs:ram::1234567890123456:oidc-provider/name'.");
      }
      oidcTokens.put(providerArn, token);
    }

    public void longestSession(Duration duration) {
      if (duration.compareTo(Duration.ofHours(1)) < 0 || duration.compareTo(LONGEST_POSSIBLE) > 0) {
        throw new IllegalArgumentException(
            "The maximum duration of a session is "
                + DurationText.of(duration)
                + ". Use 1 to 12 hours.");
      }
      longestSession = duration;
    }

    /** Returns the first role, or the generated one. */
    String roleArn() {
      return policies.isEmpty() ? DEFAULT_ROLE : policies.keySet().iterator().next().toString();
    }

    /** Returns the account that owns roles and buckets. */
    String account() {
      return RoleArn.of(roleArn()).orElseThrow().account();
    }

    private Roles roles() {
      return new Roles(
          policies.isEmpty()
              ? Map.of(RoleArn.of(DEFAULT_ROLE).orElseThrow(), RamPolicy.ALL)
              : policies,
          longestSession,
          oidcTokens);
    }
  }
}
