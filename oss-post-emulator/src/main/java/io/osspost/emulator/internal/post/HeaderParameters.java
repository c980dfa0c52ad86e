package io.osspost.emulator.internal.post;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A parsed header such as {@code form-data; name="file"; filename="a b.png"}. Immutable.
 *
 * @param value the text before the first semicolon, in lower case
 * @param parameters by lower-case name; values without their quotes
 */
record HeaderParameters(String value, Map<String, String> parameters) {
  static HeaderParameters parse(String header) {
    int semicolon = header.indexOf(';');
    String value = semicolon < 0 ? header : header.substring(0, semicolon);
    Map<String, String> parameters = new LinkedHashMap<>();
    int at = value.length();
    while (at < header.length()) {
      int equals = header.indexOf('=', at + 1);
      if (equals < 0) {
        break;
      }
      String name = header.substring(at + 1, equals).trim().toLowerCase(Locale.ROOT);
      int from = equals + 1;
      while (from < header.length() && header.charAt(from) == ' ') {
        from++;
      }
      StringBuilder text = new StringBuilder();
      at =
          from < header.length() && header.charAt(from) == '"'
              ? quoted(header, from + 1, text)
              : bare(header, from, text);
      parameters.putIfAbsent(name, text.toString());
    }
    return new HeaderParameters(value.trim().toLowerCase(Locale.ROOT), parameters);
  }

  Optional<String> parameter(String name) {
    return Optional.ofNullable(parameters.get(name));
  }

  /** Reads to the closing quote and on to the next semicolon, whose position is returned. */
  private static int quoted(String header, int from, StringBuilder text) {
    int at = from;
    for (; at < header.length() && header.charAt(at) != '"'; at++) {
      boolean escape = header.charAt(at) == '\\' && at + 1 < header.length();
      if (escape && (header.charAt(at + 1) == '"' || header.charAt(at + 1) == '\\')) {
        at++;
      }
      text.append(header.charAt(at));
    }
    int semicolon = header.indexOf(';', at);
    return semicolon < 0 ? header.length() : semicolon;
  }

  private static int bare(String header, int from, StringBuilder text) {
    int semicolon = header.indexOf(';', from);
    int end = semicolon < 0 ? header.length() : semicolon;
    text.append(header.substring(from, end).trim());
    return end;
  }
}
