package io.osspost.wire;

/**
 * Finds half characters: a surrogate without its partner has no UTF-8 form, and Java writes a
 * question mark instead without a word.
 */
public final class Surrogates {
  private Surrogates() {}

  /** Whether {@code text} holds half a character anywhere. */
  public static boolean anyLone(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (isLone(text, i)) {
        return true;
      }
    }
    return false;
  }

  /** Whether there is half a character at {@code i}. */
  static boolean isLone(String text, int i) {
    char c = text.charAt(i);
    if (!Character.isSurrogate(c)) {
      return false;
    }
    if (Character.isHighSurrogate(c)) {
      return i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
    }
    return i == 0 || !Character.isHighSurrogate(text.charAt(i - 1));
  }
}
