package io.osspost;

import io.osspost.admission.Admission;
import io.osspost.object.ObjectKey;
import io.osspost.profile.UploadProfile;
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
 * Checks the ticket of a retry. A retry gets exactly the terms of the earlier grant. Thread-safe.
 */
final class RetryCheck {
  /** A retry is accepted this long after the first grant would have expired. */
  static final Duration BOUND = Duration.ofHours(1);

  private final UploadTickets tickets;
  private final Predicate<UUID> reported;

  RetryCheck(UploadTickets tickets, Predicate<UUID> reported) {
    this.tickets = tickets;
    this.reported = reported;
  }

  /**
   * Returns the terms of the earlier grant.
   *
   * @param today the terms that the upload would have as a first grant
   * @throws UploadRefusedException if the ticket is not of a grant with the same terms
   */
  GrantTerms earlier(
      String ticket, GrantTerms today, UploadProfile profile, Admission admission, Instant now) {
    GrantTerms first;
    try {
      first = tickets.verify(ticket, now);
    } catch (TicketRefusedException e) {
      throw refused("The ticket is invalid or too old.");
    }
    if (first.key().isEmpty()) {
      throw refused("The ticket is of a grant without a file name.");
    }
    if (now.isAfter(first.firstGrantedAt().plus(profile.validity()).plus(BOUND))) {
      throw refused("The first grant of this file is too long ago.");
    }
    if (!today.kind().equals(first.kind()) || !today.format().equals(first.format())) {
      throw refused("The ticket is of a grant in another format.");
    }
    if (!today.withIdentityOf(first).equals(first)
        || !admission.hasDirectory(first.caller(), first.prefix())) {
      throw refused("The ticket is of another caller, profile or file.");
    }
    if (reported.test(first.grantId())) {
      throw new UploadRefusedException(
          Reason.ALREADY_UPLOADED,
          "The file of this ticket was uploaded already.",
          "Omit 'retry' to upload another file.");
    }
    return first;
  }

  /** Returns the object of terms that {@link #earlier} returned. */
  static ObjectKey key(GrantTerms earlier) {
    return earlier.key().orElseThrow();
  }

  private static UploadRefusedException refused(String fact) {
    return new UploadRefusedException(
        Reason.BAD_PARAMETER, fact, "Omit 'retry' to request a new grant.");
  }
}
