package io.osspost.emulator.internal.store;

/**
 * CRC-64/XZ, the checksum in OSS's response header {@code x-oss-hash-crc64ecma}: polynomial
 * ECMA-182, reflected, initial value and final xor all ones. Eight bytes per step. Not thread-safe.
 */
final class Crc64 {
  private static final long REFLECTED_POLYNOMIAL = 0xC96C5795D7870F42L;
  private static final long ONE = 1L << 63;
  private static final long X_8 = ONE >>> 8;
  private static final long[][] TABLES = tables();

  private long register = -1L;

  void update(byte[] bytes, int offset, int length) {
    long crc = register;
    int at = offset;
    int end = offset + length;
    for (; end - at >= 8; at += 8) {
      crc =
          TABLES[7][(int) (crc ^ bytes[at]) & 0xFF]
              ^ TABLES[6][(int) (crc >>> 8 ^ bytes[at + 1]) & 0xFF]
              ^ TABLES[5][(int) (crc >>> 16 ^ bytes[at + 2]) & 0xFF]
              ^ TABLES[4][(int) (crc >>> 24 ^ bytes[at + 3]) & 0xFF]
              ^ TABLES[3][(int) (crc >>> 32 ^ bytes[at + 4]) & 0xFF]
              ^ TABLES[2][(int) (crc >>> 40 ^ bytes[at + 5]) & 0xFF]
              ^ TABLES[1][(int) (crc >>> 48 ^ bytes[at + 6]) & 0xFF]
              ^ TABLES[0][(int) (crc >>> 56 ^ bytes[at + 7]) & 0xFF];
    }
    for (; at < end; at++) {
      crc = TABLES[0][(int) (crc ^ bytes[at]) & 0xFF] ^ crc >>> 8;
    }
    register = crc;
  }

  /** Returns the checksum of all bytes so far, as an unsigned number in a long. */
  long value() {
    return ~register;
  }

  /**
   * Returns the checksum of two byte sequences, one after the other. The first checksum is
   * multiplied by {@code x} to the power of the second sequence's length in bits, modulo the
   * polynomial, and added to the second checksum.
   */
  static long combine(long first, long second, long secondLength) {
    long factor = ONE;
    long power = X_8;
    for (long bytes = secondLength; bytes != 0; bytes >>>= 1) {
      if ((bytes & 1) != 0) {
        factor = multiply(factor, power);
      }
      power = multiply(power, power);
    }
    return multiply(factor, first) ^ second;
  }

  /** Multiplies polynomials. They are reflected, so the highest bit is the constant term. */
  private static long multiply(long a, long b) {
    long product = 0;
    long shifted = b;
    for (long bit = ONE; bit != 0; bit >>>= 1) {
      product ^= (a & bit) == 0 ? 0 : shifted;
      shifted = (shifted & 1) == 0 ? shifted >>> 1 : shifted >>> 1 ^ REFLECTED_POLYNOMIAL;
    }
    return product;
  }

  private static long[][] tables() {
    long[][] tables = new long[8][256];
    for (int value = 0; value < 256; value++) {
      long crc = value;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 1) == 0 ? crc >>> 1 : crc >>> 1 ^ REFLECTED_POLYNOMIAL;
      }
      tables[0][value] = crc;
    }
    for (int value = 0; value < 256; value++) {
      for (int ahead = 1; ahead < 8; ahead++) {
        long previous = tables[ahead - 1][value];
        tables[ahead][value] = previous >>> 8 ^ tables[0][(int) previous & 0xFF];
      }
    }
    return tables;
  }
}
