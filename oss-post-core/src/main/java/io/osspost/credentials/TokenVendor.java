package io.osspost.credentials;

import java.time.Clock;

/**
 * Supplies security tokens for clients, limited to one scope. Called once per token grant, from any
 * thread. An implementation that fetches must cache by scope.
 */
@FunctionalInterface
public interface TokenVendor extends AutoCloseable {
  /**
   * {@return temporary credentials, with a security token and an expiration, that permit exactly
   * {@code scope}}
   *
   * @param scope the client's permission
   * @throws CredentialsUnavailableException if none are available; the message names the cause
   */
  OssCredentials vend(TokenScope scope);

  /**
   * Checks at startup that tokens can be vended for a scope. Accepts every scope by default.
   *
   * @param longest the scope of a profile for a caller with the longest possible name
   * @throws IllegalArgumentException if a token cannot be vended; the message names the text to
   *     shorten
   */
  default void check(TokenScope longest) {}

  /**
   * {@return the clock that the expiration of tokens is compared with; the system's clock by
   * default}
   */
  default Clock clock() {
    return Clock.systemUTC();
  }

  /** Releases the vendor's resources. Does nothing by default. */
  @Override
  default void close() {}
}
