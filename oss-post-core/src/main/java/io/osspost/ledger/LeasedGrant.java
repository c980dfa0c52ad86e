package io.osspost.ledger;

import io.osspost.ticket.GrantTerms;
import java.util.Objects;
import java.util.Optional;

/**
 * A grant whose object is due to be looked at, for one sweep at a time. Immutable.
 *
 * @param terms the terms of the grant, with a key and the mark
 * @param uploadId OSS's id of the upload in parts; empty for a form or a URL
 * @param state the state before the look
 * @param fence a number that changes with every lease and every repeated grant, so that an outdated
 *     result is recognized
 */
public record LeasedGrant(
    GrantTerms terms, Optional<String> uploadId, GrantState state, long fence) {
  /**
   * Checks that the object has a name.
   *
   * @param terms with a key
   * @param uploadId any
   * @param state any
   * @param fence any
   * @throws IllegalArgumentException if {@code terms} has no key
   */
  public LeasedGrant {
    Objects.requireNonNull(uploadId, "uploadId");
    Objects.requireNonNull(state, "state");
    if (terms.key().isEmpty()) {
      throw new IllegalArgumentException(
          "Grant " + terms.grantId() + " names no object. Record exact grants only.");
    }
  }
}
