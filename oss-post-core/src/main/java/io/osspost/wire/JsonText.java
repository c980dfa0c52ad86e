package io.osspost.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Collection;

/**
 * Writes one JSON text as UTF-8, member by member. The caller is trusted to nest correctly; commas
 * are placed here. Not thread-safe.
 *
 * <p>The text is stable to the byte: no white space, members in the order they are written.
 */
public final class JsonText {
  private static final char[] HEX = "0123456789abcdef".toCharArray();

  private final StringBuilder text = new StringBuilder(512);
  private boolean needsComma;

  /** Goes on inside an array or object whose last member is already written. */
  public static JsonText continued() {
    JsonText json = new JsonText();
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

  public JsonText value(long value) {
    separate();
    text.append(value);
    return this;
  }

  public JsonText value(boolean value) {
    separate();
    text.append(value);
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
    return text.toString().getBytes(UTF_8);
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
    text.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        text.append('\\').append(c);
      } else if (c < 0x20 || isLoneSurrogate(value, i)) {
        escape(c);
      } else {
        text.append(c);
      }
    }
    text.append('"');
  }

  private void escape(char c) {
    text.append("\\u")
        .append(HEX[c >> 12])
        .append(HEX[c >> 8 & 0xF])
        .append(HEX[c >> 4 & 0xF])
        .append(HEX[c & 0xF]);
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
}
