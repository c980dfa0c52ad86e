package io.osspost.emulator.internal.post;

import io.osspost.emulator.internal.json.JsonTree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Parses the JSON of a form's policy. Unlike standard JSON, it may contain an escaped dollar sign.
 */
final class PolicyText {
  private PolicyText() {}

  /**
   * Parses the whole of {@code text}.
   *
   * @throws IOException if it is not one JSON value; the message names the position
   */
  static Object parse(String text) throws IOException {
    return unescaped(JsonTree.strict(withoutEscapedDollars(text)));
  }

  /**
   * Replaces a backslash and a dollar sign by the dollar sign, also where the JSON escapes the
   * backslash.
   */
  private static Object unescaped(Object value) {
    if (value instanceof String text) {
      return text.replace("\\$", "$");
    }
    if (value instanceof List<?> items) {
      List<Object> plain = new ArrayList<>();
      items.forEach(item -> plain.add(unescaped(item)));
      return plain;
    }
    if (value instanceof Map<?, ?> members) {
      Map<String, Object> plain = new LinkedHashMap<>();
      members.forEach(
          (name, member) -> plain.put(String.valueOf(unescaped(name)), unescaped(member)));
      return plain;
    }
    return value;
  }

  /** Replaces {@code \$} by {@code $}. The JSON parser handles every other escape. */
  private static String withoutEscapedDollars(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    for (int at = 0; at < text.length(); at++) {
      char character = text.charAt(at);
      if (character == '\\' && at + 1 < text.length()) {
        char escaped = text.charAt(++at);
        plain.append(escaped == '$' ? "$" : "\\" + escaped);
      } else {
        plain.append(character);
      }
    }
    return plain.toString();
  }
}
