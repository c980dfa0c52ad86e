package io.osspost.rate;

import io.osspost.ledger.StoreUnavailableException;
import io.osspost.spi.SharedRates;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Rates of a store. While the store does not answer, this server counts by itself, and asks the
 * store again after a pause, so that not every request waits for it. Thread-safe.
 */
public final class ReliableRates implements SharedRates {
  private static final Logger LOG = System.getLogger("io.osspost.web.RateLimit");
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final SharedRates store;
  private final SharedRates memory = new MemoryRates();
  private final LongSupplier nanoTime;

  /** The time at which a store that failed is asked again; 0 while it answers. */
  private final AtomicLong askAt = new AtomicLong();

  /**
   * Creates rates.
   *
   * @param store not closed here
   */
  public ReliableRates(SharedRates store) {
    this(store, System::nanoTime);
  }

  ReliableRates(SharedRates store, LongSupplier nanoTime) {
    this.store = store;
    this.nanoTime = nanoTime;
  }

  @Override
  public Duration take(String key, int requests, Duration period) {
    if (!isPaused()) {
      try {
        Duration wait = store.take(key, requests, period);
        askAt.set(0);
        return wait;
      } catch (StoreUnavailableException e) {
        askAt.set(nanoTime.getAsLong() + PAUSE.toNanos());
        LOG.log(
            Level.WARNING,
            "The store of rates does not answer; this server counts by itself for {0} s: {1}",
            PAUSE.toSeconds(),
            e.getMessage());
      }
    }
    return memory.take(key, requests, period);
  }

  /** Returns false to one request when the pause has ended. The others do not wait for its try. */
  private boolean isPaused() {
    long until = askAt.get();
    if (until == 0) {
      return false;
    }
    long now = nanoTime.getAsLong();
    return now - until < 0 || !askAt.compareAndSet(until, now + PAUSE.toNanos());
  }

  @Override
  public String description() {
    return store.description();
  }
}
