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
 * A RAM role, and the parameters with which it is assumed. Immutable.
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

  /** Returns the role with that ARN, assumed for an hour at {@code sts.aliyuncs.com}. */
  public static StsRole of(String arn) {
    return new StsRole(RoleSession.of(arn));
  }

  /**
   * Sets the name of the session in the account's audit logs: 2 to 64 letters, digits, {@code
   * .@_-}.
   */
  public StsRole sessionName(String name) {
    return new StsRole(session.named(name));
  }

  /** Sets the duration of a session: 15 minutes up to the role's maximum, at most 12 hours. */
  public StsRole duration(Duration life) {
    return new StsRole(session.withDuration(life));
  }

  /** Sets the external id that the role's trust policy requires of other accounts. */
  public StsRole externalId(String id) {
    return new StsRole(session.withExternalId(id));
  }

  /**
   * Sets the address of STS.
   *
   * @param host such as {@code sts.cn-hangzhou.aliyuncs.com} or {@code
   *     sts-vpc.cn-hangzhou.aliyuncs.com}; a URL for an emulator
   */
  public StsRole endpoint(String host) {
    return new StsRole(session.at(host));
  }

  /**
   * Returns the role's credentials, assumed with those of {@code caller}. Closing them closes
   * {@code caller}.
   */
  public OssCredentialsProvider assumedBy(OssCredentialsProvider caller) {
    Objects.requireNonNull(caller, "caller");
    return CachedCredentials.of(
        new AssumedRole(session, caller, new ServerClock(Clock.systemUTC())));
  }

  /**
   * Returns a vendor of the role's tokens, each limited to one scope. It assumes the role with the
   * credentials of {@code caller}; if {@code caller} is an assumed role itself, with the
   * credentials that assumed it. Closing the vendor closes nothing else.
   */
  public TokenVendor tokensFor(OssCredentialsProvider caller) {
    Objects.requireNonNull(caller, "caller");
    OssCredentialsProvider asks =
        caller instanceof CachedCredentials cached ? cached.assumingProvider() : caller;
    ServerClock clock =
        caller.clock() instanceof ServerClock learned
            ? learned
            : new ServerClock(Clock.systemUTC());
    return new StsTokens(session, new AssumedRole(session, asks, clock));
  }

  static StsRole of(RoleSession session) {
    return new StsRole(session);
  }

  /** Returns the session to request from STS. */
  RoleSession session() {
    return session;
  }

  @Override
  public String toString() {
    return "StsRole[" + session.arn() + "]";
  }
}
