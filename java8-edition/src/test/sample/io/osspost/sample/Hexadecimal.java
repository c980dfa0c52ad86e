package io.osspost.sample;

import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.function.Function;

/** Uses an API that neither Java 8 nor the layer has, also by reference. */
public final class Hexadecimal {
  private Hexadecimal() {}

  static Function<byte[], String> format() {
    return HexFormat.of()::formatHex;
  }

  static byte[] inherited(Own own) throws IOException {
    return own.readNBytes(3);
  }

  abstract static class Own extends InputStream {}

  static Function<String, String> indent() {
    return String::translateEscapes;
  }
}
