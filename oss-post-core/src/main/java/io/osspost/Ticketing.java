package io.osspost;

import io.osspost.callback.CallbackParameter;
import io.osspost.callback.CallbackRefusedException;
import io.osspost.callback.UploadTickets;
import io.osspost.object.ObjectKey;
import io.osspost.profile.AdmittedUpload;
import io.osspost.profile.Caller;
import io.osspost.profile.PlannedUpload;
import io.osspost.profile.UploadProfile;
import io.osspost.profile.UploadRefusedException;
import io.osspost.profile.UploadRefusedException.Reason;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Gives every grant a ticket: what OSS's callback brings back, and what a client shows to have the
 * same object granted again. Thread-safe.
 */
final class Ticketing {
  private final UploadTickets tickets;
  private final @Nullable CallbackParameter callback;

  Ticketing(UploadTickets tickets, @Nullable CallbackParameter callback) {
    this.tickets = tickets;
    this.callback = callback;
  }

  /**
   * A grant's ticket, and the value of its field {@code callback} where OSS shall call.
   *
   * @param callback Base64 of the callback's parameter, with the ticket in it
   */
  record Ticketed(String ticket, Optional<String> callback) {}

  /** What an earlier grant was for, and the number it had. */
  record Earlier(UUID grantId, AdmittedUpload upload) {}

  Ticketed issue(
      UUID grantId,
      String bucket,
      UploadProfile profile,
      AdmittedUpload upload,
      Caller caller,
      Instant expiresAt) {
    String ticket =
        tickets.issue(
            new UploadTickets.Terms(
                grantId,
                bucket,
                upload.prefix(),
                upload.key(),
                upload.size().orElse(profile.minSize()),
                upload.size().orElse(profile.maxSize()),
                caller,
                expiresAt));
    return new Ticketed(ticket, Optional.ofNullable(callback).map(field -> field.value(ticket)));
  }

  /**
   * The same object once more, if {@code planned} shows the ticket of a grant that {@code caller}
   * had for it; otherwise what was admitted now.
   */
  Earlier again(
      PlannedUpload planned,
      AdmittedUpload admitted,
      String bucket,
      UploadProfile profile,
      Caller caller,
      Instant now) {
    Optional<String> shown = planned.retry();
    if (shown.isEmpty()) {
      return new Earlier(UUID.randomUUID(), admitted);
    }
    UploadTickets.Terms terms;
    try {
      terms = tickets.verify(shown.get(), now);
    } catch (CallbackRefusedException e) {
      throw refused("The ticket is not one of ours, or too old.");
    }
    ObjectKey key =
        terms.key().orElseThrow(() -> refused("The ticket is of a grant without a file name."));
    boolean same =
        terms.bucket().equals(bucket)
            && terms.caller().principal().equals(caller.principal())
            && terms.minSize() == admitted.size().orElse(profile.minSize())
            && terms.maxSize() == admitted.size().orElse(profile.maxSize());
    if (!same) {
      throw refused("The ticket is of another caller, profile or file.");
    }
    return new Earlier(terms.grantId(), admitted.named(terms.prefix(), key));
  }

  private static UploadRefusedException refused(String fact) {
    return new UploadRefusedException(
        Reason.BAD_PARAMETER, fact, "Leave 'retry' out to have the file granted anew.");
  }
}
