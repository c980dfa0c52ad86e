package io.osspost.wire;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The three UTC formats of an instant that OSS uses, and the day in another time zone. */
public final class UtcTime {
  private static final DateTimeFormatter DAY = pattern("yyyyMMdd");
  private static final DateTimeFormatter BASIC = pattern("yyyyMMdd'T'HHmmss'Z'");
  private static final DateTimeFormatter EXTENDED = pattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'");

  private UtcTime() {}

  /** {@code 20241127}: the day of a credential scope. */
  public static String day(Instant instant) {
    return DAY.format(instant);
  }

  /** {@code 20241128}: the day in {@code zone}, for names of objects. */
  public static String day(Instant instant, ZoneId zone) {
    return DAY.withZone(zone).format(instant);
  }

  /** {@code 20241127T235959Z}: the form of {@code x-oss-date}. */
  public static String basic(Instant instant) {
    return BASIC.format(instant);
  }

  /** {@code 2024-11-27T23:59:59.000Z}: the form of a policy's {@code expiration}. */
  public static String extended(Instant instant) {
    return EXTENDED.format(instant);
  }

  private static DateTimeFormatter pattern(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
  }
}
