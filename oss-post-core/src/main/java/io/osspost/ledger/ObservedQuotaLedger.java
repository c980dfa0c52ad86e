package io.osspost.ledger;

import io.osspost.object.ObjectKey;
import io.osspost.profile.Quota;
import io.osspost.ticket.GrantTerms;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** An observed ledger that still counts bytes. */
final class ObservedQuotaLedger extends ObservedLedger implements QuotaLedger {
  private final QuotaLedger ledger;

  ObservedQuotaLedger(QuotaLedger ledger, Consumer<GrantEnd> listener) {
    super(ledger, listener);
    this.ledger = ledger;
  }

  @Override
  public Room granted(GrantTerms terms, Optional<String> uploadId, Instant dueAt, Quota quota) {
    return ledger.granted(terms, uploadId, dueAt, quota);
  }

  @Override
  public Room room(GrantTerms terms, Quota quota) {
    return ledger.room(terms, quota);
  }

  @Override
  public void stored(GrantTerms terms, String eventId, long bytes, boolean replaceable) {
    ledger.stored(terms, eventId, bytes, replaceable);
  }

  @Override
  public void givenUp(UUID grantId, Instant now) {
    ledger.givenUp(grantId, now);
  }

  @Override
  public void deleted(String bucket, ObjectKey key) {
    ledger.deleted(bucket, key);
  }
}
