package io.osspost.web;

import io.osspost.profile.Caller;
import java.time.Duration;

/**
 * Limits how often callers get grants. Called once per request, from any thread, when the caller is
 * known and before the file and the credentials are looked at.
 */
@FunctionalInterface
public interface RateLimit {
  /**
   * {@return how long {@code caller} has to wait before it asks again; zero or less when it may go
   * on now} A longer wait is answered with 429 and {@code Retry-After}, in whole seconds, rounded
   * up.
   *
   * @param caller who asks; those who are not logged in look alike
   */
  Duration waitFor(Caller caller);

  /** {@return a limit that lets everybody go on} */
  static RateLimit none() {
    return caller -> Duration.ZERO;
  }
}
