package io.osspost.sts.source;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.osspost.credentials.CredentialsUnavailableException;
import io.osspost.credentials.OssCredentials;
import io.osspost.credentials.OssCredentialsProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A profile of the {@code aliyun} command: keys, a role and the credentials that assume it, or the
 * keys that the command stored after a login in the browser. The file is read at every fetch,
 * because the command rewrites it.
 */
final class CliProfile implements CredentialsSource {
  private final Path file;
  private final Optional<String> profile;
  private final Optional<String> stsEndpoint;
  private final URI metadata;
  private final ServerClock clock = new ServerClock(Clock.systemUTC());

  /**
   * Reads nothing yet.
   *
   * @param profile the name of the profile; empty for the current one
   * @param stsEndpoint the address of STS, instead of the profile's
   */
  CliProfile(Path file, Optional<String> profile, Optional<String> stsEndpoint, URI metadata) {
    this.file = file;
    this.profile = profile;
    this.stsEndpoint = stsEndpoint;
    this.metadata = metadata;
  }

  static Path defaultFile() {
    return Path.of(System.getProperty("user.home"), ".aliyun", "config.json");
  }

  /** Returns a minute, because the command may store other keys at any time. */
  @Override
  public Optional<Duration> rereadAfter() {
    return Optional.of(Duration.ofMinutes(1));
  }

  @Override
  public String name() {
    return "CLI profile in " + file;
  }

  @Override
  public OssCredentials fetch() {
    if (!Files.isReadable(file)) {
      throw new CredentialsUnavailableException(
          "There is no file " + file + ". Run 'aliyun configure'.");
    }
    try {
      JsonObject config = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
      return fetch(config, profile.orElse(text(config, "current")), new HashSet<>());
    } catch (IOException | UncheckedIOException e) {
      throw new CredentialsUnavailableException(file + " cannot be read: " + e + ".", e);
    } catch (JsonParseException | IllegalStateException | IllegalArgumentException e) {
      // The parser's message may quote the file, which contains secrets.
      throw new CredentialsUnavailableException(
          file
              + " does not have the format of 'aliyun configure'. Correct it, or run 'aliyun "
              + "configure' again.");
    }
  }

  private OssCredentials fetch(JsonObject config, String name, Set<String> seen) {
    JsonObject found = find(config, name);
    if (!seen.add(name)) {
      throw new CredentialsUnavailableException(
          "Profile '" + name + "' of " + file + " is its own source. Name another profile.");
    }
    String mode = text(found, "mode");
    return switch (mode.toLowerCase(Locale.ROOT)) {
      case "ak" -> keys(name, found);
      case "ststoken" ->
          Keys.of(
              profileOf(name),
              () ->
                  OssCredentials.temporary(
                      text(found, "access_key_id"),
                      text(found, "access_key_secret"),
                      text(found, "sts_token")));
      case "ramrolearn" -> assume(found, keys(name, found));
      case "ramrolearnwithrolename" -> assume(found, instance(found));
      case "chainableramrolearn" ->
          assume(found, fetch(config, text(found, "source_profile"), seen));
      case "ecsramrole" -> instance(found);
      case "cloudsso", "oauth" -> storedKeys(name, found);
      case "credentialsuri" ->
          Keys.setting(
                  profileOf(name),
                  () -> new CredentialsUri(StsEndpoint.url(text(found, "credentials_uri"))))
              .fetch();
      case "oidc" ->
          new OidcRole(
                  role(found),
                  text(found, "oidc_provider_arn"),
                  Path.of(text(found, "oidc_token_file")),
                  optional(found, "policy"))
              .fetch();
      default ->
          throw new CredentialsUnavailableException(
              "Profile '"
                  + name
                  + "' of "
                  + file
                  + " has mode '"
                  + mode
                  + "'. Use AK, StsToken, RamRoleArn, ChainableRamRoleArn, EcsRamRole, OIDC,"
                  + " CloudSSO, OAuth or CredentialsURI.");
    };
  }

  private OssCredentials instance(JsonObject profile) {
    return new InstanceRole(optional(profile, "ram_role_name"), false, metadata).fetch();
  }

  /** Returns the keys that the command stored; only the command can fetch new ones. */
  private OssCredentials storedKeys(String name, JsonObject profile) {
    Instant expiration = Instant.ofEpochSecond(seconds(profile, "sts_expiration"));
    if (!expiration.isAfter(Instant.now().plusSeconds(60))) {
      throw new CredentialsUnavailableException(
          profileOf(name)
              + (expiration.equals(Instant.EPOCH)
                  ? " contains no keys yet"
                  : " contains keys that expired at " + expiration)
              + ". Run 'aliyun sts GetCallerIdentity --profile "
              + name
              + "', which stores new ones, or 'aliyun configure --profile "
              + name
              + "' to log in again.");
    }
    return Keys.of(
        profileOf(name),
        () ->
            OssCredentials.temporary(
                text(profile, "access_key_id"),
                text(profile, "access_key_secret"),
                text(profile, "sts_token"),
                expiration));
  }

  private OssCredentials keys(String name, JsonObject profile) {
    return Keys.of(
        profileOf(name),
        () ->
            OssCredentials.of(text(profile, "access_key_id"), text(profile, "access_key_secret")));
  }

  private String profileOf(String name) {
    return "Profile '" + name + "' of " + file;
  }

  private JsonObject find(JsonObject config, String name) {
    for (JsonElement candidate : config.getAsJsonArray("profiles")) {
      if (text(candidate.getAsJsonObject(), "name").equals(name)) {
        return candidate.getAsJsonObject();
      }
    }
    throw new CredentialsUnavailableException(
        "There is no profile '" + name + "' in " + file + ". Run 'aliyun configure'.");
  }

  private OssCredentials assume(JsonObject profile, OssCredentials caller) {
    RoleSession role = role(profile);
    return new AssumedRole(role, OssCredentialsProvider.of(caller), clock)
        .fetch(role, optional(profile, "policy").orElse(null));
  }

  private RoleSession role(JsonObject profile) {
    return Keys.setting(profileOf(text(profile, "name")), () -> readRole(profile));
  }

  private RoleSession readRole(JsonObject profile) {
    RoleSession role = RoleSession.of(text(profile, "ram_role_arn"));
    Optional<String> session = optional(profile, "ram_session_name");
    if (session.isPresent()) {
      role = role.named(session.get());
    }
    long seconds = seconds(profile, "expired_seconds");
    if (seconds > 0) {
      role = role.withDuration(Duration.ofSeconds(seconds));
    }
    Optional<String> externalId = optional(profile, "external_id");
    if (externalId.isPresent()) {
      role = role.withExternalId(externalId.get());
    }
    Optional<String> endpoint =
        stsEndpoint.or(
            () ->
                optional(profile, "sts_region")
                    .map(
                        region ->
                            (text(profile, "enable_vpc").equals("true") ? "sts-vpc." : "sts.")
                                + region
                                + ".aliyuncs.com"));
    return endpoint.isPresent() ? role.at(endpoint.get()) : role;
  }

  @Override
  public Clock clock() {
    return clock;
  }

  private static long seconds(JsonObject profile, String member) {
    JsonElement value = profile.get(member);
    return value != null && value.isJsonPrimitive() ? value.getAsLong() : 0;
  }

  private static Optional<String> optional(JsonObject profile, String member) {
    return Optional.of(text(profile, member)).filter(text -> !text.isBlank());
  }

  private static String text(JsonObject profile, String member) {
    JsonElement value = profile.get(member);
    return value != null && value.isJsonPrimitive() ? value.getAsString() : "";
  }
}
