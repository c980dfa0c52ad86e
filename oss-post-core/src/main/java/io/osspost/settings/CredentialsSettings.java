package io.osspost.settings;

import static io.osspost.settings.SettingReader.checked;

import io.osspost.credentials.OssCredentials;
import io.osspost.credentials.OssCredentialsProvider;
import io.osspost.credentials.TokenVendor;
import io.osspost.spi.CredentialsOptions;
import io.osspost.spi.CredentialsType;
import io.osspost.spi.TokenVendorType;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Reads the settings below {@code credentials} and {@code token}: the credentials that sign, and
 * the tokens of clients.
 */
final class CredentialsSettings implements CredentialsOptions {
  private static final System.Logger LOG = System.getLogger(UploadSettings.class.getName());

  private static final String STS_ENDPOINT = "sts-endpoint";

  /** The types that the module oss-post-sts adds. */
  private static final List<String> IN_STS =
      List.of("sts", "ecs", "oidc", "uri", "cli-profile", "chain");

  /** The options that each type uses. Types of the application use any. */
  private static final Map<String, Set<String>> OPTIONS = options();

  private static final Set<String> ALL = all();

  private static final String STS_FIX =
      "Add the dependency io.osspost:oss-post-sts to the application.";

  private final SettingReader reader;
  private final String region;
  private final NamedObjects objects;

  CredentialsSettings(SettingReader reader, String region, NamedObjects objects) {
    this.reader = reader;
    this.region = region;
    this.objects = objects;
  }

  private static Set<String> all() {
    Set<String> all = new TreeSet<>();
    OPTIONS.values().forEach(all::addAll);
    return all;
  }

  private static Map<String, Set<String>> options() {
    Map<String, Set<String>> options = new LinkedHashMap<>();
    options.put("env", Set.of());
    options.put("static", Set.of("access-key-id", "access-key-secret", "security-token"));
    options.put(
        "sts",
        Set.of("role-arn", "session-name", "duration", "external-id", "source", STS_ENDPOINT));
    options.put("ecs", Set.of("role-name", "metadata-v1", "metadata-endpoint"));
    options.put(
        "oidc",
        Set.of(
            "oidc-provider-arn",
            "oidc-token-file",
            "role-arn",
            "session-name",
            "duration",
            STS_ENDPOINT));
    options.put("uri", Set.of("uri"));
    options.put("cli-profile", Set.of("profile", "metadata-endpoint", STS_ENDPOINT));
    Set<String> ofChain = new TreeSet<>();
    for (String type : List.of("oidc", "cli-profile", "ecs", "uri")) {
      ofChain.addAll(options.get(type));
    }
    options.put("chain", ofChain);
    return options;
  }

  /** Opens the credentials that {@code credentials.type} names. */
  OssCredentialsProvider open() {
    String type = text("type").orElse("env");
    requireUsed(type);
    OssCredentialsProvider opened = checked("credentials.type", type, this::open);
    opened
        .fixedCredentials()
        .filter(fixed -> fixed.securityToken().isPresent())
        .ifPresent(
            fixed ->
                LOG.log(
                    System.Logger.Level.WARNING,
                    "credentials.type is {0}, and the credentials contain a security token, which"
                        + " expires within hours and is not replaced. Use a long-term key, or a"
                        + " type that fetches new tokens: sts, ecs, oidc, uri or chain.",
                    type));
    return opened;
  }

  /** Rejects options that the type would silently ignore. */
  private void requireUsed(String type) {
    Set<String> used = new TreeSet<>(OPTIONS.getOrDefault(type, ALL));
    if (type.equals("sts")) {
      used.addAll(OPTIONS.getOrDefault(text("source").orElse("env"), ALL));
    }
    if (reader.text("token.role-arn").isPresent()) {
      used.add(STS_ENDPOINT);
    }
    for (String option : ALL) {
      if (text(option).isPresent() && !used.contains(option) && !isFalse(option)) {
        throw new InvalidSettingException(
            "credentials." + option,
            "It is set, but credentials.type is "
                + type
                + (type.equals("env")
                    ? ", so that only environment variables are used"
                    : ", which does not use it")
                + ". Set credentials.type to "
                + typeWith(option)
                + ", or remove this setting.");
      }
    }
  }

  /** A switch that is off has no effect for any type. */
  private boolean isFalse(String option) {
    return option.equals("metadata-v1") && !flag(option);
  }

  private static String typeWith(String option) {
    for (Map.Entry<String, Set<String>> type : OPTIONS.entrySet()) {
      if (type.getValue().contains(option)) {
        return type.getKey();
      }
    }
    throw new IllegalArgumentException("No type has the option " + option);
  }

  /**
   * Opens the vendor of tokens for the role {@code token.role-arn}. It signs its requests with
   * {@code signing}.
   */
  Optional<TokenVendor> openVendor(OssCredentialsProvider signing) {
    return reader.value(
        "token.role-arn",
        role ->
            Services.of(TokenVendorType.class).stream()
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Tokens come from STS. " + STS_FIX))
                .open(role, this, signing));
  }

  @Override
  public OssCredentialsProvider open(String type) {
    return switch (type) {
      case "env" -> OssCredentialsProvider.environment();
      case "static" -> OssCredentialsProvider.of(fixed());
      default -> openNamed(type);
    };
  }

  /**
   * Opens the credentials type of that name, otherwise the named object or class: a provider or a
   * type.
   */
  private OssCredentialsProvider openNamed(String name) {
    Map<String, CredentialsType> found = new LinkedHashMap<>();
    for (CredentialsType type : Services.of(CredentialsType.class)) {
      found.putIfAbsent(type.name(), type);
    }
    CredentialsType type = found.get(name);
    if (type != null) {
      return type.open(this);
    }
    Optional<Object> named = objects.find(name, Object.class);
    if (named.isPresent()) {
      return opened(name, named.get());
    }
    if (IN_STS.contains(name)) {
      throw new IllegalArgumentException("'" + name + "' is in another jar. " + STS_FIX);
    }
    throw new IllegalArgumentException(
        "'"
            + name
            + "' is unknown. Write env or static"
            + (found.isEmpty()
                ? ", or with oss-post-sts " + String.join(", ", IN_STS)
                : ", " + String.join(", ", found.keySet()))
            + ".");
  }

  private OssCredentialsProvider opened(String name, Object named) {
    if (named instanceof OssCredentialsProvider provider) {
      return objects.holds(provider) ? new ApplicationCredentials(provider) : provider;
    }
    if (named instanceof CredentialsType type) {
      return type.open(this);
    }
    throw new IllegalArgumentException(
        "'"
            + name
            + "' is a "
            + named.getClass().getName()
            + ", which supplies no credentials. Implement "
            + OssCredentialsProvider.class.getName()
            + ".");
  }

  private OssCredentials fixed() {
    String id = required("access-key-id", "Write the id of the AccessKey.");
    String secret = required("access-key-secret", "Write the secret of the AccessKey.");
    try {
      return text("security-token").isPresent()
          ? OssCredentials.temporary(id, secret, text("security-token").get())
          : OssCredentials.of(id, secret);
    } catch (IllegalArgumentException e) {
      String problem = String.valueOf(e.getMessage());
      throw new InvalidSettingException("credentials." + optionIn(problem), problem, e);
    }
  }

  /** The messages about keys begin with the name of the wrong one. */
  private static String optionIn(String problem) {
    if (problem.startsWith("The AccessKey secret")) {
      return "access-key-secret";
    }
    return problem.startsWith("The security token") ? "security-token" : "access-key-id";
  }

  @Override
  public Optional<String> text(String name) {
    return reader.text("credentials." + name);
  }

  @Override
  public <T> Optional<T> value(String name, Function<String, T> parse) {
    return text(name).map(text -> checked("credentials." + name, text, parse));
  }

  @Override
  public String required(String name, String fix) {
    return reader.required("credentials." + name, fix);
  }

  @Override
  public Optional<Duration> span(String name) {
    return reader.value("credentials." + name, SettingReader::span);
  }

  @Override
  public boolean flag(String name) {
    return reader.value("credentials." + name, SettingReader::flag).orElse(false);
  }

  @Override
  public String region() {
    return region;
  }
}
