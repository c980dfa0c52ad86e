package io.osspost.callback;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.osspost.callback.CallbackRefusedException.Reason;
import io.osspost.client.Head;
import io.osspost.ledger.QuotaLedger;
import io.osspost.ledger.StoreUnavailableException;
import io.osspost.ledger.UploadLedger;
import io.osspost.object.ObjectKey;
import io.osspost.ticket.GrantTerms;
import io.osspost.ticket.UploadTickets;
import io.osspost.wire.Digests;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Tells the listener of each stored upload once, no matter how often and from where the server
 * hears of it: from OSS's callback, from the page, or because it completed the upload itself. The
 * one class that removes duplicates. Thread-safe.
 */
public final class UploadReports {
  private static final Logger LOG = System.getLogger(UploadReports.class.getName());

  private static final String MULTIPART = "multipart";

  private final UploadTickets tickets;
  private final UploadListener listener;
  private final CallbackMemory memory;
  private final ListenerTransaction transaction;
  private final @Nullable UploadLedger ledger;
  private final Predicate<String> counted;

  /**
   * Creates reports.
   *
   * @param tickets the tickets of the grants; an event is remembered as long as they are accepted
   * @param listener called once for every upload
   * @param memory a memory that all servers share, if there are several
   */
  public UploadReports(UploadTickets tickets, UploadListener listener, CallbackMemory memory) {
    this(tickets, listener, memory, ListenerTransaction.none(), null, profile -> false);
  }

  private UploadReports(
      UploadTickets tickets,
      UploadListener listener,
      CallbackMemory memory,
      ListenerTransaction transaction,
      @Nullable UploadLedger ledger,
      Predicate<String> counted) {
    this.tickets = Objects.requireNonNull(tickets, "tickets");
    this.listener = Objects.requireNonNull(listener, "listener");
    this.memory = Objects.requireNonNull(memory, "memory");
    this.transaction = Objects.requireNonNull(transaction, "transaction");
    this.ledger = ledger;
    this.counted = Objects.requireNonNull(counted, "counted");
  }

  /**
   * Returns the same reports, whose listener runs in a transaction. Defaults to none.
   *
   * @param transaction also commits the change of the memory
   * @return a copy
   */
  public UploadReports inTransaction(ListenerTransaction transaction) {
    return new UploadReports(tickets, listener, memory, transaction, ledger, counted);
  }

  /**
   * Returns the same reports, which also note reported grants in a ledger. Defaults to none.
   *
   * @param ledger the ledger of the grants
   * @return a copy
   */
  public UploadReports ledger(UploadLedger ledger) {
    return new UploadReports(
        tickets, listener, memory, transaction, Objects.requireNonNull(ledger, "ledger"), counted);
  }

  /**
   * Returns the same reports, which count the bytes of the objects of some profiles, if the ledger
   * is a {@link QuotaLedger}. Defaults to none.
   *
   * @param counted returns whether the profile with that name has a quota
   * @return a copy
   */
  public UploadReports counting(Predicate<String> counted) {
    return new UploadReports(tickets, listener, memory, transaction, ledger, counted);
  }

  /** Reports an object that the server has looked at. Its mark has been checked. */
  CallbackOutcome stored(GrantTerms terms, ObjectKey key, Head.Found head, ReportSource source) {
    ReportedObject object = ReportedObject.ofHead(key, head, Confirmation.CONFIRMED, terms);
    return report(
        terms, object, source, Optional.empty(), Optional.empty(), Collections.emptyMap());
  }

  /**
   * Reports an object that OSS completed for this server, which may not look at it. Exceptions of
   * the listener are not caught.
   *
   * @param terms the terms that the upload was granted with
   * @param key the object
   * @param etag without quotes
   * @param crc64 in decimal digits, if it is known
   * @return the upload, and whether the listener received it now
   * @throws CallbackRefusedException if another call works on the same event
   */
  public CallbackOutcome completed(
      GrantTerms terms, ObjectKey key, String etag, Optional<String> crc64) {
    ReportedObject object =
        new ReportedObject(
            key,
            terms.maxSize(),
            terms.type(),
            etag,
            crc64,
            Confirmation.UNCONFIRMED,
            "object " + etag);
    return report(
        terms,
        object,
        ReportSource.COMPLETION,
        Optional.empty(),
        Optional.empty(),
        Collections.emptyMap());
  }

  CallbackOutcome report(
      GrantTerms terms,
      ReportedObject stored,
      ReportSource source,
      Optional<UploadedImage> image,
      Optional<String> requestId,
      Map<String, String> variables) {
    UploadedObject object =
        new UploadedObject(
            eventId(terms, stored),
            stored.confirmation(),
            source,
            terms.grantId(),
            terms.caller(),
            terms.profileId(),
            terms.bucket(),
            stored.key(),
            stored.size(),
            stored.type(),
            stored.etag(),
            stored.crc64(),
            image,
            requestId,
            terms.profile(),
            terms.filename(),
            terms.vars().values(),
            variables);
    count(terms, object);
    return switch (claim(terms, object)) {
      case CLAIMED -> {
        Optional<String> answer = tell(object);
        noteReported(terms);
        yield new CallbackOutcome(object, true, answer);
      }
      case DONE -> new CallbackOutcome(object, false, answerOf(object));
      case IN_PROGRESS ->
          throw new CallbackRefusedException(
              Reason.IN_PROGRESS,
              "The listener is still working on this upload.",
              "Make the listener return sooner: OSS waits 5 seconds.");
    };
  }

  /**
   * Counts the bytes of the object before the event is claimed, because the object exists even if
   * the listener fails.
   */
  private void count(GrantTerms terms, UploadedObject object) {
    boolean configured = terms.profileId().isEmpty();
    if (configured && ledger instanceof QuotaLedger quotas && counted.test(terms.profile())) {
      try {
        quotas.stored(terms, object.eventId(), object.size(), isReplaceable(terms));
      } catch (StoreUnavailableException e) {
        throw unavailable(e);
      }
    }
  }

  private CallbackMemory.State claim(GrantTerms terms, UploadedObject object) {
    try {
      return memory.claim(terms.grantId(), object.eventId(), lastReport(terms));
    } catch (StoreUnavailableException e) {
      throw unavailable(e);
    }
  }

  private static CallbackRefusedException unavailable(StoreUnavailableException e) {
    return new CallbackRefusedException(
        Reason.STORE_UNAVAILABLE,
        "The memory of reported uploads does not answer: " + e.getMessage(),
        "The upload is reported when a source repeats it.");
  }

  private static boolean isReplaceable(GrantTerms terms) {
    return !terms.forbidOverwrite() && !terms.kind().equals(MULTIPART);
  }

  /**
   * Returns the last instant at which the upload can be reported: a retry gets a later ticket, up
   * to an hour after the end of the first grant.
   */
  private Instant lastReport(GrantTerms terms) {
    Duration life = Duration.between(terms.firstGrantedAt(), terms.expiresAt());
    return tickets.lastUse(terms).plus(life).plus(Duration.ofHours(1));
  }

  /** Calls the listener and marks the event as done, and has the answer afterwards. */
  private final class Delivery implements Runnable {
    private final UploadedObject object;
    private Optional<String> answer = Optional.empty();

    Delivery(UploadedObject object) {
      this.object = object;
    }

    @Override
    public void run() {
      answer = listener.answer(object).json();
      memory.done(object.grantId(), object.eventId(), answer);
    }
  }

  private Optional<String> tell(UploadedObject object) {
    Delivery delivery = new Delivery(object);
    boolean succeeded = false;
    try {
      transaction.run(delivery);
      succeeded = true;
      return delivery.answer;
    } finally {
      if (!succeeded) {
        release(object);
      }
    }
  }

  private Optional<String> answerOf(UploadedObject object) {
    try {
      return memory.answer(object.grantId(), object.eventId());
    } catch (StoreUnavailableException e) {
      throw unavailable(e);
    }
  }

  /** Does not hide the listener's exception: an event that is not released can be claimed later. */
  private void release(UploadedObject object) {
    try {
      memory.release(object.grantId(), object.eventId());
    } catch (StoreUnavailableException e) {
      LOG.log(Level.WARNING, "An upload is reported again later: {0}", e.getMessage());
    }
  }

  /** A grant that stays open is looked at by the sweep, which finds that the event is done. */
  private void noteReported(GrantTerms terms) {
    if (ledger == null || !terms.mark() || terms.key().isEmpty()) {
      return;
    }
    try {
      ledger.reported(terms, isReplaceable(terms));
    } catch (StoreUnavailableException e) {
      LOG.log(Level.WARNING, "A reported upload remains open in the ledger: {0}", e.getMessage());
    }
  }

  /**
   * Returns the id of the event: at most 100 ASCII characters, even if the object's name is longer.
   */
  private static String eventId(GrantTerms terms, ReportedObject object) {
    // A grant of parts makes one object, which may be looked at before and after a change.
    String version = terms.kind().equals(MULTIPART) ? "completed" : object.identity();
    String identity = terms.bucket() + "\n" + object.key().value() + "\n" + version;
    return terms.grantId()
        + "/"
        + Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(Digests.sha256(identity.getBytes(UTF_8)));
  }
}
