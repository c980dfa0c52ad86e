package io.osspost.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;

/**
 * Percent-encoding according to RFC 3986, as OSS signs it: UTF-8, upper-case hexadecimal, only
 * {@code A-Z a-z 0-9 - . _ ~} unencoded. {@code URLEncoder} follows the rules of HTML forms
 * instead: it encodes a space as a plus sign and keeps the asterisk.
 */
public final class PercentEncoding {
  private static final byte[] HEX = "0123456789ABCDEF".getBytes(ISO_8859_1);
  private static final AsciiSet UNRESERVED = AsciiSet.of(AsciiSet.ALPHANUMERIC + "-._~");
  private static final AsciiSet IN_PATHS = AsciiSet.of(AsciiSet.ALPHANUMERIC + "-._~/");

  private PercentEncoding() {}

  /** Encodes a path except its slashes. */
  public static String path(String text) {
    return encode(text, IN_PATHS);
  }

  /** Encodes one name or value of a query; slashes become {@code %2F}. */
  public static String component(String text) {
    return encode(text, UNRESERVED);
  }

  /**
   * Decodes once, to bytes.
   *
   * @throws IllegalArgumentException if a {@code %} is not followed by two hexadecimal digits
   */
  public static byte[] decode(String text) {
    byte[] encoded = text.getBytes(UTF_8);
    ByteArrayOutputStream decoded = new ByteArrayOutputStream(encoded.length);
    for (int i = 0; i < encoded.length; i++) {
      if (encoded[i] != '%') {
        decoded.write(encoded[i]);
      } else {
        int high = i + 2 < encoded.length ? Character.digit(encoded[i + 1], 16) : -1;
        int low = i + 2 < encoded.length ? Character.digit(encoded[i + 2], 16) : -1;
        if (high < 0 || low < 0) {
          throw new IllegalArgumentException(
              "The '%' at byte " + i + " is not followed by two hexadecimal digits");
        }
        decoded.write(high << 4 | low);
        i += 2;
      }
    }
    return decoded.toByteArray();
  }

  /**
   * Decodes once, to text.
   *
   * @throws IllegalArgumentException also if the bytes are not UTF-8
   */
  public static String decodeText(String text) {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(decode(text))).toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("The decoded bytes are not UTF-8", e);
    }
  }

  private static String encode(String text, AsciiSet stays) {
    if (stays.hasAll(text)) {
      return text;
    }
    byte[] utf8 = text.getBytes(UTF_8);
    byte[] encoded = new byte[3 * utf8.length];
    int length = 0;
    for (byte b : utf8) {
      if (stays.has(b)) {
        encoded[length++] = b;
      } else {
        encoded[length++] = '%';
        encoded[length++] = HEX[b >> 4 & 0xF];
        encoded[length++] = HEX[b & 0xF];
      }
    }
    return new String(encoded, 0, length, ISO_8859_1);
  }
}
