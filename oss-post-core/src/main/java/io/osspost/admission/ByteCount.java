package io.osspost.admission;

import java.util.Locale;

/**
 * Formats a number of bytes for people, in units of 1024: {@code 10 MB}, {@code 12.4 MB}, and
 * {@code 10.0 MB (10485761 bytes)} if rounding would hide the difference.
 */
final class ByteCount {
  private static final String[] UNITS = {"KB", "MB", "GB"};

  private ByteCount() {}

  static String of(long bytes) {
    if (bytes < 1024) {
      return bytes == 1 ? "1 byte" : bytes + " bytes";
    }
    int unit = 0;
    long divisor = 1024;
    while (bytes / divisor >= 1024 && unit < UNITS.length - 1) {
      divisor *= 1024;
      unit++;
    }
    if (bytes % divisor == 0) {
      return bytes / divisor + " " + UNITS[unit];
    }
    String amount = String.format(Locale.ROOT, "%.1f", (double) bytes / divisor);
    return amount + " " + UNITS[unit] + (amount.endsWith(".0") ? " (" + bytes + " bytes)" : "");
  }
}
