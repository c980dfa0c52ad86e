package io.osspost.admission;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.osspost.profile.FileName;
import io.osspost.wire.MediaTypes;
import java.text.Normalizer;

/**
 * The name of a file as a client gave it, made safe to be the last part of a key: no separators, no
 * control or text-direction characters, nothing OSS could read as a variable or a wildcard, in
 * Unicode's composed form (NFC). A type without a known extension leaves no dot in the name, so
 * {@code evil.html} cannot keep its ending. Immutable.
 */
final class CleanFileName {
  /** What forms, policies or V1 signatures read as more than a character. */
  private static final String MEANINGFUL = "$?*";

  private static final int LONGEST_STEM_BYTES = 200;
  private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
  private static final int ZERO_WIDTH_JOINER = 0x200D;

  private CleanFileName() {}

  /** Cleans {@code filename}, whose file is of {@code type}. */
  static FileName of(String filename, String type) {
    String extension = MediaTypes.extension(filename, type);
    // Composed last: what is taken out may have stood between a letter and its accent.
    String base = Normalizer.normalize(printable(baseName(filename)), Normalizer.Form.NFC);
    boolean ownExtension = !extension.isEmpty() && endsWithIgnoreCase(base, extension);
    String stem = ownExtension ? base.substring(0, base.length() - extension.length()) : base;
    String trimmed = cut(trimmed(stem));
    String kept = extension.isEmpty() ? trimmed.replace('.', '_') : trimmed;
    return new FileName(kept.isEmpty() ? "file" : kept, extension);
  }

  /** What follows the last separator of any system; some clients send whole paths. */
  private static String baseName(String filename) {
    return filename.substring(Math.max(filename.lastIndexOf('/'), filename.lastIndexOf('\\')) + 1);
  }

  private static String printable(String name) {
    StringBuilder kept = new StringBuilder(name.length());
    name.codePoints()
        .filter(CleanFileName::isPrintable)
        .forEach(c -> kept.appendCodePoint(MEANINGFUL.indexOf(c) >= 0 ? '_' : c));
    return kept.toString();
  }

  private static boolean isPrintable(int c) {
    // Emoji families and some scripts are written with the joiners.
    if (c == ZERO_WIDTH_JOINER || c == ZERO_WIDTH_NON_JOINER) {
      return true;
    }
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }

  /** Removes dots and blanks at both ends, which some systems drop and others hide files by. */
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

  /** Cuts between characters, so that what is left is UTF-8. */
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
