package io.osspost.profile;

import java.util.Locale;

/** A number of bytes as a person reads it: {@code 10 MiB}, {@code 12.4 MiB (13002342 bytes)}. */
final class ByteCount {
  private static final String[] UNITS = {"KiB", "MiB", "GiB"};

  private ByteCount() {}

  static String of(long bytes) {
    if (bytes < 1024) {
      return bytes == 1 ? "1 byte" : bytes + " bytes";
    }
    int unit = -1;
    double amount = bytes;
    long divisor = 1;
    while (amount >= 1024 && unit < UNITS.length - 1) {
      amount /= 1024;
      divisor *= 1024;
      unit++;
    }
    return bytes % divisor == 0
        ? bytes / divisor + " " + UNITS[unit]
        : String.format(Locale.ROOT, "%.1f %s (%d bytes)", amount, UNITS[unit], bytes);
  }
}
