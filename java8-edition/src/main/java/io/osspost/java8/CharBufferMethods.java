package io.osspost.java8;

import io.osspost.edition.Supplies;
import java.nio.Buffer;
import java.nio.CharBuffer;

/** Newer methods of {@link java.nio.CharBuffer}. */
@Supplies("java.nio.CharBuffer")
public final class CharBufferMethods {
  private CharBufferMethods() {}

  /** In Java 8 the method of {@link Buffer} has another return type. */
  public static CharBuffer flip(CharBuffer buffer) {
    ((Buffer) buffer).flip();
    return buffer;
  }
}
