package io.osspost.profile;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * Computes the lifetime of a grant whose profile sets none. OSS checks the expiration when it has
 * received the whole file, so a stated size of more than 150 MB needs more than 10 minutes.
 */
final class DefaultValidity {
  private static final Duration SHORTEST = Duration.ofMinutes(10);

  /** The limit. 5 GB, the most that OSS stores with one request, need 5 hours and 50 minutes. */
  private static final Duration LONGEST = Duration.ofHours(6);

  /**
   * The bytes that the slowest line sends in the shortest lifetime: 2.1 Mbit/s, as ADSL and weak
   * mobile connections do. Slower lines need parts.
   */
  private static final long BYTES_IN_SHORTEST = 150L << 20;

  private DefaultValidity() {}

  /** Returns the lifetime for a file of the stated size: 10 minutes for each 150 MB begun. */
  static Duration of(OptionalLong statedSize) {
    long bytes = statedSize.orElse(0);
    long steps = Math.max(1, (bytes + BYTES_IN_SHORTEST - 1) / BYTES_IN_SHORTEST);
    Duration validity = SHORTEST.multipliedBy(steps);
    return validity.compareTo(LONGEST) < 0 ? validity : LONGEST;
  }
}
