package io.osspost.testsupport;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.util.List;
import java.util.Locale;

/**
 * A program that a machine may lack. A test that needs it is then skipped, or fails if {@code
 * OSS_POST_REQUIRE} lists it.
 */
public enum Requirement {
  BROWSER,
  DOCKER,
  FIREFOX,
  JAVA8,
  NODE,
  WRK;

  /** Returns whether its absence is a failure. */
  public boolean isRequired() {
    return List.of(System.getenv().getOrDefault("OSS_POST_REQUIRE", "").split(",", -1))
        .contains(name().toLowerCase(Locale.ROOT));
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
