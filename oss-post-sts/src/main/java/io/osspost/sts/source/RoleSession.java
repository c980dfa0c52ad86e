package io.osspost.sts.source;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A role, and the parameters of a session. Immutable; each change is checked.
 *
 * @param sessionName the session's name in audit logs
 * @param duration how long a session is valid
 * @param externalId the id that the role's trust policy requires of other accounts
 * @param endpoint the address of STS
 */
public record RoleSession(
    String arn, String sessionName, Duration duration, Optional<String> externalId, URI endpoint) {
  /** The minimum duration of a session. */
  public static final Duration SHORTEST = Duration.ofMinutes(15);

  /** The maximum duration of a session. */
  public static final Duration LONGEST = Duration.ofHours(12);

  private static final Pattern ARN = Pattern.compile("acs:ram::[0-9]+:role/[A-Za-z0-9.@_-]+");
  private static final Pattern SESSION_NAME = Pattern.compile("[A-Za-z0-9.@_-]{2,64}");
  private static final Pattern EXTERNAL_ID = Pattern.compile("[\\w+=,.@:/-]{2,1224}");

  /** Returns a session of one hour of the role with that ARN, from {@code sts.aliyuncs.com}. */
  public static RoleSession of(String arn) {
    if (!ARN.matcher(arn).matches()) {
      throw new IllegalArgumentException(
          "'"
              + arn
              + "' is not the ARN of a role. Copy it from the RAM console: it looks like"
              + " 'acs:ram::1234567890123456:role/uploader'.");
    }
    return new RoleSession(
        arn,
        "oss-post",
        Duration.ofHours(1),
        Optional.empty(),
        StsEndpoint.parse("sts.aliyuncs.com"));
  }

  /** Returns the session with another name. */
  public RoleSession named(String name) {
    if (!SESSION_NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "'" + name + "' cannot name a session. Use 2 to 64 letters, digits and . @ _ -");
    }
    return new RoleSession(arn, name, duration, externalId, endpoint);
  }

  /** Returns the session with another duration. */
  public RoleSession withDuration(Duration life) {
    if (life.compareTo(SHORTEST) < 0 || life.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "A session of a role cannot last " + life + ". Write a duration from 15m to 12h.");
    }
    return new RoleSession(arn, sessionName, life, externalId, endpoint);
  }

  /** Returns the session with that external id. */
  public RoleSession withExternalId(String id) {
    if (!EXTERNAL_ID.matcher(id).matches()) {
      throw new IllegalArgumentException(
          "The external id is not 2 to 1224 letters, digits and + = , . @ : / - _. Correct it.");
    }
    return new RoleSession(arn, sessionName, duration, Optional.of(id), endpoint);
  }

  /** Returns the session from STS at that host, or at a URL for an emulator. */
  public RoleSession at(String host) {
    return new RoleSession(arn, sessionName, duration, externalId, StsEndpoint.parse(host));
  }
}
