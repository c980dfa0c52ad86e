package io.osspost.sts;

import java.time.Duration;

/**
 * Limits the rate of calls to STS, because an account may make a hundred per second. Callers wait
 * in a short queue, and are refused if it is full. Thread-safe.
 */
final class CallRate {
  private final long nanosBetween;
  private final long longestQueue;
  private long nextFree = System.nanoTime();

  CallRate(int perSecond, Duration longestQueue) {
    this.nanosBetween = Duration.ofSeconds(1).toNanos() / perSecond;
    this.longestQueue = longestQueue.toNanos();
  }

  /** Waits for a turn; returns false at once if the wait would be too long. */
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
