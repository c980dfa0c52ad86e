package io.osspost.ledger;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The grants whose objects are still looked at. Immutable.
 *
 * @param waiting their number in each state; a state without grants may be missing
 * @param oldestDue when the first of their objects is or was due to be looked at; empty if there
 *     are no such grants
 */
public record LedgerSummary(Map<GrantState, Long> waiting, Optional<Instant> oldestDue) {
  /**
   * Copies the numbers.
   *
   * @param waiting numbers by state
   * @param oldestDue of all of them
   */
  public LedgerSummary {
    waiting = Map.copyOf(waiting);
  }

  /**
   * {@return the number of grants in that state}
   *
   * @param state any state
   */
  public long waiting(GrantState state) {
    return waiting.getOrDefault(state, 0L);
  }
}
