package io.osspost.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads one flat JSON object (RFC 8259): its values are strings, numbers, {@code true}, {@code
 * false} and {@code null}, but no objects or arrays. Strict: no comments, no repeated names, no
 * unpaired surrogates, nothing before or after the object.
 */
public final class FlatJson {
  static final int MAX_BYTES = 1 << 20;

  private static final int END = -1;

  private final String text;
  private int position;

  private FlatJson(String text) {
    this.text = text;
  }

  /**
   * Reads an object of at most 1 MiB.
   *
   * @return the members in order: strings without escapes, numbers and {@code true}, {@code false}
   *     as written, {@code null} as empty text
   * @throws MalformedJsonException naming the first fault and its position
   */
  public static Map<String, String> read(byte[] utf8) {
    if (utf8.length > MAX_BYTES) {
      throw new MalformedJsonException("More than " + MAX_BYTES + " bytes", MAX_BYTES);
    }
    FlatJson reader = new FlatJson(decode(utf8));
    reader.skipSpace();
    if (!reader.accept('{')) {
      throw reader.fault("Expected an object");
    }
    Map<String, String> members = reader.members();
    reader.skipSpace();
    if (reader.peek() != END) {
      throw reader.fault("More text follows the object");
    }
    return members;
  }

  private static String decode(byte[] utf8) {
    CharsetDecoder decoder =
        UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer bytes = ByteBuffer.wrap(utf8);
    CharBuffer chars = CharBuffer.allocate(utf8.length);
    CoderResult result = decoder.decode(bytes, chars, true);
    if (result.isError()) {
      throw new MalformedJsonException("Invalid UTF-8", bytes.position());
    }
    return chars.flip().toString();
  }

  private Map<String, String> members() {
    Map<String, String> byName = new LinkedHashMap<>();
    skipSpace();
    if (accept('}')) {
      return byName;
    }
    do {
      skipSpace();
      int start = position;
      if (peek() != '"') {
        throw fault("Expected a member name");
      }
      String name = string();
      skipSpace();
      if (!accept(':')) {
        throw fault("Expected ':' after a member name");
      }
      skipSpace();
      if (byName.putIfAbsent(name, value()) != null) {
        throw new MalformedJsonException("Two members have the same name", start);
      }
      skipSpace();
    } while (accept(','));
    if (!accept('}')) {
      throw fault("Expected ',' or '}'");
    }
    return byName;
  }

  private String value() {
    return switch (peek()) {
      case '"' -> string();
      case 't' -> word("true", "true");
      case 'f' -> word("false", "false");
      case 'n' -> word("null", "");
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> numeral();
      case '{', '[' -> throw fault("A value is an object or array");
      default -> throw fault("Expected a value");
    };
  }

  private String string() {
    int start = position++;
    StringBuilder string = new StringBuilder();
    while (!accept('"')) {
      int c = peek();
      if (c == END) {
        throw new MalformedJsonException("A string is not closed", start);
      }
      if (c < 0x20) {
        throw fault("A string contains a control character");
      }
      string.append(c == '\\' ? escaped() : next());
    }
    // Unescaped text was decoded from valid UTF-8, so only an escape can be an unpaired surrogate.
    if (string.codePoints().anyMatch(c -> c >= 0xD800 && c <= 0xDFFF)) {
      throw new MalformedJsonException("A string contains an unpaired surrogate", start);
    }
    return string.toString();
  }

  private char escaped() {
    int start = position++;
    int c = peek();
    position++;
    return switch (c) {
      case '"', '\\', '/' -> (char) c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> unit(start);
      default -> throw new MalformedJsonException("An escape is invalid", start);
    };
  }

  private char unit(int start) {
    int unit = 0;
    for (int i = 0; i < 4; i++) {
      int digit = peek() == END ? -1 : hexDigit(next());
      if (digit < 0) {
        throw new MalformedJsonException("Expected four hexadecimal digits in an escape", start);
      }
      unit = unit << 4 | digit;
    }
    return (char) unit;
  }

  private static int hexDigit(char c) {
    return c < 0x80 ? Character.digit(c, 16) : -1;
  }

  private String numeral() {
    int start = position;
    accept('-');
    if (!accept('0')) {
      digits();
    }
    if (accept('.')) {
      digits();
    }
    if (accept('e') || accept('E')) {
      if (!accept('+')) {
        accept('-');
      }
      digits();
    }
    return text.substring(start, position);
  }

  private void digits() {
    int start = position;
    while (peek() >= '0' && peek() <= '9') {
      position++;
    }
    if (position == start) {
      throw fault("Expected a digit");
    }
  }

  private String word(String word, String value) {
    if (!text.startsWith(word, position)) {
      throw fault("Expected a value");
    }
    position += word.length();
    return value;
  }

  private void skipSpace() {
    while (peek() == ' ' || peek() == '\n' || peek() == '\r' || peek() == '\t') {
      position++;
    }
  }

  private boolean accept(char expected) {
    if (peek() != expected) {
      return false;
    }
    position++;
    return true;
  }

  private int peek() {
    return position < text.length() ? text.charAt(position) : END;
  }

  private char next() {
    return text.charAt(position++);
  }

  private MalformedJsonException fault(String problem) {
    return new MalformedJsonException(
        position < text.length() ? problem : problem + ", but the text ends", position);
  }
}
