package io.osspost.sample;

import java.util.HexFormat;
import java.util.function.Function;

/** Uses an API that neither Java 8 nor the layer has, also by reference. */
public final class Hexadecimal {
  private Hexadecimal() {}

  static Function<byte[], String> format() {
    return HexFormat.of()::formatHex;
  }

  static Function<String, String> indent() {
    return String::translateEscapes;
  }
}
