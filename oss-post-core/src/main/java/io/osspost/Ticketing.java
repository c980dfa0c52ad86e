package io.osspost;

import io.osspost.callback.CallbackParameter;
import io.osspost.callback.CallbackRefusedException;
import io.osspost.callback.UploadTickets;
import io.osspost.object.ObjectKey;
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

  /**
   * What is to be granted.
   *
   * @param earlierGrant the number of the grant this one repeats; empty when it repeats none
   */
  record Admitted(PlannedUpload.Admitted upload, Optional<UUID> earlierGrant) {}

  Ticketed issue(
      Admitted admitted, String bucket, UploadProfile profile, Caller caller, Instant expiresAt) {
    PlannedUpload.Admitted upload = admitted.upload();
    UploadTickets.Terms terms =
        new UploadTickets.Terms(
            admitted.earlierGrant().orElseGet(UUID::randomUUID),
            profile.name(),
            bucket,
            upload.prefix(),
            upload.key(),
            upload.type(),
            upload.size().orElse(profile.minSize()),
            upload.size().orElse(profile.maxSize()),
            caller,
            expiresAt);
    String ticket;
    try {
      ticket = tickets.issue(terms);
    } catch (IllegalArgumentException e) {
      throw new UploadRefusedException(
          Reason.NOT_ALLOWED,
          "Your name is too long to be granted an upload.",
          "Log in under a shorter one, or ask the operator for a shorter directory.");
    }
    return new Ticketed(ticket, Optional.ofNullable(callback).map(field -> field.value(ticket)));
  }

  /**
   * The same object once more, if {@code planned} shows the ticket of a grant that {@code caller}
   * had for it; otherwise what was admitted now.
   */
  Admitted again(
      PlannedUpload planned,
      PlannedUpload.Admitted admitted,
      String bucket,
      UploadProfile profile,
      Caller caller,
      Instant now) {
    Optional<String> shown = planned.retry();
    if (shown.isEmpty()) {
      return new Admitted(admitted, Optional.empty());
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
        terms.profile().equals(profile.name())
            && terms.bucket().equals(bucket)
            && terms.type().equals(admitted.type())
            && terms.caller().principal().equals(caller.principal())
            && terms.minSize() == admitted.size().orElse(profile.minSize())
            && terms.maxSize() == admitted.size().orElse(profile.maxSize());
    if (!same) {
      throw refused("The ticket is of another caller, profile or file.");
    }
    return new Admitted(admitted.named(terms.prefix(), key), Optional.of(terms.grantId()));
  }

  private static UploadRefusedException refused(String fact) {
    return new UploadRefusedException(
        Reason.BAD_PARAMETER, fact, "Leave 'retry' out to have the file granted anew.");
  }
}
