package io.osspost.ledger;

import io.osspost.ticket.GrantTerms;
import java.time.Instant;
import java.util.Objects;

/**
 * A grant that was not reported yet. Contains no secret. Immutable.
 *
 * @param terms the terms of the grant
 * @param dueAt when the sweep looks at its object
 */
public record OpenGrant(GrantTerms terms, Instant dueAt) {
  /**
   * Checks that nothing is missing.
   *
   * @param terms of the grant
   * @param dueAt of its object
   */
  public OpenGrant {
    Objects.requireNonNull(terms, "terms");
    Objects.requireNonNull(dueAt, "dueAt");
  }
}
