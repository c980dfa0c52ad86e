package io.osspost.web;

import io.osspost.profile.Caller;
import java.time.Duration;

/**
 * Limits how often callers get grants. Called once per request, from any thread, after the caller
 * is known and before the file and the credentials are read.
 */
@FunctionalInterface
public interface RateLimit {
  /**
   * {@return how long {@code caller} has to wait before its next request; zero or less if it need
   * not wait} A longer wait is answered with 429 and {@code Retry-After}, in whole seconds, rounded
   * up.
   *
   * @param caller the caller; all anonymous callers are equal
   */
  Duration waitFor(Caller caller);

  /** {@return a limit that never makes a caller wait} */
  static RateLimit none() {
    return caller -> Duration.ZERO;
  }
}
