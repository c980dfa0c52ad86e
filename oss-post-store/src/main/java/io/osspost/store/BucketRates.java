package io.osspost.store;

import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.distributed.proxy.ProxyManager;
import io.osspost.ledger.StoreUnavailableException;
import io.osspost.spi.SharedRates;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Rates as buckets of Bucket4j. Thread-safe.
 *
 * <p>Bucket4j fills the buckets by the clocks of the servers, which should differ little.
 */
final class BucketRates implements SharedRates {
  private final String description;
  private final Supplier<? extends ProxyManager<String>> buckets;

  /**
   * Creates rates.
   *
   * @param buckets may connect to the store at each call until it has a connection
   */
  BucketRates(String description, Supplier<? extends ProxyManager<String>> buckets) {
    this.description = description;
    this.buckets = buckets;
  }

  @Override
  public Duration take(String key, int requests, Duration period) {
    try {
      ConsumptionProbe probe =
          buckets
              .get()
              .getProxy(key, () -> configuration(requests, period))
              .tryConsumeAndReturnRemaining(1);
      return probe.isConsumed()
          ? Duration.ZERO
          : Duration.ofNanos(Math.max(1, probe.getNanosToWaitForRefill()));
    } catch (StoreUnavailableException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new StoreUnavailableException(
          "Requests could not be counted in "
              + description
              + ": "
              + e.getClass().getSimpleName()
              + ". Check that it runs (rates.storage).",
          e);
    }
  }

  private static BucketConfiguration configuration(int requests, Duration period) {
    return BucketConfiguration.builder()
        .addLimit(limit -> limit.capacity(requests).refillGreedy(requests, period))
        .build();
  }

  @Override
  public String description() {
    return description;
  }
}
