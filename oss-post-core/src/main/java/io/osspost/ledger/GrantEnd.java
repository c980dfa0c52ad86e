package io.osspost.ledger;

import io.osspost.ticket.GrantTerms;
import java.util.Objects;

/**
 * The end of a recorded grant that was not reported in time, for metrics and audit. Contains no
 * secret. Immutable.
 *
 * @param terms the terms of the grant
 * @param state {@link GrantState#ABSENT} if the sweep found no object, {@link GrantState#LOST}, or
 *     {@link GrantState#LATE} if the upload was reported after that
 */
public record GrantEnd(GrantTerms terms, GrantState state) {
  /**
   * Checks that nothing is missing.
   *
   * @param terms of the grant
   * @param state of the grant
   */
  public GrantEnd {
    Objects.requireNonNull(terms, "terms");
    Objects.requireNonNull(state, "state");
  }
}
