package io.osspost.java8;

import io.osspost.edition.Supplies;

/** Newer methods of {@link StringBuilder}. */
@Supplies("java.lang.StringBuilder")
public final class StringBuilderMethods {
  private StringBuilderMethods() {}

  public static boolean isEmpty(StringBuilder builder) {
    return builder.length() == 0;
  }
}
