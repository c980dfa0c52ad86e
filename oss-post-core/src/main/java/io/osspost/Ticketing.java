package io.osspost;

import io.osspost.Enforcement.Setting;
import io.osspost.callback.CallbackParameter;
import io.osspost.callback.CallbackRefusedException;
import io.osspost.callback.UploadTickets;
import io.osspost.callback.UploadTickets.Terms;
import io.osspost.object.ObjectKey;
import io.osspost.profile.Caller;
import io.osspost.profile.PlannedUpload;
import io.osspost.profile.UploadProfile;
import io.osspost.profile.UploadRefusedException;
import io.osspost.profile.UploadRefusedException.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Fixes the terms of a grant and writes them into its ticket. A retry gets exactly the terms of the
 * earlier grant. Thread-safe.
 */
final class Ticketing {
  /** A retry is accepted this long after the first grant would have expired. */
  static final Duration RETRY_BOUND = Duration.ofHours(1);

  private final UploadTickets tickets;
  private final @Nullable CallbackParameter callback;
  private final boolean mark;
  private final Predicate<UUID> reported;

  Ticketing(
      UploadTickets tickets,
      @Nullable CallbackParameter callback,
      boolean mark,
      Predicate<UUID> reported) {
    this.tickets = tickets;
    this.callback = callback;
    this.mark = mark;
    this.reported = reported;
  }

  /**
   * A grant's ticket, and the value of its field {@code callback} if OSS calls back.
   *
   * @param callback the callback parameter in Base64, with the ticket in it
   * @param mark the value of the object's header {@link UploadTickets#MARK}
   */
  record Ticketed(String ticket, Optional<String> callback, Optional<String> mark) {}

  /** An admitted upload and the terms of its grant, whose end is not known yet. */
  record Admitted(PlannedUpload.Admitted upload, Terms terms) {}

  /** Whether objects are marked in grants that can carry the mark. */
  boolean marks() {
    return mark;
  }

  /** Writes the ticket of a grant until {@code expiresAt}. */
  Ticketed issue(Terms terms, Instant expiresAt) {
    String ticket;
    try {
      ticket = tickets.issue(terms.until(expiresAt));
    } catch (IllegalArgumentException e) {
      throw new UploadRefusedException(
          Reason.NOT_ALLOWED,
          "Your name is too long to be granted an upload.",
          "Log in under a shorter one, or ask the operator for a shorter directory.");
    }
    return new Ticketed(
        ticket,
        terms.callback() && callback != null
            ? Optional.of(callback.value(ticket))
            : Optional.empty(),
        terms.mark() ? Optional.of(terms.grantId().toString()) : Optional.empty());
  }

  /**
   * Fixes the terms of an admitted upload; if {@code planned} shows a ticket, those of that ticket.
   *
   * @throws UploadRefusedException if the ticket is not of a grant with the same terms
   */
  Admitted admit(
      Enforcement row,
      UploadProfile profile,
      String bucket,
      Caller caller,
      PlannedUpload planned,
      Instant now) {
    PlannedUpload.Admitted upload = profile.admit(caller, planned, now);
    Terms terms =
        new Terms(
            UUID.randomUUID(),
            row.kind().code(),
            row.format(),
            profile.name(),
            bucket,
            upload.prefix(),
            upload.key(),
            upload.type(),
            upload.size().orElse(profile.minSize()),
            upload.size().orElse(profile.maxSize()),
            upload.forbidOverwrite() && row.carries(Setting.OVERWRITE),
            callback != null && profile.callback() && row.carries(Setting.CALLBACK),
            mark && row.carries(Setting.MARK),
            caller,
            now,
            now);
    Optional<String> shown = planned.retry();
    return shown.isEmpty()
        ? new Admitted(upload, terms)
        : repeat(shown.get(), upload, terms, profile, now);
  }

  private Admitted repeat(
      String ticket,
      PlannedUpload.Admitted upload,
      Terms today,
      UploadProfile profile,
      Instant now) {
    Terms first;
    try {
      first = tickets.verify(ticket, now);
    } catch (CallbackRefusedException e) {
      throw refused("The ticket is invalid or too old.");
    }
    ObjectKey key =
        first.key().orElseThrow(() -> refused("The ticket is of a grant without a file name."));
    if (now.isAfter(first.firstGrantedAt().plus(profile.validity()).plus(RETRY_BOUND))) {
      throw refused("The first grant of this file is too long ago.");
    }
    if (!today.kind().equals(first.kind()) || !today.format().equals(first.format())) {
      throw refused("The ticket is of a grant in another format.");
    }
    if (!today.repeating(first).equals(first)
        || !profile.hasDirectory(first.caller(), first.prefix())) {
      throw refused("The ticket is of another caller, profile or file.");
    }
    if (reported.test(first.grantId())) {
      throw new UploadRefusedException(
          Reason.ALREADY_UPLOADED,
          "The file of this ticket was uploaded already.",
          "Leave 'retry' out to upload another one.");
    }
    return new Admitted(upload.named(first.prefix(), key), first);
  }

  private static UploadRefusedException refused(String fact) {
    return new UploadRefusedException(
        Reason.BAD_PARAMETER, fact, "Leave 'retry' out to have the file granted anew.");
  }
}
