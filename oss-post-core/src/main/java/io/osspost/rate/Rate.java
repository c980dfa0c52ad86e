package io.osspost.rate;

import java.time.Duration;

/**
 * A number of requests in a period. So many requests are also permitted at once, after a pause.
 *
 * @param requests 1 or more
 * @param period 1 second to 1 day
 */
public record Rate(int requests, Duration period) {
  /**
   * Checks the numbers.
   *
   * @param requests 1 or more
   * @param period 1 second to 1 day
   * @throws IllegalArgumentException if a number is smaller or larger
   */
  public Rate {
    if (requests < 1) {
      throw new IllegalArgumentException(
          "It permits " + requests + " requests. Write 1 or more, like 60/1m.");
    }
    if (period.compareTo(Duration.ofSeconds(1)) < 0 || period.compareTo(Duration.ofDays(1)) > 0) {
      throw new IllegalArgumentException(
          "Its period is 1 second to 1 day, not " + period + ". Write it like 60/1m.");
    }
  }

  /** Returns the rate as it is written in settings, such as {@code 60/60s}. */
  @Override
  public String toString() {
    return requests + "/" + period.toSeconds() + "s";
  }
}
