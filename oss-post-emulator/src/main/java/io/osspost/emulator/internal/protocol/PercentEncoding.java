package io.osspost.emulator.internal.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;

/**
 * Percent-encoding of RFC 3986: all but letters, digits and {@code - . _ ~}, in upper-case
 * hexadecimal digits.
 */
public final class PercentEncoding {
  private static final String UNRESERVED = "-._~";

  private PercentEncoding() {}

  /** Encodes a name or value of a query, including slashes. */
  public static String encode(String text) {
    return encode(text, UNRESERVED);
  }

  /** Encodes an object key for a path, except slashes. */
  public static String encodePath(String key) {
    return encode(key, UNRESERVED + "/");
  }

  /**
   * Decodes a path, in which a plus sign is literal.
   *
   * @throws OssRefusedException if it cannot be decoded
   */
  public static String decodePath(String path) {
    return decode(path, false);
  }

  /** Decodes a name or value of a query, in which a plus sign is a space. */
  static String decodeQuery(String text) {
    return decode(text, true);
  }

  private static String decode(String text, boolean plusIsSpace) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
    byte[] encoded = text.getBytes(UTF_8);
    for (int at = 0; at < encoded.length; at++) {
      if (encoded[at] == '%') {
        bytes.write(octet(text, encoded, at));
        at += 2;
      } else {
        bytes.write(encoded[at] == '+' && plusIsSpace ? ' ' : encoded[at]);
      }
    }
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.toByteArray())).toString();
    } catch (CharacterCodingException e) {
      throw OssError.of(400, "InvalidObjectName", "The specified object is not valid.")
          .ec("0016-00000004")
          .because("'" + text + "' in the URL is not UTF-8 once decoded");
    }
  }

  private static int octet(String text, byte[] encoded, int percent) {
    int high = percent + 2 < encoded.length ? Character.digit(encoded[percent + 1], 16) : -1;
    int low = percent + 2 < encoded.length ? Character.digit(encoded[percent + 2], 16) : -1;
    if (high < 0 || low < 0) {
      throw OssError.of(400, "InvalidArgument", "The request URI is not percent-encoded.")
          .because("'" + text + "' in the URL has a % without two hexadecimal digits after it");
    }
    return high << 4 | low;
  }

  private static String encode(String text, String kept) {
    StringBuilder encoded = new StringBuilder(text.length() + 16);
    for (byte b : text.getBytes(UTF_8)) {
      char character = (char) (b & 0xFF);
      if (isLetterOrDigit(character) || kept.indexOf(character) >= 0) {
        encoded.append(character);
      } else {
        encoded.append('%');
        encoded.append(hex(character >> 4));
        encoded.append(hex(character & 0xF));
      }
    }
    return encoded.toString();
  }

  private static char hex(int digit) {
    return "0123456789ABCDEF".charAt(digit);
  }

  private static boolean isLetterOrDigit(char character) {
    return (character >= 'a' && character <= 'z')
        || (character >= 'A' && character <= 'Z')
        || (character >= '0' && character <= '9');
  }
}
