package io.osspost.emulator.internal.post;

import static io.osspost.emulator.rules.EmulatorRule.FILENAME_BASE_NAME;

import io.osspost.emulator.internal.object.ObjectName;
import io.osspost.emulator.rules.EmulatorRules;
import java.util.Objects;

/** The name of the object a form uploads. */
final class FormKey {
  private static final String FILENAME = "${filename}";

  private FormKey() {}

  /**
   * Returns the object's name, with <code>${filename}</code> replaced by what the browser sent, or
   * by nothing if it sent no file name. Conditions of the policy look at the text before that.
   */
  static String of(PostForm form, EmulatorRules rules) {
    String key = form.required("key", null).replace(FILENAME, filename(form, rules));
    ObjectName.check(key);
    return key;
  }

  private static String filename(PostForm form, EmulatorRules rules) {
    String sent = Objects.requireNonNullElse(form.file().filename(), "");
    return rules.has(FILENAME_BASE_NAME)
        ? sent.substring(Math.max(sent.lastIndexOf('/'), sent.lastIndexOf('\\')) + 1)
        : sent;
  }
}
