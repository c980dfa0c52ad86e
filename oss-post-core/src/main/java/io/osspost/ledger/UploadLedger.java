package io.osspost.ledger;

import io.osspost.ticket.GrantTerms;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Remembers every exact grant before it is answered, and the end of its upload. So an upload is
 * reported even if OSS's callback and the page's confirmation are lost. Must be thread-safe.
 * Several servers must share one ledger.
 *
 * <p>All instants are given by the caller. A ledger reads no clock. Every method throws a {@link
 * StoreUnavailableException} if the store does not answer. A ledger that is also a {@link
 * LedgerReader} is shown to operators.
 */
public interface UploadLedger {
  /**
   * Remembers a grant. A repeated grant, which a retry requests, gets the later end; it is open
   * again if no object had been found.
   *
   * @param terms the terms of the grant, with a key and the mark
   * @param uploadId OSS's id of the upload in parts; empty for a form or a URL
   * @param dueAt when the sweep looks at the object
   */
  void granted(GrantTerms terms, Optional<String> uploadId, Instant dueAt);

  /**
   * Remembers that the listener received an upload under the grant. Unknown grants are ignored. An
   * open grant becomes {@link GrantState#REPORTED}, any other one {@link GrantState#LATE}.
   *
   * @param terms the terms of the grant
   * @param lookAgain whether the sweep still looks at the object when it is due, because a second
   *     upload under the same grant can replace it
   * @return the state from now on; empty if the grant is unknown
   */
  Optional<GrantState> reported(GrantTerms terms, boolean lookAgain);

  /**
   * Leases grants that are due, the oldest first. Another server does not get them until the lease
   * has ended.
   *
   * @param now the instant at which they must be due
   * @param lease how long
   * @param limit the largest number of grants
   * @return the grants, possibly none
   */
  List<LeasedGrant> lease(Instant now, Duration lease, int limit);

  /**
   * Notes the result of a look at the object, and ends the lease. The result is ignored if the
   * grant was leased or granted anew in the meantime.
   *
   * @param grant the leased grant
   * @param state its state from now on
   * @param lookAgain when the sweep looks at the object again; empty for never
   * @return whether the result was noted
   */
  boolean mark(LeasedGrant grant, GrantState state, Optional<Instant> lookAgain);

  /**
   * Returns the same ledger, which also tells a listener of grants that were not reported in time.
   *
   * @param listener called after the change, from any thread; its exceptions are logged
   * @return a view of this ledger
   */
  default UploadLedger observed(Consumer<GrantEnd> listener) {
    return new ObservedLedger(this, Objects.requireNonNull(listener, "listener"));
  }
}
