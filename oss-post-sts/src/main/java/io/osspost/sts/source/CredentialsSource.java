package io.osspost.sts.source;

import io.osspost.credentials.CredentialsUnavailableException;
import io.osspost.credentials.OssCredentials;
import java.time.Clock;

/**
 * Where credentials are fetched from. Asks every time and keeps nothing: a cache decides when.
 * Never called twice at once.
 */
public interface CredentialsSource extends AutoCloseable {
  /** What messages call it, such as {@code ECS RAM role}. */
  String name();

  /**
   * Fetches credentials, within some ten seconds.
   *
   * @throws CredentialsUnavailableException with the cause and what to do about it, without secrets
   */
  OssCredentials fetch();

  /** The clock their end is measured by; the system's unless the source knows a better one. */
  default Clock clock() {
    return Clock.systemUTC();
  }

  /** Releases what this source opened; nothing by default. */
  @Override
  default void close() {}
}
