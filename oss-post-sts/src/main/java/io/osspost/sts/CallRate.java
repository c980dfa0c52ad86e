package io.osspost.sts;

import java.time.Duration;

/**
 * Keeps calls apart, so that an account's hundred calls to STS a second are not exceeded: a short
 * queue, and beyond it a refusal. Thread-safe.
 */
final class CallRate {
  private final long nanosBetween;
  private final long longestQueue;
  private long nextFree = System.nanoTime();

  CallRate(int perSecond, Duration longestQueue) {
    this.nanosBetween = Duration.ofSeconds(1).toNanos() / perSecond;
    this.longestQueue = longestQueue.toNanos();
  }

  /** Waits for a turn; false, at once, where that would take too long. */
  boolean take() throws InterruptedException {
    long wait;
    synchronized (this) {
      long now = System.nanoTime();
      nextFree = Math.max(nextFree, now);
      wait = nextFree - now;
      if (wait > longestQueue) {
        return false;
      }
      nextFree += nanosBetween;
    }
    if (wait > 0) {
      Thread.sleep(Duration.ofNanos(wait).toMillis(), (int) (wait % 1_000_000));
    }
    return true;
  }
}
