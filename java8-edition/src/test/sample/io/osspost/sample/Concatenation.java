package io.osspost.sample;

/** Concatenates texts. */
public final class Concatenation {
  private Concatenation() {}

  static String greet(String name) {
    return "Hello " + name;
  }
}
