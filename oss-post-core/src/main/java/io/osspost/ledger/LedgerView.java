package io.osspost.ledger;

import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/** A ledger as operators see it: its open grants, and the state of its sweep. Thread-safe. */
public final class LedgerView {
  private final Optional<LedgerReader> reader;
  private final Supplier<SweepStatus> sweep;
  private final Clock clock;

  /**
   * Creates a view.
   *
   * @param reader reads the ledger; empty if the ledger cannot be read
   * @param sweep the state of the sweep
   * @param clock the clock of the grants
   */
  public LedgerView(Optional<LedgerReader> reader, Supplier<SweepStatus> sweep, Clock clock) {
    this.reader = Objects.requireNonNull(reader, "reader");
    this.sweep = Objects.requireNonNull(sweep, "sweep");
    this.clock = Objects.requireNonNull(clock, "clock");
  }

  /** {@return the reader; empty if the ledger of the application is not a {@code LedgerReader}} */
  public Optional<LedgerReader> reader() {
    return reader;
  }

  /** {@return whether the sweep works} */
  public SweepStatus sweep() {
    return sweep.get();
  }

  /** {@return the clock of the grants} */
  public Clock clock() {
    return clock;
  }
}
