package io.osspost.wire;

/**
 * Joins the CRC-64 values of consecutive parts into that of the whole, without their bytes. OSS's
 * CRC-64 is the one of ECMA-182 in its reflected form (CRC-64/XZ).
 *
 * <p>Appending n zero bits is a linear map of the 64 bits of a CRC, so a matrix describes it. The
 * square of a matrix appends twice as many.
 */
public final class Crc64 {
  private static final long POLYNOMIAL = 0xC96C5795D7870F42L;

  private Crc64() {}

  /**
   * Returns the CRC-64 of two parts, one after the other.
   *
   * @param first the CRC-64 of the first part
   * @param second the CRC-64 of the second part
   * @param secondSize the size of the second part in bytes
   */
  public static long combine(long first, long second, long secondSize) {
    long joined = first;
    long[] zeros = oneZeroBit();
    for (long bits = secondSize << 3; bits != 0; bits >>>= 1) {
      if ((bits & 1) != 0) {
        joined = times(zeros, joined);
      }
      zeros = square(zeros);
    }
    return joined ^ second;
  }

  private static long[] oneZeroBit() {
    long[] matrix = new long[64];
    matrix[0] = POLYNOMIAL;
    for (int i = 1; i < 64; i++) {
      matrix[i] = 1L << (i - 1);
    }
    return matrix;
  }

  private static long times(long[] matrix, long vector) {
    long sum = 0;
    for (int i = 0; i < 64; i++) {
      if ((vector >>> i & 1) != 0) {
        sum ^= matrix[i];
      }
    }
    return sum;
  }

  private static long[] square(long[] matrix) {
    long[] square = new long[64];
    for (int i = 0; i < 64; i++) {
      square[i] = times(matrix, matrix[i]);
    }
    return square;
  }
}
