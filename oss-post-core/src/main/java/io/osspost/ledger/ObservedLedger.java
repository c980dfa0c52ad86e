package io.osspost.ledger;

import io.osspost.ticket.GrantTerms;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Tells a listener of grants that were not reported in time. Its exceptions are logged. */
class ObservedLedger implements UploadLedger {
  private static final Logger LOG = System.getLogger(UploadLedger.class.getName());

  private final UploadLedger ledger;
  private final Consumer<GrantEnd> listener;

  ObservedLedger(UploadLedger ledger, Consumer<GrantEnd> listener) {
    this.ledger = ledger;
    this.listener = listener;
  }

  @Override
  public void granted(GrantTerms terms, Optional<String> uploadId, Instant dueAt) {
    ledger.granted(terms, uploadId, dueAt);
  }

  @Override
  public Optional<GrantState> reported(GrantTerms terms, boolean lookAgain) {
    Optional<GrantState> state = ledger.reported(terms, lookAgain);
    if (state.filter(GrantState.LATE::equals).isPresent()) {
      publish(terms, GrantState.LATE);
    }
    return state;
  }

  @Override
  public List<LeasedGrant> lease(Instant now, Duration lease, int limit) {
    return ledger.lease(now, lease, limit);
  }

  /** A late upload was told when it was reported. */
  @Override
  public boolean mark(LeasedGrant grant, GrantState state, Optional<Instant> lookAgain) {
    boolean noted = ledger.mark(grant, state, lookAgain);
    if (noted
        && state != grant.state()
        && (state == GrantState.ABSENT || state == GrantState.LOST)) {
      publish(grant.terms(), state);
    }
    return noted;
  }

  private void publish(GrantTerms terms, GrantState state) {
    try {
      listener.accept(new GrantEnd(terms, state));
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "A listener of the end of a grant failed", e);
    }
  }
}
