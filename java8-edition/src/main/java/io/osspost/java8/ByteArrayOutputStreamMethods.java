package io.osspost.java8;

import io.osspost.edition.Supplies;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;

/** Newer methods of {@link java.io.ByteArrayOutputStream}. */
@Supplies("java.io.ByteArrayOutputStream")
public final class ByteArrayOutputStreamMethods {
  private ByteArrayOutputStreamMethods() {}

  public static String toString(ByteArrayOutputStream out, Charset charset) {
    return new String(out.toByteArray(), charset);
  }
}
