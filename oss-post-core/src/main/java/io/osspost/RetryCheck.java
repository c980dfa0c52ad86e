package io.osspost;

import io.osspost.admission.Admission;
import io.osspost.object.ObjectKey;
import io.osspost.profile.UploadRefusedException;
import io.osspost.profile.UploadRefusedException.Reason;
import io.osspost.ticket.GrantTerms;
import io.osspost.ticket.TicketRefusedException;
import io.osspost.ticket.UploadTickets;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * Verifies the ticket of a retry. A retry gets exactly the terms of the first grant. Thread-safe.
 */
final class RetryCheck {
  /** How long after the expiration of the first grant a retry is accepted. */
  static final Duration RETRY_LIMIT = Duration.ofHours(1);

  private final UploadTickets tickets;
  private final Predicate<UUID> reported;

  RetryCheck(UploadTickets tickets, Predicate<UUID> reported) {
    this.tickets = tickets;
    this.reported = reported;
  }

  /**
   * Verifies {@code ticket} and returns the terms of the first grant.
   *
   * @param current the terms that the upload would have without the ticket
   * @param validity the lifetime of a grant with these terms
   * @throws UploadRefusedException if the ticket is not for a grant with the same terms
   */
  GrantTerms verify(
      String ticket, GrantTerms current, Duration validity, Admission admission, Instant now) {
    GrantTerms first;
    try {
      first = tickets.verify(ticket, now);
    } catch (TicketRefusedException e) {
      throw refused("The ticket is invalid or too old.");
    }
    if (first.key().isEmpty()) {
      throw refused("The ticket is for a grant without a file name.");
    }
    if (now.isAfter(first.firstGrantedAt().plus(validity).plus(RETRY_LIMIT))) {
      throw refused("This file was first granted too long ago.");
    }
    if (!current.kind().equals(first.kind()) || !current.format().equals(first.format())) {
      throw refused("The ticket is for a grant of another kind or format.");
    }
    if (!current.bucketRef().equals(first.bucketRef())) {
      throw new UploadRefusedException(
          Reason.PROFILE_CHANGED,
          "The profile of this upload has changed.",
          "Omit 'retry' to request a new grant.");
    }
    if (!current.withIdentityOf(first).equals(first)
        || !admission.hasDirectory(first.caller(), first.prefix())) {
      throw refused("The ticket is for another caller, profile or file.");
    }
    if (reported.test(first.grantId())) {
      throw new UploadRefusedException(
          Reason.ALREADY_UPLOADED,
          "The file of this ticket has already been uploaded.",
          "Omit 'retry' to upload another file.");
    }
    return first;
  }

  /** Returns the object of terms that {@link #verify} returned. */
  static ObjectKey key(GrantTerms earlier) {
    return earlier.key().orElseThrow();
  }

  private static UploadRefusedException refused(String fact) {
    return new UploadRefusedException(
        Reason.BAD_PARAMETER, fact, "Omit 'retry' to request a new grant.");
  }
}
