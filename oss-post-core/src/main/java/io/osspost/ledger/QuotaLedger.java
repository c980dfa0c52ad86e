package io.osspost.ledger;

import io.osspost.object.ObjectKey;
import io.osspost.profile.Quota;
import io.osspost.ticket.GrantTerms;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * A ledger that also limits the bytes of the grants, and the open uploads in parts. It counts the
 * bytes of stored objects, and reserves the largest size of each grant whose upload has not ended.
 * Must be thread-safe.
 *
 * <p>The bytes of a reported upload replace its reservation. {@link #mark} releases the reservation
 * when the grant ends without an object.
 *
 * <p>An upload in parts is open while its grant is {@link GrantState#OPEN}, until {@link #givenUp}.
 */
public interface QuotaLedger extends UploadLedger {
  /** Whether a quota permits one more grant. */
  enum Room {
    /** The quota permits the grant. */
    ENOUGH,
    /** The quota of the caller has too few bytes left. */
    CALLER_FULL,
    /** The quota of all callers together has too few bytes left. */
    TOTAL_FULL,
    /** The caller has as many open uploads in parts as the quota permits. */
    TOO_MANY_OPEN
  }

  /**
   * Remembers a grant and reserves its largest size, in one transaction. A repeated grant reserves
   * once, and counts as one open upload. If there is not enough room, nothing is changed.
   *
   * @param terms the terms of the grant, with a key and the mark
   * @param uploadId OSS's id of the upload in parts; empty for a form
   * @param dueAt when the sweep looks at the object
   * @param quota the limits of this grant; its open uploads include this one
   * @return whether there was enough room
   */
  Room granted(GrantTerms terms, Optional<String> uploadId, Instant dueAt, Quota quota);

  /**
   * Returns whether there is enough room now, without a reservation.
   *
   * @param terms the terms of a grant that is not yet remembered
   * @param quota the limits of that grant
   * @return the room at this moment
   */
  Room room(GrantTerms terms, Quota quota);

  /**
   * Counts the bytes of a stored object, in place of the reservation of its grant and of the object
   * that it replaced. The quota may be exceeded, because the object exists. A repeated call for the
   * same event changes nothing.
   *
   * @param terms the terms of the grant that stored the object
   * @param eventId the id of the event that reports it
   * @param bytes the size of the object
   * @param replaceable whether another upload under the same grant can replace the object; then the
   *     rest of the reservation remains until the grant has ended
   */
  void stored(GrantTerms terms, String eventId, long bytes, boolean replaceable);

  /**
   * Makes an open grant due, because the client gave up its upload in parts, which is not open any
   * more. Unknown and closed grants are ignored.
   *
   * @param grantId the id of the grant
   * @param now when the sweep looks at the object
   */
  void givenUp(UUID grantId, Instant now);

  /**
   * Gives back the bytes of an object that the application deleted. Unknown objects are ignored.
   *
   * @param bucket the name of the bucket
   * @param key the object
   */
  void deleted(String bucket, ObjectKey key);

  @Override
  default QuotaLedger observed(Consumer<GrantEnd> listener) {
    return new ObservedQuotaLedger(this, Objects.requireNonNull(listener, "listener"));
  }
}
