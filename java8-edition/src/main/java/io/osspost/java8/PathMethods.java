package io.osspost.java8;

import io.osspost.edition.Supplies;
import java.nio.file.Path;
import java.nio.file.Paths;

/** {@link java.nio.file.Path#of}. */
@Supplies("java.nio.file.Path")
public final class PathMethods {
  private PathMethods() {}

  public static Path of(String first, String... more) {
    return Paths.get(first, more);
  }
}
