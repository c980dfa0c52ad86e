package io.osspost.emulator.internal.post;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A parsed header such as {@code form-data; name="file"; filename="a b.png"}. Immutable.
 *
 * @param value the text before the first semicolon, in lower case
 * @param parameters by lower-case name; values without their quotes
 * @param quoted names of the parameters whose values are in quotes
 */
record HeaderParameters(String value, Map<String, String> parameters, Set<String> quoted) {
  static HeaderParameters parse(String header) {
    int semicolon = header.indexOf(';');
    String value = semicolon < 0 ? header : header.substring(0, semicolon);
    Map<String, String> parameters = new LinkedHashMap<>();
    Set<String> quoted = new HashSet<>();
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
      boolean isQuoted = from < header.length() && header.charAt(from) == '"';
      at = isQuoted ? quoted(header, from + 1, text) : bare(header, from, text);
      if (parameters.putIfAbsent(name, text.toString()) == null && isQuoted) {
        quoted.add(name);
      }
    }
    return new HeaderParameters(value.trim().toLowerCase(Locale.ROOT), parameters, quoted);
  }

  Optional<String> parameter(String name) {
    return Optional.ofNullable(parameters.get(name));
  }

  /** Returns whether the value of {@code name} is in quotes; false if it is missing. */
  boolean isQuoted(String name) {
    return quoted.contains(name);
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
