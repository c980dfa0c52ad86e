package io.osspost.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * The name of a file as its user knows it: without directories, control and text-direction
 * characters. It is not safe as a key.
 */
public final class UserFileName {
  /** The maximum length in UTF-8, which file systems have too. */
  public static final int MAX_BYTES = 255;

  private static final int LONGEST_EXTENSION = 16;
  private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
  private static final int ZERO_WIDTH_JOINER = 0x200D;
  private static final AsciiSet IN_QUOTES =
      AsciiSet.of(AsciiSet.ALPHANUMERIC + " !#$&'()*+,-./:;<=>?@[]^_`{|}~");

  private UserFileName() {}

  /** Returns the readable part of {@code stated} after its directories; possibly empty. */
  public static String of(String stated) {
    return cut(printable(baseName(stated)).strip(), MAX_BYTES);
  }

  /** Returns the part after the last separator of any system. Some clients send whole paths. */
  public static String baseName(String name) {
    return name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
  }

  /** Removes characters that are invisible, or change the direction of text. */
  public static String printable(String name) {
    StringBuilder kept = new StringBuilder(name.length());
    name.codePoints().filter(UserFileName::isPrintable).forEach(kept::appendCodePoint);
    return kept.toString();
  }

  private static boolean isPrintable(int c) {
    // Emoji families and some scripts need the joiners.
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

  /** Cuts a name before its extension, between characters; empty if there is no room. */
  public static String cut(String name, int maxBytes) {
    if (length(name) <= maxBytes) {
      return name;
    }
    int dot = name.lastIndexOf('.');
    String extension = dot > 0 ? name.substring(dot) : "";
    if (length(extension) > LONGEST_EXTENSION || length(extension) >= maxBytes) {
      extension = "";
    }
    int room = maxBytes - length(extension);
    int end = 0;
    while (end < name.length()) {
      int next = name.offsetByCodePoints(end, 1);
      room -= length(name.substring(end, next));
      if (room < 0) {
        break;
      }
      end = next;
    }
    return end == 0 ? "" : name.substring(0, end) + extension;
  }

  /**
   * Returns the value of a {@code Content-Disposition}. Old clients read the name in ASCII.
   *
   * <p>Source: RFC 6266 and RFC 8187.
   *
   * @param type {@code attachment} or {@code inline}
   * @param name a name that {@link #of} returned
   */
  public static String disposition(String type, String name) {
    if (name.isEmpty()) {
      return type;
    }
    StringBuilder ascii = new StringBuilder(name.length());
    name.codePoints().forEach(c -> ascii.append(IN_QUOTES.has(c) ? (char) c : '_'));
    String quoted = type + "; filename=\"" + ascii + '"';
    return ascii.toString().equals(name)
        ? quoted
        : quoted + "; filename*=UTF-8''" + PercentEncoding.component(name);
  }

  private static int length(String text) {
    return text.getBytes(UTF_8).length;
  }
}
