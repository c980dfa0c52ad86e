package io.osspost.emulator.internal.text;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Writes durations for messages: {@code 1 hour 30 minutes} instead of {@code PT1H30M}. */
public final class DurationText {
  private DurationText() {}

  /** Returns the duration in days, hours, minutes and seconds, without the units that are 0. */
  public static String of(Duration duration) {
    if (duration.isNegative()) {
      return duration.toSeconds() == Long.MIN_VALUE
          ? duration.toString()
          : "-" + of(duration.negated());
    }
    List<String> parts = new ArrayList<>();
    add(parts, BigDecimal.valueOf(duration.toDaysPart()), "day");
    add(parts, BigDecimal.valueOf(duration.toHoursPart()), "hour");
    add(parts, BigDecimal.valueOf(duration.toMinutesPart()), "minute");
    add(
        parts,
        BigDecimal.valueOf(duration.toNanosPart(), 9)
            .add(BigDecimal.valueOf(duration.toSecondsPart()))
            .stripTrailingZeros(),
        "second");
    return parts.isEmpty() ? "0 seconds" : String.join(" ", parts);
  }

  private static void add(List<String> parts, BigDecimal number, String unit) {
    if (number.signum() > 0) {
      String plural = number.compareTo(BigDecimal.ONE) == 0 ? "" : "s";
      parts.add(number.toPlainString() + " " + unit + plural);
    }
  }
}
