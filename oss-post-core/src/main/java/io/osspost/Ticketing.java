package io.osspost;

import io.osspost.Enforcement.Setting;
import io.osspost.admission.AdmittedUpload;
import io.osspost.object.BucketRef;
import io.osspost.profile.Caller;
import io.osspost.profile.UploadProfile;
import io.osspost.profile.UploadRefusedException;
import io.osspost.profile.UploadRefusedException.Reason;
import io.osspost.ticket.CallbackParameter;
import io.osspost.ticket.GrantTerms;
import io.osspost.ticket.MultipartUpload;
import io.osspost.ticket.UploadTickets;
import io.osspost.wire.JsonText;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Determines the terms of a grant and writes them into its ticket. Thread-safe. */
final class Ticketing {
  /** The bytes of an upload id and a part size in a ticket. */
  private static final int MULTIPART_BYTES = 2 + MultipartUpload.LONGEST_ID + 2 + 19;

  private final UploadTickets tickets;
  private final @Nullable CallbackParameter callback;
  private final boolean mark;
  private final boolean pagesConfirm;

  Ticketing(
      UploadTickets tickets,
      @Nullable CallbackParameter callback,
      boolean mark,
      boolean pagesConfirm) {
    this.tickets = tickets;
    this.callback = callback;
    this.mark = mark;
    this.pagesConfirm = pagesConfirm;
  }

  /**
   * A grant's ticket, and the value of its field {@code callback} if OSS calls back.
   *
   * @param callback the callback parameter in Base64, with the ticket in it
   * @param mark the value of the object's header {@link UploadTickets#MARK}
   * @param confirm whether the page confirms the upload
   * @param recorded whether the application also hears of the upload if the page cannot confirm it
   */
  record IssuedTicket(
      String ticket,
      Optional<String> callback,
      Optional<String> mark,
      boolean confirm,
      boolean recorded) {
    /** Returns the same ticket; if the grant is recorded, the sweep can report its upload. */
    IssuedTicket recorded(boolean isRecorded) {
      return new IssuedTicket(ticket, callback, mark, confirm, isRecorded);
    }

    /** Writes the members of the response that concern the time after the upload. */
    void writeTo(JsonText json) {
      json.member("ticket", ticket);
      if (confirm && recorded) {
        json.member("confirm", "optional");
      } else if (confirm) {
        json.member("confirm", true);
      }
    }
  }

  /** Returns the terms of an admitted upload. Their expiration is set later. */
  GrantTerms terms(
      Enforcement enforcement,
      UploadProfile profile,
      BucketRef bucket,
      Caller caller,
      AdmittedUpload upload,
      Instant now) {
    GrantTerms terms =
        GrantTerms.builder(UUID.randomUUID(), bucket.name(), now)
            .kind(enforcement.kind().code(), enforcement.format())
            .profile(profile.name())
            .profileId(bucket.profile())
            .object(upload.prefix(), upload.key())
            .type(upload.type())
            .sizes(
                upload.size().orElse(profile.minSize()),
                upload.size().orElse(SingleRequest.maxSize(profile)))
            .forbidOverwrite(upload.forbidOverwrite() && enforcement.carries(Setting.OVERWRITE))
            .callback(
                callback != null && profile.callback() && enforcement.carries(Setting.CALLBACK))
            .mark(mark && enforcement.carries(Setting.MARK))
            .caller(caller)
            .filename(upload.filename())
            .vars(upload.vars())
            .build();
    return tickets.fit(terms, enforcement == Enforcement.MULTIPART ? MULTIPART_BYTES : 0);
  }

  /**
   * Returns the tickets of one profile, whose callback may ask for the size of images.
   *
   * @throws IllegalArgumentException if the callback has no room for that
   */
  Ticketing of(UploadProfile profile) {
    if (callback == null || !profile.imageInfo()) {
      return this;
    }
    try {
      return new Ticketing(tickets, callback.imageInfo(), mark, pagesConfirm);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "Profile '"
              + profile.name()
              + "' sets image-info, which makes the callback too long: "
              + e.getMessage()
              + " Or remove profiles."
              + profile.name()
              + ".image-info.",
          e);
    }
  }

  /**
   * Returns the callback of the objects that a client uploads with a token; empty without one. OSS
   * does not make the client send it.
   */
  Optional<CallbackParameter.Parts> callbackOfToken(
      UploadProfile profile,
      BucketRef bucket,
      Caller caller,
      String prefix,
      Instant now,
      Instant expiresAt) {
    if (callback == null || !profile.callback()) {
      return Optional.empty();
    }
    GrantTerms terms =
        GrantTerms.builder(UUID.randomUUID(), bucket.name(), now)
            .kind(Enforcement.TOKEN.kind().code(), Enforcement.TOKEN.format())
            .profile(profile.name())
            .profileId(bucket.profile())
            .object(prefix, Optional.empty())
            .sizes(profile.minSize(), profile.maxSize())
            .callback(true)
            .caller(caller)
            .expiresAt(expiresAt)
            .build();
    return Optional.of(callback.parts(issue(terms, profile, expiresAt).ticket()));
  }

  /**
   * Writes a ticket and its callback, to find out whether they are too long.
   *
   * @throws IllegalArgumentException if one is
   */
  void issueLongest(GrantTerms terms) {
    String ticket = tickets.issue(terms);
    if (callback != null) {
      callback.value(ticket);
    }
  }

  /**
   * Writes a ticket of parts, to find out whether it is too long.
   *
   * @throws IllegalArgumentException if it is
   */
  void issueLongest(MultipartUpload upload) {
    tickets.issue(upload);
  }

  /** Writes the ticket of a grant of that profile, which expires at {@code expiresAt}. */
  IssuedTicket issue(GrantTerms terms, UploadProfile profile, Instant expiresAt) {
    String ticket;
    try {
      ticket = tickets.issue(terms.until(expiresAt));
    } catch (IllegalArgumentException e) {
      throw new UploadRefusedException(
          Reason.NOT_ALLOWED,
          "Your user name is too long for a grant.",
          "Log in with a shorter name, or ask the operator to shorten the directory.");
    }
    Optional<String> value =
        terms.callback() && callback != null
            ? Optional.of(callback.value(ticket))
            : Optional.empty();
    return new IssuedTicket(
        ticket,
        value,
        terms.mark() ? Optional.of(terms.grantId().toString()) : Optional.empty(),
        value.isEmpty() && isConfirmedByPage(terms, profile),
        false);
  }

  /** Returns whether the endpoint of confirmations accepts uploads of the grant. */
  private boolean isConfirmedByPage(GrantTerms terms, UploadProfile profile) {
    return pagesConfirm && profile.callback() && terms.mark() && terms.key().isPresent();
  }
}
