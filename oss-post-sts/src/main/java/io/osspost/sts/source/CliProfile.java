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
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * A profile of the {@code aliyun} command: keys, or a role and the credentials that assume it. The
 * file is read at every fetch, because the command rewrites it.
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
    return switch (mode) {
      case "AK" -> keys(name, found);
      case "StsToken" ->
          Keys.of(
              profileOf(name),
              () ->
                  OssCredentials.temporary(
                      text(found, "access_key_id"),
                      text(found, "access_key_secret"),
                      text(found, "sts_token")));
      case "RamRoleArn" -> assume(found, keys(name, found));
      case "ChainableRamRoleArn" ->
          assume(found, fetch(config, text(found, "source_profile"), seen));
      case "EcsRamRole" ->
          new InstanceRole(optional(found, "ram_role_name"), false, metadata).fetch();
      case "OIDC" ->
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
                  + "'. Use AK, StsToken, RamRoleArn, ChainableRamRoleArn, EcsRamRole or OIDC.");
    };
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
    RoleSession role = RoleSession.of(text(profile, "ram_role_arn"));
    Optional<String> session = optional(profile, "ram_session_name");
    if (session.isPresent()) {
      role = role.named(session.get());
    }
    JsonElement seconds = profile.get("expired_seconds");
    if (seconds != null && seconds.isJsonPrimitive() && seconds.getAsLong() > 0) {
      role = role.withDuration(Duration.ofSeconds(seconds.getAsLong()));
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

  private static Optional<String> optional(JsonObject profile, String member) {
    return Optional.of(text(profile, member)).filter(text -> !text.isBlank());
  }

  private static String text(JsonObject profile, String member) {
    JsonElement value = profile.get(member);
    return value != null && value.isJsonPrimitive() ? value.getAsString() : "";
  }
}
