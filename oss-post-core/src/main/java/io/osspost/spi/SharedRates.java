package io.osspost.spi;

import io.osspost.ledger.StoreUnavailableException;
import java.time.Duration;

/**
 * Counts requests for all servers together, as token buckets. Called once per request, from any
 * thread.
 */
public interface SharedRates extends AutoCloseable {
  /**
   * Counts one request, if the rate of the key permits it now.
   *
   * @param key at most 64 ASCII characters; the same key always comes with the same rate
   * @param requests the number of requests that the rate permits in {@code period}, and at once
   *     after a pause
   * @param period the time in which so many requests are permitted
   * @return the time until the request is permitted; zero if it is permitted now
   * @throws StoreUnavailableException if the store does not answer
   */
  Duration take(String key, int requests, Duration period);

  /** {@return the store in a few words, such as {@code PostgreSQL}} */
  String description();

  /** Releases the objects that this object opened. */
  @Override
  default void close() {}
}
