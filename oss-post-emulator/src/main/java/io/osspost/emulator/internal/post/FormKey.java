package io.osspost.emulator.internal.post;

import static io.osspost.emulator.rules.EmulatorRule.FILENAME_BASE_NAME;

import io.osspost.emulator.internal.object.ObjectName;
import io.osspost.emulator.rules.EmulatorRules;
import java.util.Objects;

/** Determines the key of the object that a form uploads. */
final class FormKey {
  private static final String FILENAME = "${filename}";

  private FormKey() {}

  /**
   * Returns the object's key. It replaces <code>${filename}</code> by the file name that the
   * browser sent, or removes it if there is none. The conditions of the policy compare the field
   * before the replacement.
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
