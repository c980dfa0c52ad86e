package io.osspost.emulator.internal.ram;

/**
 * A pattern in which {@code *} matches any text, including slashes and the empty text, and {@code
 * ?} one character. There is no escape.
 */
final class Wildcard {
  private final int[] pattern;

  Wildcard(String pattern) {
    this.pattern = pattern.codePoints().toArray();
  }

  /** Matches the whole of {@code text}. Takes at most pattern times text steps. */
  boolean matches(String text) {
    int[] characters = text.codePoints().toArray();
    int at = 0;
    int in = 0;
    int star = -1;
    int resume = 0;
    while (at < characters.length) {
      if (in < pattern.length && pattern[in] == '*') {
        star = in++;
        resume = at;
      } else if (in < pattern.length && (pattern[in] == '?' || pattern[in] == characters[at])) {
        in++;
        at++;
      } else if (star >= 0) {
        in = star + 1;
        at = ++resume;
      } else {
        return false;
      }
    }
    while (in < pattern.length && pattern[in] == '*') {
      in++;
    }
    return in == pattern.length;
  }

  @Override
  public String toString() {
    return new String(pattern, 0, pattern.length);
  }
}
