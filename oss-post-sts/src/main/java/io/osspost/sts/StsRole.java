package io.osspost.sts;

import io.osspost.credentials.OssCredentialsProvider;
import io.osspost.credentials.TokenVendor;
import io.osspost.sts.cache.CachedCredentials;
import io.osspost.sts.source.AssumedRole;
import io.osspost.sts.source.RoleSession;
import io.osspost.sts.source.ServerClock;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;

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
  private final RoleSession session;

  private StsRole(RoleSession session) {
    this.session = session;
  }

  /** The role of that ARN, for an hour at a time, asked for at {@code sts.aliyuncs.com}. */
  public static StsRole of(String arn) {
    return new StsRole(RoleSession.of(arn));
  }

  /** What the audit logs of the account call the session: 2 to 64 letters, digits, {@code .@_-}. */
  public StsRole sessionName(String name) {
    return new StsRole(session.named(name));
  }

  /** How long a session lives: 15 minutes, up to what the role allows and at most 12 hours. */
  public StsRole duration(Duration life) {
    return new StsRole(session.living(life));
  }

  /** What the role's trust policy asks of callers from other accounts. */
  public StsRole externalId(String id) {
    return new StsRole(session.withExternalId(id));
  }

  /**
   * Where STS is asked.
   *
   * @param host such as {@code sts.cn-hangzhou.aliyuncs.com} or {@code
   *     sts-vpc.cn-hangzhou.aliyuncs.com}; a URL for an emulator
   */
  public StsRole endpoint(String host) {
    return new StsRole(session.at(host));
  }

  /** The role's credentials, asked for with those of {@code caller}, which is closed with them. */
  public OssCredentialsProvider assumedBy(OssCredentialsProvider caller) {
    Objects.requireNonNull(caller, "caller");
    return CachedCredentials.of(
        new AssumedRole(session, caller, new ServerClock(Clock.systemUTC())));
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
    return new StsTokens(session, new AssumedRole(session, asks, clock));
  }

  static StsRole of(RoleSession session) {
    return new StsRole(session);
  }

  /** The session that STS is asked for. */
  RoleSession session() {
    return session;
  }

  @Override
  public String toString() {
    return "StsRole[" + session.arn() + "]";
  }
}
