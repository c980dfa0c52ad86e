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
  private final AtomicLong askAt;

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
    this.askAt = new AtomicLong(nanoTime.getAsLong());
  }

  @Override
  public Duration take(String key, int requests, Duration period) {
    if (nanoTime.getAsLong() - askAt.get() >= 0) {
      try {
        return store.take(key, requests, period);
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

  @Override
  public String description() {
    return store.description();
  }
}
