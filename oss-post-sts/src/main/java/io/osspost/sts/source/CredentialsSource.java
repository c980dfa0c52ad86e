package io.osspost.sts.source;

import io.osspost.credentials.CredentialsUnavailableException;
import io.osspost.credentials.OssCredentials;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * A source that credentials are fetched from. It fetches at every call; a cache decides when to
 * call it. Never called concurrently.
 */
public interface CredentialsSource extends AutoCloseable {
  /** Returns the name of the source in messages, such as {@code ECS RAM role}. */
  String name();

  /**
   * Fetches credentials, within about ten seconds.
   *
   * @throws CredentialsUnavailableException with the cause and the fix, without secrets
   */
  OssCredentials fetch();

  /**
   * Returns how long credentials without an expiration are used before they are fetched again,
   * because the source may have others by then. Defaults to empty: they never change.
   */
  default Optional<Duration> rereadAfter() {
    return Optional.empty();
  }

  /** Returns the clock that their expiration is compared with. Defaults to the system's. */
  default Clock clock() {
    return Clock.systemUTC();
  }

  /** Releases the source's resources. Does nothing by default. */
  @Override
  default void close() {}
}
