package io.osspost.emulator.internal.sts;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/**
 * The maximum number of calls in any second; 0 rejects all. Uses real time, regardless of the
 * emulator's clock. Thread-safe.
 */
public final class CallLimit {
  /** The limit of a real account (documented, since September 2022). */
  private static final int USUAL = 100;

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final Deque<Long> admitted = new ArrayDeque<>();
  private int perSecond = USUAL;

  /** Changes the limit, from the next call on. */
  public synchronized void set(int callsPerSecond) {
    perSecond = callsPerSecond;
  }

  synchronized boolean admits() {
    long now = System.nanoTime();
    while (!admitted.isEmpty() && now - admitted.getFirst() >= SECOND) {
      admitted.removeFirst();
    }
    if (admitted.size() >= perSecond) {
      return false;
    }
    admitted.addLast(now);
    return true;
  }
}
