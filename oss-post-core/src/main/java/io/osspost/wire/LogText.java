package io.osspost.wire;

/** Makes clients' texts safe for one line of a log, so that no client can forge or hide a line. */
public final class LogText {
  private static final int MAX_CHARS = 1024;

  private LogText() {}

  /**
   * {@return the text with control characters, line separators and direction marks written as
   * {@code \\uXXXX}, cut after 1,024 characters}
   */
  public static String of(Object value) {
    String text = String.valueOf(value);
    StringBuilder line = new StringBuilder(text.length());
    for (int i = 0; i < text.length() && i < MAX_CHARS; i++) {
      char c = text.charAt(i);
      if (isPrintable(c)) {
        line.append(c);
      } else {
        line.append("\\u");
        String digits = Integer.toHexString(c);
        line.append("0".repeat(4 - digits.length())).append(digits);
      }
    }
    return text.length() > MAX_CHARS ? line.append("...").toString() : line.toString();
  }

  private static boolean isPrintable(char c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.UNASSIGNED ->
          false;
      default -> c != '\\';
    };
  }
}
