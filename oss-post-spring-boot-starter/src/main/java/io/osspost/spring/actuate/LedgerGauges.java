package io.osspost.spring.actuate;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.osspost.ledger.GrantState;
import io.osspost.ledger.LedgerReader;
import io.osspost.ledger.LedgerSummary;
import io.osspost.ledger.LedgerView;
import io.osspost.ledger.StoreUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * The grants whose objects are still looked at, and by how much the sweep is late. The ledger is
 * read at most every ten seconds, because it counts rows. If it does not answer, the values are
 * {@code NaN}.
 */
final class LedgerGauges implements MeterBinder {
  private static final long KEPT_NANOS = Duration.ofSeconds(10).toNanos();

  private final LedgerView ledger;
  private Optional<LedgerSummary> latest = Optional.empty();
  private long readAt;
  private boolean read;

  LedgerGauges(LedgerView ledger) {
    this.ledger = ledger;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    ledger.reader().ifPresent(reader -> bindTo(registry, reader));
  }

  private void bindTo(MeterRegistry registry, LedgerReader reader) {
    for (GrantState state : List.of(GrantState.OPEN, GrantState.ABSENT)) {
      Gauge.builder(
              "oss.post.ledger.grants",
              this,
              gauges -> gauges.value(reader, summary -> summary.waiting(state)))
          .description("Recorded grants whose objects are still looked at")
          .tag("state", UploadMetrics.code(state))
          .strongReference(true)
          .register(registry);
    }
    Gauge.builder(
            "oss.post.ledger.overdue", this, gauges -> gauges.value(reader, gauges::overdueSeconds))
        .description("Time since the oldest recorded grant should have been looked at")
        .baseUnit("seconds")
        .strongReference(true)
        .register(registry);
  }

  private double overdueSeconds(LedgerSummary summary) {
    return summary
        .oldestDue()
        .map(due -> Duration.between(due, ledger.clock().instant()).toMillis() / 1000.0)
        .map(seconds -> Math.max(0, seconds))
        .orElse(0.0);
  }

  private double value(LedgerReader reader, ToDoubleFunction<LedgerSummary> value) {
    return summary(reader).map(value::applyAsDouble).orElse(Double.NaN);
  }

  private synchronized Optional<LedgerSummary> summary(LedgerReader reader) {
    if (!read || System.nanoTime() - readAt > KEPT_NANOS) {
      latest = read(reader);
      readAt = System.nanoTime();
      read = true;
    }
    return latest;
  }

  /** Health tells the reason of a failure. */
  private static Optional<LedgerSummary> read(LedgerReader reader) {
    try {
      return Optional.of(reader.summary());
    } catch (StoreUnavailableException e) {
      return Optional.empty();
    }
  }
}
