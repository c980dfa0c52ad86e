package io.osspost.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Collection;

/**
 * Writes one JSON text as UTF-8, member by member. The caller is trusted to nest correctly; commas
 * are placed here. Not thread-safe.
 *
 * <p>The text is stable to the byte: no white space, members in the order they are written.
 */
public final class JsonText {
  private static final char[] HEX = "0123456789abcdef".toCharArray();

  private final byte[] beginning;
  private byte[] text = new byte[512];
  private int length;
  private boolean needsComma;

  public JsonText() {
    this(new byte[0]);
  }

  private JsonText(byte[] beginning) {
    this.beginning = beginning;
  }

  /** Goes on after {@code beginning}, inside an array or object that has a member already. */
  public static JsonText after(byte[] beginning) {
    JsonText json = new JsonText(beginning);
    json.needsComma = true;
    return json;
  }

  public JsonText openObject() {
    return open('{');
  }

  public JsonText closeObject() {
    return close('}');
  }

  public JsonText openArray() {
    return open('[');
  }

  public JsonText closeArray() {
    return close(']');
  }

  /** Writes a member's name; its value must follow. */
  public JsonText name(String name) {
    separate();
    quote(name);
    append(':');
    needsComma = false;
    return this;
  }

  public JsonText value(String value) {
    separate();
    quote(value);
    return this;
  }

  /** Writes the first part of a string; {@link #valueEnd} must follow, behind {@link #after}. */
  public JsonText valueBeginning(String plain) {
    separate();
    append('"');
    appendPlain(plain);
    return this;
  }

  /** Ends a string; both parts are printable ASCII without quotes and backslashes. */
  public JsonText valueEnd(String plain) {
    appendPlain(plain);
    append('"');
    return this;
  }

  public JsonText value(long value) {
    separate();
    append(Long.toString(value).getBytes(UTF_8));
    return this;
  }

  public JsonText value(boolean value) {
    separate();
    appendPlain(String.valueOf(value));
    return this;
  }

  public JsonText values(Collection<String> values) {
    openArray();
    values.forEach(this::value);
    return closeArray();
  }

  public JsonText member(String name, String value) {
    return name(name).value(value);
  }

  public JsonText member(String name, long value) {
    return name(name).value(value);
  }

  public JsonText member(String name, boolean value) {
    return name(name).value(value);
  }

  public byte[] toBytes() {
    byte[] bytes = Arrays.copyOf(beginning, beginning.length + length);
    System.arraycopy(text, 0, bytes, beginning.length, length);
    return bytes;
  }

  private JsonText open(char bracket) {
    separate();
    append(bracket);
    needsComma = false;
    return this;
  }

  private JsonText close(char bracket) {
    append(bracket);
    needsComma = true;
    return this;
  }

  private void separate() {
    if (needsComma) {
      append(',');
    }
    needsComma = true;
  }

  private void quote(String value) {
    append('"');
    int plain = appendPlain(value);
    if (plain < value.length()) {
      append(escaped(value, plain).getBytes(UTF_8));
    }
    append('"');
  }

  /** Writes what needs neither an escape nor a second byte, and returns where that ends. */
  private int appendPlain(String value) {
    reserve(value.length());
    byte[] target = text;
    int at = length;
    int i = 0;
    for (; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c < 0x20 || c > 0x7e || c == '"' || c == '\\') {
        break;
      }
      target[at++] = (byte) c;
    }
    length = at;
    return i;
  }

  private static String escaped(String value, int from) {
    StringBuilder escaped = new StringBuilder(value.length() - from + 16);
    for (int i = from; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        escaped.append('\\').append(c);
      } else if (c < 0x20 || isLoneSurrogate(value, i)) {
        escaped
            .append("\\u")
            .append(HEX[c >> 12])
            .append(HEX[c >> 8 & 0xF])
            .append(HEX[c >> 4 & 0xF])
            .append(HEX[c & 0xF]);
      } else {
        escaped.append(c);
      }
    }
    return escaped.toString();
  }

  /** Half a character has no UTF-8 form; written raw it would silently become a question mark. */
  private static boolean isLoneSurrogate(String value, int i) {
    char c = value.charAt(i);
    if (Character.isHighSurrogate(c)) {
      return i + 1 == value.length() || !Character.isLowSurrogate(value.charAt(i + 1));
    }
    return Character.isLowSurrogate(c)
        && (i == 0 || !Character.isHighSurrogate(value.charAt(i - 1)));
  }

  private void append(char ascii) {
    reserve(1);
    text[length++] = (byte) ascii;
  }

  private void append(byte[] utf8) {
    reserve(utf8.length);
    System.arraycopy(utf8, 0, text, length, utf8.length);
    length += utf8.length;
  }

  private void reserve(int more) {
    if (length + more > text.length) {
      text = Arrays.copyOf(text, Math.max(2 * text.length, length + more));
    }
  }
}
