package io.osspost.settings;

import static io.osspost.settings.SettingReader.checked;

import io.osspost.credentials.OssCredentials;
import io.osspost.credentials.OssCredentialsProvider;
import io.osspost.credentials.TokenVendor;
import io.osspost.spi.CredentialsOptions;
import io.osspost.spi.CredentialsType;
import io.osspost.spi.TokenVendorType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;

/**
 * Reads the settings below {@code credentials} and {@code token}: the credentials that sign, and
 * the tokens of clients.
 */
final class CredentialsSettings implements CredentialsOptions {
  /** The types that the module oss-post-sts adds. */
  private static final List<String> IN_STS =
      List.of("sts", "ecs", "oidc", "uri", "cli-profile", "chain");

  /** The options of each type, in a fixed order. Type {@code env} has none. */
  private static final Map<String, List<String>> OPTIONS =
      new TreeMap<>(
          Map.of(
              "static", List.of("access-key-id", "access-key-secret", "security-token"),
              "sts", List.of("role-arn", "session-name", "duration", "external-id", "source"),
              "ecs", List.of("role-name", "metadata-v1", "metadata-endpoint"),
              "oidc", List.of("oidc-provider-arn", "oidc-token-file"),
              "uri", List.of("uri"),
              "cli-profile", List.of("profile")));

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

  /** Opens the credentials that {@code credentials.type} names. */
  OssCredentialsProvider open() {
    String type = text("type").orElse("env");
    if (type.equals("env")) {
      requireNoOption();
    }
    return open(type);
  }

  /** Rejects options that type {@code env} would silently ignore. */
  private void requireNoOption() {
    OPTIONS.forEach(
        (type, options) -> {
          for (String option : options) {
            if (text(option).isPresent()) {
              throw new InvalidSettingException(
                  "credentials." + option,
                  "It is set, but credentials.type is env, so that only environment variables are"
                      + " used. Set credentials.type to "
                      + type
                      + ", or remove this setting.");
            }
          }
        });
  }

  /**
   * Opens the vendor of tokens for the role {@code token.role-arn}. It signs its requests with
   * {@code signing}.
   */
  Optional<TokenVendor> openVendor(OssCredentialsProvider signing) {
    return reader.value(
        "token.role-arn",
        role ->
            services(TokenVendorType.class).stream()
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Tokens come from STS. " + STS_FIX))
                .open(role, this, signing));
  }

  @Override
  public OssCredentialsProvider open(String type) {
    return switch (type) {
      case "env" -> OssCredentialsProvider.environment();
      case "static" -> OssCredentialsProvider.of(fixed());
      default -> checked("credentials.type", type, this::openNamed);
    };
  }

  /**
   * Opens the credentials type of that name, otherwise the named object or class: a provider or a
   * type.
   */
  private OssCredentialsProvider openNamed(String name) {
    Map<String, CredentialsType> found = new LinkedHashMap<>();
    for (CredentialsType type : services(CredentialsType.class)) {
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

  /** Returns the application's services, then those of this class's loader. */
  private static <T> List<T> services(Class<T> type) {
    List<T> own = new ArrayList<>();
    ServiceLoader.load(type).forEach(own::add);
    if (own.isEmpty()) {
      ServiceLoader.load(type, CredentialsSettings.class.getClassLoader()).forEach(own::add);
    }
    return own;
  }

  private OssCredentials fixed() {
    String id = required("access-key-id", "Write the id of the AccessKey.");
    String secret = required("access-key-secret", "Write the secret of the AccessKey.");
    return checked(
        "credentials.access-key-id",
        text("security-token"),
        token ->
            token
                .map(text -> OssCredentials.temporary(id, secret, text))
                .orElseGet(() -> OssCredentials.of(id, secret)));
  }

  @Override
  public Optional<String> text(String name) {
    return reader.text("credentials." + name).filter(text -> !text.isEmpty());
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
