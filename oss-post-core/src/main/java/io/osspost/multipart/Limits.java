package io.osspost.multipart;

import java.time.Duration;

/**
 * The limits that all uploads in parts share.
 *
 * @param life how long an upload may take
 * @param urlValidity how long the URL of a part is valid
 * @param partSize the preferred size of a part in bytes
 * @param signLength whether URLs sign the exact length of their part
 */
record Limits(Duration life, Duration urlValidity, long partSize, boolean signLength) {
  private static final Duration SHORTEST = Duration.ofMinutes(1);
  private static final Duration LONGEST = Duration.ofDays(7);

  static final Limits DEFAULT =
      new Limits(Duration.ofDays(1), Duration.ofMinutes(15), 8L << 20, true);

  Limits {
    require("life of an upload", life);
    require("validity of a part's URL", urlValidity);
    if (partSize < PartSizes.SMALLEST || partSize > PartSizes.LARGEST) {
      throw new IllegalArgumentException(
          "A part has 100KB to 5GB, but " + partSize + " bytes are set. Write a size like 8MB.");
    }
  }

  private static void require(String what, Duration duration) {
    if (duration.compareTo(SHORTEST) < 0 || duration.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "The " + what + " is 1 minute to 7 days, not " + duration + ". Write it like 24h.");
    }
  }
}
