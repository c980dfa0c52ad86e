package io.osspost.profile;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Checks the template of a directory. Literal text is rejected if it could widen a session policy
 * or leave its directory.
 */
final class DirectoryTemplate {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]*)}");
  private static final int MAX_LITERAL_BYTES = 500;

  private DirectoryTemplate() {}

  /** Returns {@code configured} with the final slash, or rejects it. */
  static String checked(String configured) {
    String template = configured.endsWith("/") ? configured : configured + "/";
    if (configured.isBlank()) {
      throw new IllegalArgumentException(
          "An empty directory allows uploads anywhere in the bucket. Name one, like "
              + "'uploads/', or set whole-bucket.");
    }
    Matcher placeholders = PLACEHOLDER.matcher(template);
    while (placeholders.find()) {
      String name = placeholders.group(1);
      if (!name.matches("principal|date|uuid")) {
        throw new IllegalArgumentException(
            "'{" + name + "}' is unknown. Use {principal}, {date} or {uuid}.");
      }
    }
    String literal = PLACEHOLDER.matcher(template).replaceAll("x");
    if (literal.startsWith("/") || literal.startsWith("\\")) {
      throw new IllegalArgumentException(
          "OSS rejects object keys that begin with a slash. Write '"
              + configured.replaceFirst("^[/\\\\]+", "")
              + "'.");
    }
    for (String segment : literal.split("/", -1)) {
      if (segment.equals("..") || segment.equals(".")) {
        throw new IllegalArgumentException(
            "'"
                + configured
                + "' leaves the directory with '"
                + segment
                + "'. Name the directory from the bucket's root, like 'uploads/'.");
      }
    }
    if (literal.contains("//")) {
      throw new IllegalArgumentException("'" + configured + "' has an empty part. Remove one '/'.");
    }
    literal
        .codePoints()
        .filter(c -> "*?${}%\\".indexOf(c) >= 0 || Character.isISOControl(c))
        .findFirst()
        .ifPresent(
            c -> {
              throw new IllegalArgumentException(
                  String.format(
                      Locale.ROOT,
                      "'%s' contains %s, which has a special meaning in policies. Remove it.",
                      configured,
                      Character.isISOControl(c) ? "a control character" : "'" + (char) c + "'"));
            });
    if (literal.getBytes(UTF_8).length > MAX_LITERAL_BYTES) {
      throw new IllegalArgumentException(
          "The directory is longer than " + MAX_LITERAL_BYTES + " bytes. Shorten it.");
    }
    return template;
  }
}
