package io.osspost.web;

import io.osspost.profile.Caller;
import java.time.Duration;

/**
 * Limits how often a caller may request grants. Called once per request, from any thread, after the
 * caller is known, and before the parameters and the credentials are read.
 */
@FunctionalInterface
public interface RateLimit {
  /**
   * {@return the time until {@code caller} may request a grant; zero or negative if it may now} If
   * the time is positive, the response has status 429, and {@code Retry-After} with the time in
   * whole seconds, rounded up.
   *
   * @param caller the caller; all anonymous callers are the same caller
   */
  Duration waitFor(Caller caller);

  /**
   * {@return the time until {@code caller} may send {@code request}; by default that of {@link
   * #waitFor(Caller)}} A limit can override this method to tell anonymous callers apart by their
   * addresses.
   *
   * @param caller the caller
   * @param request the request; its parameters and its body must not be read
   */
  default Duration waitFor(Caller caller, WebRequest request) {
    return waitFor(caller);
  }

  /** {@return a limit that allows every request} */
  static RateLimit none() {
    return caller -> Duration.ZERO;
  }
}
