package io.osspost.credentials;

import java.time.Clock;

/**
 * Gets security tokens that are handed to clients, cut down to what the client may do. Called once
 * per token grant, from any thread: an implementation that fetches must cache by scope.
 */
@FunctionalInterface
public interface TokenVendor extends AutoCloseable {
  /**
   * {@return temporary credentials, with a security token and an expiration, that can do what
   * {@code scope} says and no more}
   *
   * @param scope what the client may do
   * @throws CredentialsUnavailableException when none can be had now, naming the cause
   */
  OssCredentials vend(TokenScope scope);

  /**
   * Refuses a scope it could not vend a token for, when the server starts; refuses none by default.
   *
   * @param longest the scope of a profile whose caller has the longest name there is
   * @throws IllegalArgumentException saying what to shorten
   */
  default void check(TokenScope longest) {}

  /**
   * {@return what tells the time tokens end by; the system's clock, unless the vendor knows better}
   */
  default Clock clock() {
    return Clock.systemUTC();
  }

  /** Releases what this vendor opened; nothing by default. */
  @Override
  default void close() {}
}
