package io.osspost.sts;

import com.github.benmanes.caffeine.cache.Caffeine;
import io.osspost.credentials.CredentialsUnavailableException;
import io.osspost.credentials.OssCredentials;
import io.osspost.credentials.TokenScope;
import io.osspost.credentials.TokenVendor;
import io.osspost.sts.source.AssumedRole;
import io.osspost.sts.source.RoleSession;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Vends tokens of one role, each limited to its scope. Thread-safe.
 *
 * <p>A caller gets the same token until five minutes before it expires. So one call to STS serves
 * many uploads; STS allows an account a hundred calls per second.
 */
final class StsTokens implements TokenVendor {
  private static final Duration SHORTEST_REST = Duration.ofMinutes(5);

  /** A token needs about three kilobytes. */
  private static final int MOST_SCOPES = 20_000;

  private static final int CALLS_PER_SECOND = 90;
  private static final Duration LONGEST_QUEUE = Duration.ofSeconds(2);

  private final RoleSession role;
  private final AssumedRole sts;
  private final CallRate rate;
  private final Backoff pause = new Backoff();

  /** Caffeine's own asynchronous cache would log every failure with its stack. */
  private final Map<TokenScope, CompletableFuture<OssCredentials>> tokens =
      Caffeine.newBuilder()
          .maximumSize(MOST_SCOPES)
          .expireAfterWrite(RoleSession.LONGEST)
          .executor(Runnable::run)
          .<TokenScope, CompletableFuture<OssCredentials>>build()
          .asMap();

  StsTokens(RoleSession role, AssumedRole sts) {
    this(role, sts, new CallRate(CALLS_PER_SECOND, LONGEST_QUEUE));
  }

  StsTokens(RoleSession role, AssumedRole sts, CallRate rate) {
    this.role = role;
    this.sts = sts;
    this.rate = rate;
  }

  @Override
  public void check(TokenScope longest) {
    SessionPolicy.of(longest);
  }

  @Override
  public Clock clock() {
    return sts.clock();
  }

  @Override
  public OssCredentials vend(TokenScope scope) {
    while (true) {
      CompletableFuture<OssCredentials> mine = new CompletableFuture<>();
      CompletableFuture<OssCredentials> known = tokens.putIfAbsent(scope, mine);
      if (known == null) {
        return fetch(scope, mine);
      }
      OssCredentials token = await(known);
      if (isUsable(token)) {
        return token;
      }
      tokens.remove(scope, known);
    }
  }

  /** Fetches on the caller's own thread. Other callers of the same scope wait for it. */
  private OssCredentials fetch(TokenScope scope, CompletableFuture<OssCredentials> result) {
    try {
      OssCredentials token = assume(scope);
      if (!isUsable(token)) {
        throw new CredentialsUnavailableException(
            "STS vended " + token + ", which expires too soon. Correct this machine's clock.");
      }
      result.complete(token);
      return token;
    } catch (RuntimeException | Error e) {
      tokens.remove(scope, result);
      result.completeExceptionally(e);
      throw e;
    }
  }

  private OssCredentials assume(TokenScope scope) {
    String policy = SessionPolicy.of(scope);
    pause.enter();
    try {
      if (!rate.take()) {
        throw new CredentialsUnavailableException(
            "More tokens are requested than STS issues per second. Make clients retry, or "
                + "configure a longer validity of tokens.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CredentialsUnavailableException("Interrupted while waiting for STS.", e);
    }
    RoleSession session =
        role.named(SessionName.of(scope.caller())).withDuration(life(scope.validity()));
    try {
      OssCredentials token = sts.fetch(session, policy);
      pause.succeeded();
      return token;
    } catch (CredentialsUnavailableException e) {
      pause.failed(e);
      throw e;
    }
  }

  /** Returns the requested duration within the limits of STS. */
  private static Duration life(Duration validity) {
    if (validity.compareTo(RoleSession.SHORTEST) < 0) {
      return RoleSession.SHORTEST;
    }
    return validity.compareTo(RoleSession.LONGEST) > 0 ? RoleSession.LONGEST : validity;
  }

  private boolean isUsable(OssCredentials token) {
    Instant end = token.expiration().orElse(Instant.MIN);
    return clock().instant().plus(SHORTEST_REST).isBefore(end);
  }

  private static OssCredentials await(CompletableFuture<OssCredentials> known) {
    try {
      return known.join();
    } catch (CompletionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new CredentialsUnavailableException(String.valueOf(cause.getMessage()), cause);
    }
  }

  @Override
  public String toString() {
    return "StsTokens[" + role.arn() + "]";
  }
}
