package io.osspost.emulator.callback;

import io.osspost.emulator.http.PercentEncoding;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Fills in the template of a callback's body. */
final class CallbackBody {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^}]*)}");

  private CallbackBody() {}

  /**
   * Replaces every <code>${name}</code>: URL-encoded in a form; in JSON as a JSON value, strings
   * with their quotes. A name nobody knows is replaced by nothing, in JSON by an empty string.
   *
   * @param values strings, and {@code Long} for what is a number in JSON
   */
  static String fill(String template, boolean json, Map<String, Object> values) {
    return PLACEHOLDER
        .matcher(template)
        .replaceAll(
            placeholder -> {
              Object value = values.getOrDefault(placeholder.group(1), "");
              return Matcher.quoteReplacement(json ? inJson(value) : inForm(value));
            });
  }

  private static String inJson(Object value) {
    return value instanceof Long ? value.toString() : FlatJson.quoted(value.toString());
  }

  private static String inForm(Object value) {
    return PercentEncoding.encode(value.toString());
  }
}
