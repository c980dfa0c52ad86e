package io.osspost.emulator.post;

import io.osspost.emulator.object.ObjectName;

/** The name of the object a form uploads. */
final class FormKey {
  private static final String FILENAME = "${filename}";

  private FormKey() {}

  /**
   * Returns the object's name, with <code>${filename}</code> replaced by what the browser sent, or
   * by nothing if it sent no file name. Conditions of the policy look at the text before that.
   */
  static String of(PostForm form) {
    String key =
        form.required("key", null)
            .replace(FILENAME, form.file().filename() == null ? "" : form.file().filename());
    ObjectName.check(key);
    return key;
  }
}
