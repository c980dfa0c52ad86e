package io.osspost.emulator.internal.callback;

import static io.osspost.emulator.rules.EmulatorRule.CALLBACK_MISSING_NULL;
import static io.osspost.emulator.rules.EmulatorRule.CALLBACK_SPACE_PLUS;

import io.osspost.emulator.internal.json.JsonTree;
import io.osspost.emulator.internal.protocol.PercentEncoding;
import io.osspost.emulator.rules.EmulatorRules;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Creates the body of a callback from its template. */
final class CallbackBody {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^}]*)}");

  private final EmulatorRules rules;

  CallbackBody(EmulatorRules rules) {
    this.rules = rules;
  }

  /**
   * Replaces every <code>${name}</code>: in a form by the URL-encoded value, in JSON by a JSON
   * value. An unknown name is replaced by nothing in a form, and by an empty string in JSON.
   *
   * @param values strings, and {@code Long} for numbers in JSON
   */
  String fill(String template, boolean json, Map<String, Object> values) {
    return PLACEHOLDER
        .matcher(template)
        .replaceAll(
            placeholder -> {
              Object value = values.get(placeholder.group(1));
              return Matcher.quoteReplacement(json ? inJson(value) : inForm(value));
            });
  }

  private String inJson(@Nullable Object value) {
    if (value == null) {
      return rules.has(CALLBACK_MISSING_NULL) ? "null" : "\"\"";
    }
    return value instanceof Long ? value.toString() : JsonTree.quoted(value.toString());
  }

  private String inForm(@Nullable Object value) {
    String encoded = value == null ? "" : PercentEncoding.encode(value.toString());
    return rules.has(CALLBACK_SPACE_PLUS) ? encoded.replace("%20", "+") : encoded;
  }
}
