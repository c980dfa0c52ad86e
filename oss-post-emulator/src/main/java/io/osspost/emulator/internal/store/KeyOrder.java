package io.osspost.emulator.internal.store;

import java.util.Comparator;

/**
 * OSS's order of keys in lists: that of their UTF-8 bytes. Java's order of texts differs between
 * characters beyond the first 65536 and those from U+E000 on.
 */
public final class KeyOrder implements Comparator<String> {
  public static final KeyOrder UTF_8 = new KeyOrder();

  private KeyOrder() {}

  @Override
  public int compare(String a, String b) {
    int common = Math.min(a.length(), b.length());
    for (int i = 0; i < common; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        boolean beyondX = Character.isSurrogate(x);
        boolean beyondY = Character.isSurrogate(y);
        return beyondX == beyondY ? Character.compare(x, y) : Boolean.compare(beyondX, beyondY);
      }
    }
    return Integer.compare(a.length(), b.length());
  }
}
