package io.osspost.testsupport;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A runtime of Java 8, which {@code .ci/java8} installs. {@code OSS_POST_JAVA8} names the home of
 * another one.
 */
public final class Java8 {
  private static final String HOME = "OSS_POST_JAVA8";

  private Java8() {}

  /** Returns the program that starts Java 8. Without one the calling test is skipped, or fails. */
  public static Path launcher() {
    String home = System.getenv(HOME);
    Path folder =
        home == null
            ? Path.of(System.getProperty("user.home"), ".cache", "oss-post", "java8")
            : Path.of(home);
    Path launcher = folder.resolve("bin/java");
    if (!Files.isExecutable(launcher)) {
      throw Requirement.JAVA8.missing(
          "No Java 8 found in "
              + folder
              + ". Run .ci/java8 as root, or set "
              + HOME
              + " to the home"
              + " of a Java 8.");
    }
    return launcher;
  }
}
