package io.osspost.wire;

import java.util.Collection;

/**
 * Writes one JSON text as UTF-8, member by member. Sets commas, but does not check the nesting. Not
 * thread-safe.
 *
 * <p>The text is stable to the byte: no white space, members in the order they are written.
 */
public final class JsonText {
  private static final char[] HEX = "0123456789abcdef".toCharArray();

  private final byte[] beginning;
  private final Utf8Text text;
  private boolean needsComma;

  public JsonText() {
    this(new byte[0], 512);
  }

  private JsonText(byte[] beginning, int room) {
    this.beginning = beginning;
    this.text = new Utf8Text(room);
  }

  /**
   * Continues after {@code beginning}, inside an array or object that already has a member.
   *
   * @param room the expected number of bytes that follow
   */
  public static JsonText after(byte[] beginning, int room) {
    JsonText json = new JsonText(beginning, room);
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
    text.append(':');
    needsComma = false;
    return this;
  }

  public JsonText value(String value) {
    separate();
    quote(value);
    return this;
  }

  /** Writes a string of ASCII that needs no escape. */
  public JsonText plainValue(byte[] ascii) {
    valueBeginning(ascii);
    text.append('"');
    return this;
  }

  /** Writes the first part of such a string. {@link #valueEnd} must follow. */
  public JsonText valueBeginning(byte[] ascii) {
    separate();
    text.append('"').append(ascii);
    return this;
  }

  /** Writes the rest of such a string. */
  public JsonText valueEnd(byte[] ascii) {
    text.append(ascii).append('"');
    return this;
  }

  public JsonText value(long value) {
    separate();
    text.append(Long.toString(value));
    return this;
  }

  public JsonText value(boolean value) {
    separate();
    text.append(String.valueOf(value));
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

  /** Writes a value that is JSON already, in UTF-8. */
  public JsonText plainText(String json) {
    separate();
    text.append(json);
    return this;
  }

  /** Writes members of an object that another text contains. */
  public JsonText members(byte[] written) {
    separate();
    text.append(written);
    return this;
  }

  public byte[] toBytes() {
    return beginning.length == 0 ? text.toBytes() : text.toBytesAfter(beginning);
  }

  private JsonText open(char bracket) {
    separate();
    text.append(bracket);
    needsComma = false;
    return this;
  }

  private JsonText close(char bracket) {
    text.append(bracket);
    needsComma = true;
    return this;
  }

  private void separate() {
    if (needsComma) {
      text.append(',');
    }
    needsComma = true;
  }

  private void quote(String value) {
    text.append('"').append(isPlain(value) ? value : escaped(value)).append('"');
  }

  /** Returns whether {@code value} needs no escape. */
  private static boolean isPlain(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c < 0x20 || c == '"' || c == '\\' || Surrogates.isLone(value, i)) {
        return false;
      }
    }
    return true;
  }

  private static String escaped(String value) {
    StringBuilder escaped = new StringBuilder(value.length() + 16);
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        escaped.append('\\').append(c);
      } else if (c < 0x20 || Surrogates.isLone(value, i)) {
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
}
