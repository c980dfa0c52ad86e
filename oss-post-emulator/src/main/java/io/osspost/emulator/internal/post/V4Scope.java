package io.osspost.emulator.internal.post;

import static io.osspost.emulator.rules.EmulatorRule.DATE_BOTH_WAYS;

import io.osspost.emulator.internal.auth.CredentialScope;
import io.osspost.emulator.internal.protocol.OssError;
import io.osspost.emulator.internal.text.DurationText;
import io.osspost.emulator.rules.EmulatorRules;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;

/**
 * Checks the scope of a V4 form: {@code x-oss-credential}, {@code <key
 * id>/<day>/<region>/oss/aliyun_v4_request}, and {@code x-oss-date}.
 *
 * <p>The causes and most EC numbers are documented; statuses and codes are this emulator's choice.
 */
final class V4Scope {
  /** The allowed difference between the clocks of client and server (documented). */
  private static final Duration SKEW = Duration.ofMinutes(15);

  /** The time after {@code x-oss-date} for which a signature is valid (documented). */
  private static final Duration LIFE = Duration.ofDays(7);

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("uuuuMMdd").withResolverStyle(ResolverStyle.STRICT);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'")
          .withResolverStyle(ResolverStyle.STRICT)
          .withZone(ZoneOffset.UTC);

  private final String region;
  private final EmulatorRules rules;

  V4Scope(String region, EmulatorRules rules) {
    this.region = region;
    this.rules = rules;
  }

  /**
   * Returns the scope of a form. It must be well-formed and for this region, and {@code x-oss-date}
   * must be on the same day and recent enough.
   */
  CredentialScope check(String credential, String date, Instant now) {
    CredentialScope scope = scope(credential);
    checkDate(date, scope, now);
    return scope;
  }

  /** Returns the AccessKey ID of a credential that {@link #check} has accepted. */
  static String keyId(String credential) {
    return credential.substring(0, credential.indexOf('/'));
  }

  private CredentialScope scope(String credential) {
    String[] parts = credential.split("/", -1);
    if (!parts[parts.length - 1].equals(CredentialScope.TERMINATOR)) {
      throw credential(
          credential, "does not end in " + CredentialScope.TERMINATOR, "0002-00000710");
    }
    if (parts.length != 5 || !parts[3].equals(CredentialScope.SERVICE)) {
      throw credential(
          credential, "is not <key id>/<day>/<region>/oss/aliyun_v4_request", "0002-00000710");
    }
    if (parts[0].isEmpty()) {
      throw credential(credential, "has no AccessKey ID", "0002-00000708");
    }
    try {
      DAY.parse(parts[1]);
    } catch (DateTimeParseException e) {
      throw credential(credential, "has no day of the form yyyyMMdd", "0002-00000709");
    }
    if (!parts[2].equals(region)) {
      throw credential(
          credential,
          "names region '" + parts[2] + "', but the bucket is in '" + region + "'",
          "0002-00000226");
    }
    return new CredentialScope(parts[1], parts[2]);
  }

  private static RuntimeException credential(String credential, String fault, String ec) {
    return OssError.invalidArgument(
            "The specified x-oss-credential " + fault + ".", "x-oss-credential", credential)
        .ec(ec)
        .because("x-oss-credential " + fault);
  }

  private void checkDate(String date, CredentialScope scope, Instant now) {
    Instant signed;
    try {
      signed = TIME.parse(date, Instant::from);
    } catch (DateTimeParseException e) {
      throw OssError.invalidArgument(
              "The specified x-oss-date is not of the form yyyyMMdd'T'HHmmss'Z'.",
              "x-oss-date",
              date)
          .because("x-oss-date '" + date + "' is not of the form 20300101T000000Z");
    }
    if (!date.startsWith(scope.date())) {
      throw OssError.invalidArgument(
              "The day of x-oss-credential is not the day of x-oss-date.", "x-oss-date", date)
          .ec("0002-00000709")
          .because(
              "x-oss-date is "
                  + date
                  + ", but x-oss-credential is for "
                  + scope.date()
                  + ": the clock was read twice around midnight, or not in UTC");
    }
    Duration ahead = Duration.between(now, signed);
    Duration off = rules.has(DATE_BOTH_WAYS) ? ahead.abs() : ahead;
    if (off.compareTo(SKEW) > 0) {
      throw OssError.of(
              403,
              "RequestTimeTooSkewed",
              "The difference between the request time and the current time is too large.")
          .member("RequestTime", signed.toString())
          .member("ServerTime", now.toString())
          .member("MaxAllowedSkewMilliseconds", Long.toString(SKEW.toMillis()))
          .ec("0002-00000709")
          .because(
              "x-oss-date is "
                  + difference(ahead, now)
                  + "; at most "
                  + DurationText.of(SKEW)
                  + " are allowed");
    }
    if (ahead.negated().compareTo(LIFE) > 0) {
      throw PostErrors.accessDenied("Request has expired.")
          .member("Expires", signed.plus(LIFE).toString())
          .member("ServerTime", now.toString())
          .ec("0002-00000709")
          .because(
              "x-oss-date is "
                  + difference(ahead, now)
                  + "; a signature is valid for "
                  + DurationText.of(LIFE));
    }
  }

  private static String difference(Duration ahead, Instant now) {
    return DurationText.of(ahead.abs())
        + (ahead.isNegative() ? " behind" : " ahead of")
        + " this clock ("
        + now
        + ")";
  }
}
