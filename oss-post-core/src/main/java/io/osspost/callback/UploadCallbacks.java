package io.osspost.callback;

import io.osspost.callback.CallbackRefusedException.Reason;
import io.osspost.client.Head;
import io.osspost.client.ObjectHeadClient;
import io.osspost.credentials.OssCredentialsProvider;
import io.osspost.object.OssBucket;
import io.osspost.sign.ServerAccess;
import io.osspost.sign.SignatureVersion;
import io.osspost.ticket.CallbackVariable;
import io.osspost.ticket.GrantTerms;
import io.osspost.ticket.TicketRefusedException;
import io.osspost.ticket.UploadTickets;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.Collection;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Receives OSS's callbacks and reports granted uploads to a listener. Thread-safe.
 *
 * <p>A request is checked in this order: OSS's signature, the body, the ticket, the ticket's terms,
 * the object in the bucket, and the memory. Then the listener is called. Every upload that OSS
 * stored gives one event. A repeated callback gets the same response without an event.
 *
 * <p>OSS's signature proves that OSS made the call, for any of its customers. The ticket proves
 * that the upload was granted. {@link Builder#confirm} checks that the object exists.
 */
public final class UploadCallbacks implements AutoCloseable {
  private static final Logger LOG = System.getLogger(UploadCallbacks.class.getName());

  private final UploadTickets tickets;
  private final UploadReports reports;
  private final CallbackVerifier verifier;
  private final Clock clock;
  private final ConfirmMode confirm;
  private final @Nullable ObjectHeadClient heads;
  private final AtomicBoolean warnedOfPermission = new AtomicBoolean();

  private UploadCallbacks(Builder builder) {
    this.tickets = builder.tickets;
    this.reports = builder.reports;
    this.verifier = builder.verifier;
    this.clock = builder.clock;
    this.confirm = builder.confirm;
    this.heads = builder.heads;
  }

  /**
   * Returns a builder of a receiver that accepts {@code tickets} and calls {@code listener}. It
   * remembers the last 100,000 events of this process.
   *
   * @param tickets tickets with the secret that the grants were made with
   * @param listener called once for every upload
   * @return a builder
   */
  public static Builder builder(UploadTickets tickets, UploadListener listener) {
    return builder(tickets, new UploadReports(tickets, listener, CallbackMemory.inProcess()));
  }

  /**
   * Returns a builder of a receiver whose uploads are reported with those of other sources.
   *
   * @param tickets tickets with the secret that the grants were made with
   * @param reports the only way to the listener
   * @return a builder
   */
  public static Builder builder(UploadTickets tickets, UploadReports reports) {
    return new Builder(tickets, reports);
  }

  /**
   * Receives one callback. Exceptions of the listener are not caught.
   *
   * @param request the callback as received
   * @return the upload, and whether the listener received it now
   * @throws CallbackRefusedException if OSS did not send it, or it does not report a granted upload
   */
  public CallbackOutcome receive(CallbackRequest request) {
    CallbackBody body = CallbackBody.read(verifier.verify(request));
    String ticket =
        body.ticket()
            .orElseThrow(
                () ->
                    new CallbackRefusedException(
                        Reason.TICKET_MISSING,
                        "The body contains no ticket.",
                        "Every grant needs a ticket. Use another URL for callbacks of other"
                            + " systems."));
    GrantTerms terms = terms(ticket);
    ReportedObject stored = confirmed(ReportedObject.ofBody(terms, body), terms);
    return reports.report(
        terms,
        stored,
        ReportSource.CALLBACK,
        body.image(),
        body.text(CallbackVariable.REQUEST_ID),
        body.others());
  }

  private GrantTerms terms(String ticket) {
    try {
      return tickets.verify(ticket, clock.instant());
    } catch (TicketRefusedException e) {
      Reason reason =
          switch (e.reason()) {
            case FORGED -> Reason.TICKET_FORGED;
            case EXPIRED -> Reason.TICKET_EXPIRED;
          };
      throw new CallbackRefusedException(reason, e.fact(), e.fix());
    }
  }

  /** Cancels the requests to OSS that are in progress. */
  @Override
  public void close() {
    if (heads != null) {
      heads.close();
    }
  }

  private ReportedObject confirmed(ReportedObject object, GrantTerms terms) {
    if (heads == null) {
      return object;
    }
    Head head = heads.head(terms.bucketRef(), object.key());
    if (head instanceof Head.Found found) {
      return object.confirmedBy(found, terms);
    }
    if (head instanceof Head.Absent) {
      throw new CallbackRefusedException(
          Reason.NOT_STORED,
          "The bucket has no object of that name.",
          "If the application deletes uploads immediately, set callback.confirm to off.");
    }
    if (head instanceof Head.Unavailable unavailable) {
      throw new CallbackRefusedException(
          Reason.NOT_CONFIRMED,
          "The object could not be confirmed: " + unavailable.reason() + ".",
          "Check that this server reaches OSS (server-endpoint), or set callback.confirm to off.");
    }
    if (head instanceof Head.UnknownBucket) {
      return ofUnknownBucket(object, terms);
    }
    if (confirm == ConfirmMode.REQUIRED) {
      throw new CallbackRefusedException(
          Reason.NOT_CONFIRMED,
          "The object could not be confirmed: the credentials do not permit oss:GetObject.",
          "Permit it for the directories of the profiles, or set callback.confirm to off.");
    }
    if (warnedOfPermission.compareAndSet(false, true)) {
      LOG.log(
          Level.WARNING,
          "Uploads are reported unconfirmed: the credentials do not permit oss:GetObject. Permit it"
              + " for the directories of the profiles, or set callback.confirm to off.");
    }
    return object;
  }

  /** Returns the object unconfirmed, because the bucket of its profile changed since the grant. */
  private ReportedObject ofUnknownBucket(ReportedObject object, GrantTerms terms) {
    if (confirm == ConfirmMode.REQUIRED) {
      throw new CallbackRefusedException(
          Reason.NOT_CONFIRMED,
          "The object could not be confirmed: no profile has bucket '"
              + terms.bucket()
              + "' any more.",
          "Keep a profile with that bucket until its uploads are reported, or set callback.confirm"
              + " to auto.");
    }
    LOG.log(
        Level.WARNING,
        "An upload is reported unconfirmed: no profile has bucket {0} any more.",
        terms.bucket());
    return object;
  }

  /** Collects the settings of a receiver. Not thread-safe. */
  public static final class Builder {
    private final UploadTickets tickets;
    private final UploadReports reports;
    private CallbackVerifier verifier = CallbackVerifier.builder().build();
    private Clock clock = Clock.systemUTC();
    private ConfirmMode confirm = ConfirmMode.OFF;
    private @Nullable ObjectHeadClient heads;

    private Builder(UploadTickets tickets, UploadReports reports) {
      this.tickets = Objects.requireNonNull(tickets, "tickets");
      this.reports = Objects.requireNonNull(reports, "reports");
    }

    /**
     * Sets the verifier of OSS's signature. Defaults to one with the key that OSS publishes.
     *
     * @param verifier a verifier with the key of your cloud
     * @return this builder
     */
    public Builder verifier(CallbackVerifier verifier) {
      this.verifier = Objects.requireNonNull(verifier, "verifier");
      return this;
    }

    /**
     * Sets the clock that the expiration of tickets is compared with. Defaults to the system's
     * clock.
     *
     * @param clock read once per callback
     * @return this builder
     */
    public Builder clock(Clock clock) {
      this.clock = Objects.requireNonNull(clock, "clock");
      return this;
    }

    /**
     * Sets how uploads are confirmed: by a {@code HEAD} of the object, whose size, type and ETag
     * the event then has. Defaults to {@code OFF}.
     *
     * @param confirm whether confirmation is required
     * @param credentials sign the {@code HEAD}, which needs {@code oss:GetObject}; not closed here
     * @param buckets all buckets of the grants, at addresses that this server reaches
     * @param version the signature version that their cloud accepts
     * @return this builder
     */
    public Builder confirm(
        ConfirmMode confirm,
        OssCredentialsProvider credentials,
        Collection<OssBucket> buckets,
        SignatureVersion version) {
      return confirm(confirm, ServerAccess.of(credentials, buckets, version));
    }

    /**
     * Sets how uploads are confirmed: by a {@code HEAD} of the object, whose size, type and ETag
     * the event then has. Defaults to {@code OFF}.
     *
     * @param confirm whether confirmation is required
     * @param access signs the {@code HEAD}, which needs {@code oss:GetObject}
     * @return this builder
     */
    public Builder confirm(ConfirmMode confirm, ServerAccess access) {
      this.confirm = Objects.requireNonNull(confirm, "confirm");
      this.heads = confirm == ConfirmMode.OFF ? null : new ObjectHeadClient(access);
      return this;
    }

    /** {@return the receiver} */
    public UploadCallbacks build() {
      return new UploadCallbacks(this);
    }
  }
}
