package io.osspost.emulator.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;

/** Percent-encoding of RFC 3986: all but letters, digits and {@code - . _ ~}, in upper-case hex. */
public final class PercentEncoding {
  private static final String UNRESERVED = "-._~";

  private PercentEncoding() {}

  /** Encodes a name or value of a query: a slash too. */
  public static String encode(String text) {
    return encode(text, UNRESERVED);
  }

  /** Encodes an object key for a path: slashes stay. */
  public static String encodePath(String key) {
    return encode(key, UNRESERVED + "/");
  }

  /** Decodes a path, where a plus is a plus. */
  public static String decodePath(String path) {
    return URLDecoder.decode(path.replace("+", "%2B"), UTF_8);
  }

  /** Decodes a name or value of a query, where a plus is a space. */
  static String decodeQuery(String text) {
    return URLDecoder.decode(text, UTF_8);
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
