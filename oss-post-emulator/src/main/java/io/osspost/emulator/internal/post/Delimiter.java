package io.osspost.emulator.internal.post;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;

/**
 * The bytes between two parts, {@code CRLF--boundary}, found by Horspool's search: most steps skip
 * the length of the delimiter. Immutable.
 */
final class Delimiter {
  private final byte[] bytes;
  private final int[] skips = new int[256];

  Delimiter(String boundary) {
    bytes = ("\r\n--" + boundary).getBytes(ISO_8859_1);
    Arrays.fill(skips, bytes.length);
    for (int i = 0; i < bytes.length - 1; i++) {
      skips[bytes[i] & 0xFF] = bytes.length - 1 - i;
    }
  }

  int length() {
    return bytes.length;
  }

  /** Returns where the first delimiter between {@code from} and {@code to} starts, or -1. */
  int find(byte[] buffer, int from, int to) {
    int last = bytes.length - 1;
    for (int at = from; at + last < to; at += skips[buffer[at + last] & 0xFF]) {
      int i = last;
      while (i >= 0 && buffer[at + i] == bytes[i]) {
        i--;
      }
      if (i < 0) {
        return at;
      }
    }
    return -1;
  }
}
