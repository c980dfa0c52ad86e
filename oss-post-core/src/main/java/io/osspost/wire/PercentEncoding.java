package io.osspost.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;

/** Percent-encoding (RFC 3986), which leaves {@code +} alone. */
public final class PercentEncoding {
  private static final String UNRESERVED =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~";

  private PercentEncoding() {}

  /** Encodes every byte but letters, digits and {@code - . _ ~}. */
  public static String encode(String text) {
    StringBuilder encoded = new StringBuilder(text.length() + 16);
    for (byte b : text.getBytes(UTF_8)) {
      if (UNRESERVED.indexOf(b) >= 0) {
        encoded.append((char) b);
      } else {
        encoded
            .append('%')
            .append(Character.toUpperCase(Character.forDigit(b >> 4 & 0xF, 16)))
            .append(Character.toUpperCase(Character.forDigit(b & 0xF, 16)));
      }
    }
    return encoded.toString();
  }

  /**
   * Decodes once, to bytes.
   *
   * @throws IllegalArgumentException when a {@code %} is not followed by two hexadecimal digits
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
   * @throws IllegalArgumentException also when the bytes are no UTF-8
   */
  public static String decodeText(String text) {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(decode(text))).toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("The decoded bytes are no UTF-8", e);
    }
  }
}
