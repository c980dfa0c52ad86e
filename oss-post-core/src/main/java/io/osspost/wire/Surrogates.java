package io.osspost.wire;

/**
 * Finds unpaired surrogates. They have no UTF-8 form, and Java silently writes a question mark
 * instead.
 */
public final class Surrogates {
  private Surrogates() {}

  /** Returns whether {@code text} contains an unpaired surrogate. */
  public static boolean anyLone(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (isLone(text, i)) {
        return true;
      }
    }
    return false;
  }

  /** Returns whether the character at {@code i} is an unpaired surrogate. */
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
