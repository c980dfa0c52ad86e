package io.osspost.java8;

import io.osspost.edition.Supplies;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** Newer methods of {@link java.io.InputStream}. */
@Supplies("java.io.InputStream")
public final class InputStreamMethods {
  private InputStreamMethods() {}

  public static byte[] readAllBytes(InputStream in) throws IOException {
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    byte[] buffer = new byte[8192];
    for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
      read.write(buffer, 0, count);
    }
    return read.toByteArray();
  }
}
