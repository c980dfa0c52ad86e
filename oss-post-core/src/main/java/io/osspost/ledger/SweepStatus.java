package io.osspost.ledger;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Whether the sweep of this process works. Immutable.
 *
 * @param running whether its thread runs
 * @param failing whether the last pass over the ledger failed
 * @param lastPass when a pass over the ledger last ended without a failure
 * @param problem the reason why passes fail, or objects cannot be looked at: a fact and a fix,
 *     without secrets; empty if there is none
 */
public record SweepStatus(
    boolean running, boolean failing, Optional<Instant> lastPass, Optional<String> problem) {
  /**
   * Checks that nothing is missing.
   *
   * @param running whether its thread runs
   * @param failing whether the last pass failed
   * @param lastPass the end of the last pass
   * @param problem for the operator
   */
  public SweepStatus {
    Objects.requireNonNull(lastPass, "lastPass");
    Objects.requireNonNull(problem, "problem");
  }
}
