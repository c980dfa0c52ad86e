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
   * Returns how long {@code caller} has to wait before it asks again; zero or less when it may go
   * on now. A longer wait is answered with 429 and {@code Retry-After}, in whole seconds.
   */
  Duration waitFor(Caller caller);

  /** Lets everybody go on. */
  static RateLimit none() {
    return caller -> Duration.ZERO;
  }
}
