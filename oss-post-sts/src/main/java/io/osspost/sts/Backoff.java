package io.osspost.sts;

import io.osspost.credentials.CredentialsUnavailableException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Protects a service that is down: after a failure, all callers are refused at once during a pause;
 * then one caller may try again. Thread-safe.
 */
final class Backoff {
  private static final long FIRST = Duration.ofSeconds(1).toNanos();
  private static final long LONGEST = Duration.ofSeconds(30).toNanos();

  private @Nullable CredentialsUnavailableException failure;
  private long pause = FIRST;
  private long until;

  /**
   * Permits the caller to call the service.
   *
   * @throws CredentialsUnavailableException with the last failure as its cause, during a pause
   */
  synchronized void enter() {
    if (failure == null) {
      return;
    }
    if (System.nanoTime() - until < 0) {
      throw new CredentialsUnavailableException(String.valueOf(failure.getMessage()), failure);
    }
    until = System.nanoTime() + LONGEST;
  }

  synchronized void succeeded() {
    failure = null;
    pause = FIRST;
  }

  /** Begins a pause, longer than the one before. Concurrent failures count once. */
  synchronized void failed(CredentialsUnavailableException cause) {
    pause = failure == null ? FIRST : Math.min(2 * pause, LONGEST);
    failure = cause;
    until = System.nanoTime() + pause;
  }
}
