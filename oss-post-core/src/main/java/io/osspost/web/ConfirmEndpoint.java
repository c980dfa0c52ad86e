package io.osspost.web;

import io.osspost.OfferLease;
import io.osspost.UploadGrants;
import io.osspost.callback.CallbackRefusedException;
import io.osspost.callback.UploadConfirmation;
import io.osspost.object.ObjectKey;
import io.osspost.profile.Caller;
import io.osspost.profile.UploadProfile;
import io.osspost.profile.UploadRefusedException;
import io.osspost.profile.UploadRefusedException.Reason;
import io.osspost.ticket.GrantTerms;
import io.osspost.ticket.TicketRefusedException;
import io.osspost.ticket.UploadTickets;
import java.lang.System.Logger;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The HTTP endpoint at which a page reports that its upload is done. The server does not trust the
 * page: it looks at the object, which must carry the mark of the grant.
 */
final class ConfirmEndpoint implements Path.Work {
  static final String PATH = "/oss_upload_confirm";

  private static final Logger LOG = System.getLogger(UploadEndpoints.class.getName());

  private final RefusalLog refusals = new RefusalLog(LOG, System::nanoTime, "Confirmation refused");

  /** The grants that are being looked at. One at a time, because each look is a request to OSS. */
  private final Set<UUID> running = ConcurrentHashMap.newKeySet();

  private final UploadGrants grants;
  private final Parts parts;

  private ConfirmEndpoint(UploadGrants grants, Parts parts) {
    this.grants = grants;
    this.parts = parts;
  }

  /** What an application brings to confirm uploads. */
  record Parts(UploadConfirmation confirmation, UploadTickets tickets, Clock clock) {
    ConfirmEndpoint of(UploadGrants grants) {
      return new ConfirmEndpoint(grants, this);
    }
  }

  @Override
  public WebResponse respond(WebRequest request, Caller caller, Attempt attempt) {
    RequestParameters parameters = RequestParameters.ofBody(request);
    GrantTerms terms = terms(parameters.ticket());
    attempt.profile(terms.profile());
    try (OfferLease lease = grants.standing(terms, caller, request)) {
      return respond(request, parameters, terms, lease.offer().profile());
    }
  }

  private WebResponse respond(
      WebRequest request, RequestParameters parameters, GrantTerms terms, UploadProfile profile) {
    UploadEndpoints.requireRole(profile, request);
    if (!profile.callback()) {
      throw new UploadRefusedException(
          Reason.GRANT_NOT_OFFERED,
          "Uploads of profile '" + profile.name() + "' are not reported.",
          "The operator can remove 'callback: false' from the profile.");
    }
    if (!terms.mark()) {
      throw new UploadRefusedException(
          Reason.GRANT_NOT_OFFERED,
          "Objects of this grant do not carry its id, so the server cannot recognize them.",
          "Request grants in format form, and leave 'mark' switched on.");
    }
    ObjectKey key = key(terms, parameters.single("key"));
    if (!running.add(terms.grantId())) {
      throw notConfirmed();
    }
    try {
      return parts
          .confirmation
          .confirm(terms, key)
          .map(outcome -> WebResponse.json(outcome.toDetailedJson()))
          .orElseThrow(ConfirmEndpoint::notStoredYet);
    } catch (CallbackRefusedException e) {
      refusals.refused(e.reason().code(), e.fact() + " " + e.fix());
      throw e.reason().isTemporary() ? notConfirmed() : otherObject(e);
    } finally {
      running.remove(terms.grantId());
    }
  }

  private GrantTerms terms(String ticket) {
    try {
      return parts.tickets.verify(ticket, parts.clock.instant());
    } catch (TicketRefusedException e) {
      refusals.refused("confirm-ticket", e.fact() + " " + e.fix());
      boolean expired = e.reason() == TicketRefusedException.Reason.EXPIRED;
      throw new UploadRefusedException(
          expired ? Reason.TICKET_EXPIRED : Reason.TICKET_INVALID,
          expired
              ? "The time to confirm this upload is over."
              : "The ticket is not one of a form or a URL.",
          "Upload the file again.");
    }
  }

  private static ObjectKey key(GrantTerms terms, Optional<String> sent) {
    Optional<ObjectKey> named;
    try {
      named = sent.map(ObjectKey::new);
    } catch (IllegalArgumentException e) {
      throw badKey("'key' is not the name of an object.");
    }
    ObjectKey key =
        terms
            .key()
            .or(() -> named)
            .orElseThrow(() -> badKey("The ticket is for a directory, but 'key' is missing."));
    if (!terms.admitsKey(named.orElse(key))) {
      throw badKey("The ticket is not for an object of that name.");
    }
    return key;
  }

  private static UploadRefusedException badKey(String fact) {
    return new UploadRefusedException(
        Reason.BAD_PARAMETER, fact, "Send the name of the uploaded object as 'key'.");
  }

  private static UploadRefusedException notStoredYet() {
    return new UploadRefusedException(
        Reason.NOT_STORED_YET,
        "The file is not stored, or not yet.",
        "Ask again in a moment, or upload it again.");
  }

  private static UploadRefusedException notConfirmed() {
    return new UploadRefusedException(
        Reason.NOT_CONFIRMED, "The server could not look at the file.", "Ask again in a moment.");
  }

  private static UploadRefusedException otherObject(CallbackRefusedException e) {
    return new UploadRefusedException(Reason.NOT_ALLOWED, e.fact(), "Upload the file again.");
  }
}
