package io.osspost.admission;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.osspost.wire.AsciiSet;
import io.osspost.wire.Digests;
import java.util.Locale;

/**
 * Encodes a caller's name as one path segment of a key, different for every name. Letters, digits,
 * {@code _} and {@code -} are kept; every other byte of the UTF-8 form becomes {@code =XX}. If the
 * result has more than 200 characters, the segment is {@code =h} and the SHA-256 of the name. No
 * shorter name has that form, because {@code h} is not a hexadecimal digit.
 */
final class CallerDirectory {
  private static final AsciiSet STAYS = AsciiSet.of(AsciiSet.ALPHANUMERIC + "_-");
  private static final int LONGEST = 200;

  private CallerDirectory() {}

  static String of(String principal) {
    if (principal.length() <= LONGEST && STAYS.hasAll(principal)) {
      return principal;
    }
    byte[] bytes = principal.getBytes(UTF_8);
    StringBuilder encoded = new StringBuilder(bytes.length + 16);
    for (byte b : bytes) {
      if (STAYS.has(b)) {
        encoded.append((char) b);
      } else {
        encoded.append('=').append(Digests.hex(new byte[] {b}).toUpperCase(Locale.ROOT));
      }
    }
    return encoded.length() <= LONGEST
        ? encoded.toString()
        : "=h" + Digests.hex(Digests.sha256(bytes));
  }
}
