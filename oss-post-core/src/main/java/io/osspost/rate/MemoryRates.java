package io.osspost.rate;

import io.osspost.spi.SharedRates;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Rates that this server counts by itself. Thread-safe.
 *
 * <p>For each key it keeps the instant at which its bucket is full again. Keys with a full bucket
 * are forgotten when there are many, and then those whose bucket is full next: requests from many
 * addresses need no more memory.
 */
public final class MemoryRates implements SharedRates {
  private static final int MANY = 100_000;

  private final Map<String, Long> fullAt = new ConcurrentHashMap<>();
  private final LongSupplier nanoTime;

  /** Creates rates by the clock of the process. */
  public MemoryRates() {
    this(System::nanoTime);
  }

  MemoryRates(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  @Override
  public Duration take(String key, int requests, Duration period) {
    long now = nanoTime.getAsLong();
    long interval = period.toNanos() / requests;
    long[] wait = {0};
    fullAt.compute(
        key,
        (known, full) -> {
          long from = full == null || full - now < 0 ? now : full;
          wait[0] = from - now + interval - interval * requests;
          return wait[0] > 0 ? from : from + interval;
        });
    if (fullAt.size() > MANY) {
      forget(now);
    }
    return Duration.ofNanos(Math.max(0, wait[0]));
  }

  /** Leaves half of the keys at most, so that the next keys cost nothing. */
  private synchronized void forget(long now) {
    if (fullAt.size() <= MANY) {
      return; // Another thread did it.
    }
    fullAt.values().removeIf(full -> full - now < 0);
    long[] left = fullAt.values().stream().mapToLong(full -> full - now).sorted().toArray();
    if (left.length > MANY / 2) {
      long last = left[left.length - MANY / 2 - 1];
      fullAt.values().removeIf(full -> full - now <= last);
    }
  }

  @Override
  public String description() {
    return "memory of this server";
  }

  /** Returns the number of keys. */
  int size() {
    return fullAt.size();
  }
}
