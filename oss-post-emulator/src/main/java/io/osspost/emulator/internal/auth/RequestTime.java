package io.osspost.emulator.internal.auth;

import io.osspost.emulator.internal.protocol.OssError;
import io.osspost.emulator.internal.protocol.OssRequest;
import io.osspost.emulator.internal.text.DurationText;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.Optional;

/** Reads and checks the time of a signature. */
final class RequestTime {
  /** The allowed difference between the clocks of client and server (documented). */
  private static final Duration SKEW = Duration.ofMinutes(15);

  private static final DateTimeFormatter ISO_BASIC =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT)
          .withZone(ZoneOffset.UTC);

  private RequestTime() {}

  /** Reads {@code 20240315T081530Z}. */
  static Instant isoBasic(String text) {
    return parse(text, ISO_BASIC);
  }

  static String isoBasic(Instant time) {
    return ISO_BASIC.format(time);
  }

  /** Reads {@code Fri, 15 Mar 2024 08:15:30 GMT}. */
  static Instant httpDate(String text) {
    return parse(text, DateTimeFormatter.RFC_1123_DATE_TIME);
  }

  /**
   * Returns the header {@code x-oss-date}, otherwise {@code Date}; rejects a request without both.
   */
  static String dateHeader(OssRequest request) {
    Optional<String> date = request.header("x-oss-date").or(() -> request.header("Date"));
    if (date.isEmpty()) {
      throw missing().because("the request has neither x-oss-date nor Date");
    }
    return date.get().trim();
  }

  /** Returns the error for a request without a time. */
  static OssError missing() {
    return OssError.of(403, "AccessDenied", "OSS authentication requires a valid Date.");
  }

  /** Checks the time of a signature in a header: the client's clock may differ by 15 minutes. */
  static void checkSkew(Instant signed, Instant now) {
    Duration off = Duration.between(now, signed);
    if (off.abs().compareTo(SKEW) > 0) {
      throw OssError.of(
              403,
              "RequestTimeTooSkewed",
              "The difference between the request time and the current time is too large.")
          .member("RequestTime", milliseconds(signed))
          .member("ServerTime", milliseconds(now))
          .member("MaxAllowedSkewMilliseconds", Long.toString(SKEW.toMillis()))
          .ec("0002-00000504")
          .because(
              "the request is dated "
                  + DurationText.of(off.abs())
                  + (off.isNegative() ? " behind" : " ahead of")
                  + " this clock ("
                  + now
                  + "); at most "
                  + DurationText.of(SKEW)
                  + " are allowed");
    }
  }

  /** Rejects a V4 URL whose date is more than 15 minutes in the future. */
  static void checkNotAhead(Instant signed, Instant now) {
    if (signed.isAfter(now.plus(SKEW))) {
      throw OssError.of(403, "AccessDenied", "The URL is not valid yet.")
          .member("ServerTime", milliseconds(now))
          .because(
              "x-oss-date is "
                  + signed
                  + ", more than "
                  + DurationText.of(SKEW)
                  + " ahead of this clock ("
                  + now
                  + ")");
    }
  }

  /** Rejects a URL that has expired. */
  static void checkExpiry(Instant expires, Instant now) {
    if (!now.isBefore(expires)) {
      throw OssError.of(403, "AccessDenied", "Request has expired.")
          .member("Expires", milliseconds(expires))
          .member("ServerTime", milliseconds(now))
          .ec("0002-00000069")
          .because("the URL expired at " + expires + ", now " + now);
    }
  }

  private static Instant parse(String text, DateTimeFormatter format) {
    try {
      return format.parse(text, Instant::from);
    } catch (DateTimeException e) {
      throw OssError.invalidArgument("OSS authentication requires a valid Date.", "Date", text)
          .because("the date '" + text + "' is not valid for a signature");
    }
  }

  private static String milliseconds(Instant time) {
    return DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
        .withZone(ZoneOffset.UTC)
        .format(time);
  }
}
