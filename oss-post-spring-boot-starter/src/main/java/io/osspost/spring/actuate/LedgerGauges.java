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
import java.util.function.Supplier;
import java.util.function.ToDoubleBiFunction;

/**
 * The grants whose objects are still looked at, and by how much the sweep is late. The ledger is
 * read at most every ten seconds, because it counts rows. If it does not answer, the values are
 * {@code NaN}.
 */
final class LedgerGauges implements MeterBinder {
  private static final long KEPT_NANOS = Duration.ofSeconds(10).toNanos();

  /** The ledger of today, because the endpoints can be replaced. */
  private final Supplier<Optional<LedgerView>> ledger;

  private Optional<LedgerSummary> latest = Optional.empty();
  private long readAt;
  private boolean read;

  LedgerGauges(Supplier<Optional<LedgerView>> ledger) {
    this.ledger = ledger;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    if (ledger.get().flatMap(LedgerView::reader).isEmpty()) {
      return;
    }
    for (GrantState state : List.of(GrantState.OPEN, GrantState.ABSENT)) {
      Gauge.builder(
              "oss.post.ledger.grants",
              this,
              gauges -> gauges.value((view, summary) -> summary.waiting(state)))
          .description("Recorded grants whose objects are still looked at")
          .tag("state", UploadMetrics.code(state))
          .strongReference(true)
          .register(registry);
    }
    Gauge.builder(
            "oss.post.ledger.overdue", this, gauges -> gauges.value(LedgerGauges::overdueSeconds))
        .description("Time since the oldest recorded grant should have been looked at")
        .baseUnit("seconds")
        .strongReference(true)
        .register(registry);
  }

  private static double overdueSeconds(LedgerView view, LedgerSummary summary) {
    return summary
        .oldestDue()
        .map(due -> Duration.between(due, view.clock().instant()).toMillis() / 1000.0)
        .map(seconds -> Math.max(0, seconds))
        .orElse(0.0);
  }

  private double value(ToDoubleBiFunction<LedgerView, LedgerSummary> value) {
    Optional<LedgerView> view = ledger.get();
    return view.flatMap(this::summary)
        .map(summary -> value.applyAsDouble(view.get(), summary))
        .orElse(Double.NaN);
  }

  private synchronized Optional<LedgerSummary> summary(LedgerView view) {
    if (!read || System.nanoTime() - readAt > KEPT_NANOS) {
      latest = view.reader().flatMap(LedgerGauges::read);
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
