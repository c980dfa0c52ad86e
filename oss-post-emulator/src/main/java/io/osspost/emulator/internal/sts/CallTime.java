package io.osspost.emulator.internal.sts;

import io.osspost.emulator.internal.text.DurationText;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;

/** Reads and checks the time of a call. */
final class CallTime {
  /** The allowed difference of a client's clock (documented). */
  static final Duration SKEW = Duration.ofMinutes(15);

  private CallTime() {}

  /** Reads {@code 2024-03-15T08:15:30Z}; some clients add milliseconds. */
  static Instant read(String text) throws StsRefusedException {
    try {
      return DateTimeFormatter.ISO_INSTANT.parse(text, Instant::from);
    } catch (DateTimeException e) {
      throw new StsRefusedException(
          400,
          "InvalidTimeStamp.Format",
          "Specified time stamp or date value is not well formatted.",
          "the time of the call is not of the form 2024-03-15T08:15:30Z");
    }
  }

  static void check(Instant signedAt, Instant now) throws StsRefusedException {
    Duration off = Duration.between(now, signedAt);
    if (off.abs().compareTo(SKEW) > 0) {
      throw new StsRefusedException(
          400,
          "InvalidTimeStamp.Expired",
          "Specified time stamp or date value is expired.",
          "the call is dated "
              + DurationText.of(off.abs())
              + (off.isNegative() ? " behind" : " ahead of")
              + " this clock ("
              + now
              + "); at most "
              + DurationText.of(SKEW)
              + " are allowed");
    }
  }
}
