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
    return readNBytes(in, Integer.MAX_VALUE);
  }

  public static byte[] readNBytes(InputStream in, int length) throws IOException {
    if (length < 0) {
      throw new IllegalArgumentException("length is negative: " + length);
    }
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    byte[] buffer = new byte[Math.min(8192, length)];
    while (read.size() < length) {
      int count = in.read(buffer, 0, Math.min(buffer.length, length - read.size()));
      if (count < 0) {
        break;
      }
      read.write(buffer, 0, count);
    }
    return read.toByteArray();
  }
}
