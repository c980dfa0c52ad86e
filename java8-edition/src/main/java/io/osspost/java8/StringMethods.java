package io.osspost.java8;

import io.osspost.edition.Supplies;

/** Newer methods of {@link String}. */
@Supplies("java.lang.String")
public final class StringMethods {
  private StringMethods() {}

  public static boolean isBlank(String text) {
    return start(text) == text.length();
  }

  public static String repeat(String text, int count) {
    if (count < 0) {
      throw new IllegalArgumentException("count is negative: " + count);
    }
    StringBuilder repeated = new StringBuilder(text.length() * count);
    for (int i = 0; i < count; i++) {
      repeated.append(text);
    }
    return repeated.toString();
  }

  /** Removes white space as {@link Character#isWhitespace(int)} defines it. */
  public static String strip(String text) {
    int start = start(text);
    int end = text.length();
    while (end > start && Character.isWhitespace(text.codePointBefore(end))) {
      end -= Character.charCount(text.codePointBefore(end));
    }
    return text.substring(start, end);
  }

  private static int start(String text) {
    int start = 0;
    while (start < text.length() && Character.isWhitespace(text.codePointAt(start))) {
      start += Character.charCount(text.codePointAt(start));
    }
    return start;
  }
}
