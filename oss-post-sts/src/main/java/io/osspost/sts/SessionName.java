package io.osspost.sts;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;

/**
 * The name of a caller's session in the account's audit logs: the caller's name, as far as STS
 * accepts it, and different for every caller.
 */
final class SessionName {
  private static final int LONGEST = 64;
  private static final String HEX_DIGITS = "0123456789ABCDEF";

  private SessionName() {}

  /** Returns the name for a principal; empty text is an anonymous caller. */
  static String of(Optional<String> principal) {
    // In an encoded name, two hexadecimal digits follow every underscore. Here they do not.
    return principal.map(SessionName::encode).orElse("_nobody");
  }

  private static String encode(String principal) {
    byte[] bytes = principal.getBytes(UTF_8);
    StringBuilder name = new StringBuilder(bytes.length + 16);
    for (byte b : bytes) {
      boolean stays =
          (b >= 'a' && b <= 'z')
              || (b >= 'A' && b <= 'Z')
              || (b >= '0' && b <= '9')
              || b == '.'
              || b == '@'
              || b == '-';
      // STS requires at least two characters.
      if (stays && bytes.length > 1) {
        name.append((char) b);
      } else {
        name.append('_').append(HEX_DIGITS.charAt((b >> 4) & 15)).append(HEX_DIGITS.charAt(b & 15));
      }
    }
    return name.length() <= LONGEST ? name.toString() : "_h" + digest(bytes);
  }

  private static String digest(byte[] bytes) {
    try {
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256.", e);
    }
  }
}
