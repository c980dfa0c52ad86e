package io.osspost.admission;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.osspost.profile.FileName;
import io.osspost.wire.MediaTypes;
import io.osspost.wire.UserFileName;
import java.text.Normalizer;

/**
 * A file name from a client, made safe as the last part of a key. It has no separators, no control
 * or text-direction characters and nothing that OSS could read as a variable or a wildcard, in
 * Unicode's composed form (NFC). If the type has no known extension, no dot remains, so {@code
 * evil.html} cannot keep its ending. Immutable.
 */
final class CleanFileName {
  /** Characters with a special meaning in forms, policies or V1 signatures. */
  private static final String MEANINGFUL = "$?*";

  private static final int LONGEST_STEM_BYTES = 200;

  private CleanFileName() {}

  /** Cleans {@code filename}, whose file is of {@code type}. */
  static FileName of(String filename, String type) {
    String extension = MediaTypes.extension(filename, type);
    // Composing comes last: a removed character may have separated a letter from its accent.
    String base =
        Normalizer.normalize(printable(UserFileName.baseName(filename)), Normalizer.Form.NFC);
    boolean ownExtension = !extension.isEmpty() && endsWithIgnoreCase(base, extension);
    String stem = ownExtension ? base.substring(0, base.length() - extension.length()) : base;
    String trimmed = cut(trimmed(stem));
    String kept = extension.isEmpty() ? trimmed.replace('.', '_') : trimmed;
    return new FileName(kept.isEmpty() ? "file" : kept, extension);
  }

  private static String printable(String name) {
    StringBuilder kept = new StringBuilder(name.length());
    UserFileName.printable(name)
        .codePoints()
        .forEach(c -> kept.appendCodePoint(MEANINGFUL.indexOf(c) >= 0 ? '_' : c));
    return kept.toString();
  }

  /**
   * Removes dots and spaces at both ends. Some systems drop them, and a leading dot hides a file.
   */
  private static String trimmed(String stem) {
    int start = 0;
    int end = stem.length();
    while (start < end && isEdge(stem.charAt(start))) {
      start++;
    }
    while (end > start && isEdge(stem.charAt(end - 1))) {
      end--;
    }
    return stem.substring(start, end);
  }

  private static boolean isEdge(char c) {
    return c == '.' || Character.isWhitespace(c) || Character.isSpaceChar(c);
  }

  private static boolean endsWithIgnoreCase(String text, String end) {
    return text.regionMatches(true, text.length() - end.length(), end, 0, end.length());
  }

  /** Cuts between characters, so that the result is valid UTF-8. */
  private static String cut(String stem) {
    int bytes = 0;
    int i = 0;
    while (i < stem.length()) {
      int c = stem.codePointAt(i);
      bytes += new String(Character.toChars(c)).getBytes(UTF_8).length;
      if (bytes > LONGEST_STEM_BYTES) {
        break;
      }
      i += Character.charCount(c);
    }
    return stem.substring(0, i);
  }
}
