package io.osspost.wire;

/** A set of ASCII characters, for texts that may contain no others. Immutable. */
public final class AsciiSet {
  /** Letters and digits. */
  public static final String ALPHANUMERIC =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

  private final boolean[] members = new boolean[128];

  private AsciiSet(String members) {
    for (int i = 0; i < members.length(); i++) {
      this.members[members.charAt(i)] = true;
    }
  }

  /** Creates the set of the characters in {@code members}. */
  public static AsciiSet of(String members) {
    return new AsciiSet(members);
  }

  /** Returns whether {@code c}, a character or a byte of UTF-8, is in the set. */
  public boolean has(int c) {
    return c >= 0 && c < members.length && members[c];
  }

  /** Returns whether {@code text} has no character outside the set. */
  public boolean hasAll(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!has(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }
}
