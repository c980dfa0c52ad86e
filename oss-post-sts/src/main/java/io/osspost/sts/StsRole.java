package io.osspost.sts;

import io.osspost.credentials.OssCredentialsProvider;
import io.osspost.credentials.TokenVendor;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A RAM role that STS lends, and how it is asked for. Immutable.
 *
 * <pre>{@code
 * OssCredentialsProvider signing =
 *     StsRole.of("acs:ram::1234567890123456:role/uploader")
 *         .assumedBy(OssCredentialsProvider.environment());
 * }</pre>
 */
public final class StsRole {
  static final Duration SHORTEST = Duration.ofMinutes(15);
  static final Duration LONGEST = Duration.ofHours(12);

  private static final Pattern ARN = Pattern.compile("acs:ram::[0-9]+:role/[A-Za-z0-9.@_-]+");
  private static final Pattern SESSION_NAME = Pattern.compile("[A-Za-z0-9.@_-]{2,64}");
  private static final Pattern EXTERNAL_ID = Pattern.compile("[\\w+=,.@:/-]{2,1224}");

  private final String arn;
  private final String sessionName;
  private final Duration duration;
  private final @Nullable String externalId;
  private final URI endpoint;

  private StsRole(
      String arn,
      String sessionName,
      Duration duration,
      @Nullable String externalId,
      URI endpoint) {
    this.arn = arn;
    this.sessionName = sessionName;
    this.duration = duration;
    this.externalId = externalId;
    this.endpoint = endpoint;
  }

  /** The role of that ARN, for an hour at a time, asked for at {@code sts.aliyuncs.com}. */
  public static StsRole of(String arn) {
    if (!ARN.matcher(arn).matches()) {
      throw new IllegalArgumentException(
          "'"
              + arn
              + "' is not the ARN of a role. Copy it from the RAM console: it looks like"
              + " 'acs:ram::1234567890123456:role/uploader'.");
    }
    return new StsRole(
        arn, "oss-post", Duration.ofHours(1), null, StsEndpoint.parse("sts.aliyuncs.com"));
  }

  /** What the audit logs of the account call the session: 2 to 64 letters, digits, {@code .@_-}. */
  public StsRole sessionName(String name) {
    if (!SESSION_NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "'" + name + "' cannot name a session. Use 2 to 64 letters, digits and . @ _ -");
    }
    return new StsRole(arn, name, duration, externalId, endpoint);
  }

  /** How long a session lives: 15 minutes, up to what the role allows and at most 12 hours. */
  public StsRole duration(Duration life) {
    if (life.compareTo(SHORTEST) < 0 || life.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "STS lends no role for " + life + ". Write a span from 15m to 12h.");
    }
    return new StsRole(arn, sessionName, life, externalId, endpoint);
  }

  /** What the role's trust policy asks of callers from other accounts. */
  public StsRole externalId(String id) {
    if (!EXTERNAL_ID.matcher(id).matches()) {
      throw new IllegalArgumentException(
          "The external id is not 2 to 1224 letters, digits and + = , . @ : / - _. Correct it.");
    }
    return new StsRole(arn, sessionName, duration, id, endpoint);
  }

  /**
   * Where STS is asked.
   *
   * @param host such as {@code sts.cn-hangzhou.aliyuncs.com} or {@code
   *     sts-vpc.cn-hangzhou.aliyuncs.com}; a URL for an emulator
   */
  public StsRole endpoint(String host) {
    return new StsRole(arn, sessionName, duration, externalId, StsEndpoint.parse(host));
  }

  /** The role's credentials, asked for with those of {@code caller}, which is closed with them. */
  public OssCredentialsProvider assumedBy(OssCredentialsProvider caller) {
    Objects.requireNonNull(caller, "caller");
    return CachedCredentials.of(new AssumedRole(this, caller, new ServerClock(Clock.systemUTC())));
  }

  /**
   * Tokens of the role for clients, each cut down to what one caller may do, asked for with the
   * credentials of {@code caller}; or with those that assumed the signing role, when {@code caller}
   * is one itself. Closing the vendor closes nothing.
   */
  public TokenVendor tokensFor(OssCredentialsProvider caller) {
    Objects.requireNonNull(caller, "caller");
    OssCredentialsProvider asks =
        caller instanceof CachedCredentials cached ? cached.lender() : caller;
    ServerClock clock =
        caller.clock() instanceof ServerClock learned
            ? learned
            : new ServerClock(Clock.systemUTC());
    return new StsTokens(this, new AssumedRole(this, asks, clock));
  }

  String arn() {
    return arn;
  }

  String sessionName() {
    return sessionName;
  }

  Duration duration() {
    return duration;
  }

  Optional<String> externalId() {
    return Optional.ofNullable(externalId);
  }

  URI endpoint() {
    return endpoint;
  }

  @Override
  public String toString() {
    return "StsRole[" + arn + "]";
  }
}
