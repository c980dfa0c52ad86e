package io.osspost.examples.plain;

import io.osspost.spi.RateStoreOptions;
import io.osspost.spi.RateStoreType;
import io.osspost.spi.SharedRates;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Rates of the application's own, which {@code rates.storage: own} selects. One server only. */
public final class OwnRates implements SharedRates {
  private final Map<String, Instant> full = new HashMap<>();
  private final Clock clock = Clock.systemUTC();

  /** Opens the rates, as a service of the application. */
  public static final class Type implements RateStoreType {
    @Override
    public String name() {
      return "own";
    }

    @Override
    public SharedRates open(RateStoreOptions options) {
      return new OwnRates();
    }
  }

  /** Each request moves the instant at which all of the caller's requests are available again. */
  @Override
  public synchronized Duration take(String key, int requests, Duration period) {
    Instant now = clock.instant();
    Instant known = full.getOrDefault(key, now);
    Instant next = (known.isAfter(now) ? known : now).plus(period.dividedBy(requests));
    Duration wait = Duration.between(now.plus(period), next);
    if (wait.compareTo(Duration.ZERO) > 0) {
      return wait;
    }
    full.put(key, next);
    return Duration.ZERO;
  }

  @Override
  public String description() {
    return "this process";
  }
}
