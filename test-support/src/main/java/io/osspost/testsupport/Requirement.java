package io.osspost.testsupport;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.util.List;
import java.util.Locale;

/**
 * What a machine may lack. A test that needs it is skipped then, unless {@code OSS_POST_REQUIRE}
 * lists it: then the test fails.
 */
public enum Requirement {
  BROWSER,
  DOCKER,
  NODE,
  WRK;

  /** Whether its absence is a failure. */
  public boolean isRequired() {
    return List.of(System.getenv().getOrDefault("OSS_POST_REQUIRE", "").split(",", -1))
        .contains(name().toLowerCase(Locale.ROOT));
  }

  /**
   * Skips the test that calls, or fails it.
   *
   * @return nothing: it always throws, and the result is there to be thrown
   */
  public RuntimeException missing(String message) {
    if (isRequired()) {
      fail(message);
    }
    abort(message);
    return new IllegalStateException(message);
  }
}
