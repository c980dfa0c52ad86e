package io.osspost.testsupport;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A program that a machine may lack. A test that needs it is then skipped, or fails if {@code
 * OSS_POST_REQUIRE} lists it.
 */
public enum Requirement {
  BROWSER,
  DOCKER,
  FIREFOX,
  JAVA8,
  MARIADB,
  NODE,
  POSTGRESQL,
  REDIS,
  WRK;

  /** Returns whether its absence is a failure. */
  public boolean isRequired() {
    return List.of(System.getenv().getOrDefault("OSS_POST_REQUIRE", "").split(",", -1))
        .contains(name().toLowerCase(Locale.ROOT));
  }

  /**
   * Returns the program that the environment variable named like it names, otherwise the first of
   * the usual places. Skips or fails the calling test if there is none.
   *
   * @param program its name, such as {@code Firefox}
   * @param places the paths of its executable on several systems
   */
  public Path find(String program, String... places) {
    String variable = program.toUpperCase(Locale.ROOT);
    return Stream.concat(Stream.of(System.getenv().getOrDefault(variable, "")), Stream.of(places))
        .filter(path -> !path.isEmpty())
        .map(Path::of)
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(
            () ->
                missing(
                    "No "
                        + program
                        + " found. Install one, or name it in the environment variable "
                        + variable
                        + "."));
  }

  /**
   * Skips the calling test, or fails it.
   *
   * @return nothing, because it always throws; the type lets the caller write {@code throw}
   */
  public RuntimeException missing(String message) {
    if (isRequired()) {
      fail(message);
    }
    abort(message);
    return new IllegalStateException(message);
  }
}
