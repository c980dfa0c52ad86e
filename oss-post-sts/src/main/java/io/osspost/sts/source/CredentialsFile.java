package io.osspost.sts.source;

import com.aliyun.credentials.utils.ProfileUtils;
import io.osspost.credentials.CredentialsUnavailableException;
import io.osspost.credentials.OssCredentials;
import io.osspost.credentials.OssCredentialsProvider;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A section of the credentials file that the vendor's SDKs share. The file is read at every fetch,
 * because other programs may rewrite it.
 *
 * <p>A section without {@code enable} is used, as the vendor's document says; the vendor's Java SDK
 * skips it.
 */
final class CredentialsFile implements CredentialsSource {
  private final Path file;
  private final String section;
  private final Optional<String> stsEndpoint;
  private final URI metadata;
  private final ServerClock clock = new ServerClock(Clock.systemUTC());

  /**
   * Reads nothing yet.
   *
   * @param section the name in square brackets
   * @param stsEndpoint the address of STS; empty for the public one
   */
  CredentialsFile(Path file, String section, Optional<String> stsEndpoint, URI metadata) {
    this.file = file;
    this.section = section;
    this.stsEndpoint = stsEndpoint;
    this.metadata = metadata;
  }

  /** Returns the file of the vendor's SDKs under either of its two names. */
  static Path defaultFile() {
    Path folder = Path.of(System.getProperty("user.home"), ".alibabacloud");
    Path ini = folder.resolve("credentials.ini");
    return Files.exists(ini) ? ini : folder.resolve("credentials");
  }

  /** Returns a minute, because another program may store other keys at any time. */
  @Override
  public Optional<Duration> rereadAfter() {
    return Optional.of(Duration.ofMinutes(1));
  }

  @Override
  public String name() {
    return "credentials file " + file;
  }

  @Override
  public OssCredentials fetch() {
    Map<String, String> found = section();
    return switch (found.getOrDefault("type", "access_key")) {
      case "access_key" -> keys(found);
      case "sts" ->
          Keys.of(
              place(),
              () ->
                  OssCredentials.temporary(
                      text(found, "access_key_id"),
                      text(found, "access_key_secret"),
                      text(found, "security_token")));
      case "ram_role_arn" -> assume(found);
      case "ecs_ram_role" ->
          new InstanceRole(optional(found, "role_name"), false, metadata).fetch();
      case "oidc_role_arn" ->
          new OidcRole(
                  role(found),
                  text(found, "oidc_provider_arn"),
                  Path.of(text(found, "oidc_token_file_path")),
                  optional(found, "policy"))
              .fetch();
      default ->
          throw new CredentialsUnavailableException(
              place()
                  + " has type '"
                  + found.get("type")
                  + "'. Use access_key, sts, ram_role_arn, ecs_ram_role or oidc_role_arn.");
    };
  }

  private Map<String, String> section() {
    if (!Files.isReadable(file)) {
      throw new CredentialsUnavailableException("There is no file " + file + ".");
    }
    Map<String, Map<String, String>> sections;
    try {
      sections = ProfileUtils.parseFile(file.toString());
    } catch (IOException | RuntimeException e) {
      // The parser's message may quote the file, which contains secrets.
      throw new CredentialsUnavailableException(
          file + " cannot be read as sections of lines such as 'type = access_key'.");
    }
    Map<String, String> found = sections.get(section);
    if (found == null) {
      throw new CredentialsUnavailableException(
          file
              + " has no section ["
              + section
              + "], only "
              + List.copyOf(sections.keySet())
              + ". Set ALIBABA_CLOUD_PROFILE to one of them.");
    }
    if (found.getOrDefault("enable", "true").equalsIgnoreCase("false")) {
      throw new CredentialsUnavailableException(place() + " has enable = false.");
    }
    return found;
  }

  private OssCredentials keys(Map<String, String> found) {
    return Keys.of(
        place(),
        () -> OssCredentials.of(text(found, "access_key_id"), text(found, "access_key_secret")));
  }

  private OssCredentials assume(Map<String, String> found) {
    RoleSession role = role(found);
    return new AssumedRole(role, OssCredentialsProvider.of(keys(found)), clock)
        .fetch(role, optional(found, "policy").orElse(null));
  }

  private RoleSession role(Map<String, String> found) {
    return Keys.setting(place(), () -> readRole(found));
  }

  private RoleSession readRole(Map<String, String> found) {
    RoleSession role = RoleSession.of(text(found, "role_arn"));
    Optional<String> session = optional(found, "role_session_name");
    if (session.isPresent()) {
      role = role.named(session.get());
    }
    return stsEndpoint.isPresent() ? role.at(stsEndpoint.get()) : role;
  }

  private String place() {
    return "Section [" + section + "] of " + file;
  }

  @Override
  public Clock clock() {
    return clock;
  }

  private static Optional<String> optional(Map<String, String> found, String name) {
    return Optional.of(text(found, name)).filter(text -> !text.isBlank());
  }

  private static String text(Map<String, String> found, String name) {
    return found.getOrDefault(name, "").strip();
  }
}
