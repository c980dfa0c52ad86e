package io.osspost.emulator.post;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.osspost.emulator.http.OssError;

/** The name of the object a form uploads. */
final class FormKey {
  private static final String FILENAME = "${filename}";
  private static final int LONGEST = 1023;

  private FormKey() {}

  /**
   * Returns the object's name, with <code>${filename}</code> replaced by what the browser sent, or
   * by nothing if it sent no file name. Conditions of the policy look at the text before that.
   */
  static String of(PostForm form) {
    String key =
        form.required("key", null)
            .replace(FILENAME, form.file().filename() == null ? "" : form.file().filename());
    int length = key.getBytes(UTF_8).length;
    if (key.isEmpty()) {
      throw OssError.of(400, "InvalidObjectName", "The Object name can not be empty.")
          .ec("0016-00000001")
          .because("the field 'key' is empty");
    }
    if (length > LONGEST) {
      throw OssError.of(
              400, "InvalidObjectName", "The Length of Object name must be less than 1024.")
          .ec("0016-00000003")
          .because("the key has " + length + " bytes of UTF-8; OSS takes " + LONGEST);
    }
    if (key.startsWith("/") || key.startsWith("\\")) {
      throw PostErrors.invalidObjectName()
          .ec("0016-00000005")
          .because("the key '" + key + "' starts with a slash or backslash");
    }
    return key;
  }
}
