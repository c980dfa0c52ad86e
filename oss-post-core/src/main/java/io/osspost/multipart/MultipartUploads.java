package io.osspost.multipart;

import io.osspost.MultipartTerms;
import io.osspost.OfferLease;
import io.osspost.UploadGrants;
import io.osspost.UploadOffer;
import io.osspost.callback.CallbackOutcome;
import io.osspost.callback.UploadConfirmation;
import io.osspost.callback.UploadReports;
import io.osspost.client.MultipartClient;
import io.osspost.client.OssRefusedException;
import io.osspost.client.OssUnreachableException;
import io.osspost.credentials.CredentialsUnavailableException;
import io.osspost.credentials.OssCredentialsProvider;
import io.osspost.ledger.GrantRecorder;
import io.osspost.ledger.StoreUnavailableException;
import io.osspost.object.OssBucket;
import io.osspost.profile.Caller;
import io.osspost.profile.PlannedUpload;
import io.osspost.profile.RequestView;
import io.osspost.profile.UploadProfile;
import io.osspost.profile.UploadRefusedException;
import io.osspost.profile.UploadRefusedException.Reason;
import io.osspost.sign.ObjectRequest;
import io.osspost.sign.PresignedUrl;
import io.osspost.sign.ServerAccess;
import io.osspost.sign.SignatureVersion;
import io.osspost.ticket.GrantTerms;
import io.osspost.ticket.MultipartUpload;
import io.osspost.ticket.TicketRefusedException;
import io.osspost.ticket.UploadTickets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Uploads of any size, in parts that the client sends to OSS and this server completes. A part is
 * nothing until the upload is completed, so OSS stores exactly the granted object, size and type.
 * Thread-safe.
 *
 * <p>The ticket contains everything that a later step needs. Any server with the same ticket secret
 * continues the upload.
 */
public final class MultipartUploads implements AutoCloseable {
  /** The largest number of URLs in one response. */
  public static final int MAX_WINDOW = 50;

  private static final int FIRST_WINDOW = 8;

  /** The number of parts that browsers send at once. */
  private static final int WORTHWHILE_PARTS = 4;

  private static final String LONG_UPLOAD_ID = "0".repeat(MultipartUpload.LONGEST_ID);

  private final UploadGrants grants;
  private final UploadTickets tickets;
  private final RequestView request;
  private final Clock clock;
  private final SignatureVersion version;
  private final Limits limits;
  private final GrantRecorder recorder;
  private final MultipartClient client;
  private final Completion completion;

  private MultipartUploads(Builder builder) {
    this.grants = builder.grants;
    this.tickets = builder.tickets;
    this.request = RequestView.none();
    this.clock = builder.clock == null ? builder.signing().clock() : builder.clock;
    this.version = builder.version;
    this.limits = builder.limits;
    this.recorder = builder.recorder;
    ServerAccess access =
        builder.access == null
            ? ServerAccess.of(builder.signing(), builder.serverBuckets, version)
            : builder.access;
    this.client = new MultipartClient(access);
    this.completion =
        new Completion(client, new UploadConfirmation(builder.reports, access), builder.reports);
  }

  private MultipartUploads(MultipartUploads all, RequestView request) {
    this.grants = all.grants;
    this.tickets = all.tickets;
    this.request = request;
    this.clock = all.clock;
    this.version = all.version;
    this.limits = all.limits;
    this.recorder = all.recorder;
    this.client = all.client;
    this.completion = all.completion;
  }

  /**
   * Returns a builder of uploads under {@code grants}.
   *
   * @param grants the grants of the profiles
   * @param tickets the tickets of the grants
   * @param reports the only way to the listener
   * @return a builder
   */
  public static Builder builder(UploadGrants grants, UploadTickets tickets, UploadReports reports) {
    return new Builder(grants, tickets, reports);
  }

  /**
   * Returns the same uploads for the steps of one request.
   *
   * @param request the request, from which the source of profiles recognizes the tenant
   * @return a copy with the same connections, not to be closed
   */
  public MultipartUploads of(RequestView request) {
    return new MultipartUploads(this, request);
  }

  /**
   * Starts an upload.
   *
   * @param offer the offer of the profile
   * @param caller the caller that uploads
   * @param planned the file as the client describes it, with its name and size
   * @return the upload and the URLs of its first parts, for that caller alone
   * @throws UploadRefusedException if the caller or the file is not allowed, or OSS does not answer
   * @throws CredentialsUnavailableException if there are no credentials to sign with
   * @throws StoreUnavailableException if grants must be recorded or counted, and the ledger does
   *     not answer
   */
  public MultipartGrant start(UploadOffer offer, Caller caller, PlannedUpload planned) {
    MultipartTerms admitted = offer.multipart(caller, planned);
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    GrantTerms terms = admitted.terms().until(now.plus(limits.life()));
    long partSize = PartSizes.of(terms.maxSize(), limits.partSize());
    requireTicket(new MultipartUpload(terms, LONG_UPLOAD_ID, partSize));
    recorder.requireRoom(terms, offer.profile().quota());
    String uploadId = initiate(terms, admitted.headers());
    MultipartUpload upload = new MultipartUpload(terms, uploadId, partSize);
    record(upload, offer.profile());
    List<Integer> first = new ArrayList<>();
    for (int number = 1; number <= Math.min(upload.partCount(), FIRST_WINDOW); number++) {
      first.add(number);
    }
    return new MultipartGrant(upload, tickets.issue(upload), sign(offer, upload, first, now));
  }

  /**
   * Returns the profile of an upload, whose roles a caller must have at every step.
   *
   * @param ticket the ticket of the upload
   * @param caller the caller of today's request
   * @return today's profile of that name
   * @throws UploadRefusedException if the ticket is invalid
   */
  public UploadProfile profileOf(String ticket, Caller caller) {
    try (Verified verified = verified(ticket, caller)) {
      return verified.offer().profile();
    }
  }

  /**
   * Signs URLs for some parts.
   *
   * @param ticket the ticket of the upload
   * @param caller the caller of today's request
   * @param numbers at most {@link #MAX_WINDOW} numbers of parts
   * @return one URL for each of them
   * @throws UploadRefusedException if the ticket or a number is invalid
   * @throws CredentialsUnavailableException if there are no credentials to sign with
   */
  public PartUrls sign(String ticket, Caller caller, Collection<Integer> numbers) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    try (Verified verified = running(ticket, caller, now)) {
      return sign(verified, numbers, now);
    }
  }

  private PartUrls sign(Verified verified, Collection<Integer> numbers, Instant now) {
    MultipartUpload upload = verified.upload();
    if (numbers.isEmpty() || numbers.size() > MAX_WINDOW) {
      throw badParts("Between 1 and " + MAX_WINDOW + " parts can be signed at once.");
    }
    for (int number : numbers) {
      if (number < 1 || number > upload.partCount()) {
        throw badParts("This upload has parts 1 to " + upload.partCount() + ".");
      }
    }
    return sign(verified.offer(), upload, numbers, now);
  }

  /**
   * Lists the parts that OSS has.
   *
   * @param ticket the ticket of the upload
   * @param caller the caller of today's request
   * @return the parts
   * @throws UploadRefusedException if the ticket is invalid, the upload has ended, or OSS does not
   *     answer
   */
  public StoredParts parts(String ticket, Caller caller) {
    try (Verified verified = running(ticket, caller, clock.instant())) {
      return parts(verified.upload());
    }
  }

  private StoredParts parts(MultipartUpload upload) {
    try {
      return completion.parts(upload);
    } catch (OssRefusedException e) {
      throw completion.ended(upload, e);
    } catch (OssUnreachableException e) {
      throw Completion.unavailable(e);
    }
  }

  /**
   * Completes the upload, and reports it once. May be repeated.
   *
   * @param ticket the ticket of the upload
   * @param caller the caller of today's request
   * @param crc64 the CRC-64 that the client computed, in decimal digits, or empty
   * @return the stored object, and the answer for the page
   * @throws UploadRefusedException if the ticket is invalid, parts are missing, the CRC-64 differs,
   *     or the upload has ended
   */
  public CallbackOutcome complete(String ticket, Caller caller, Optional<String> crc64) {
    try (Verified verified = verified(ticket, caller)) {
      return complete(verified, crc64);
    }
  }

  private CallbackOutcome complete(Verified verified, Optional<String> crc64) {
    GrantTerms terms = verified.upload().terms();
    Instant now = clock.instant();
    if (now.isAfter(tickets.lastUse(terms))) {
      throw expired();
    }
    if (!now.isBefore(terms.expiresAt())) {
      // OSS may have completed it in time, and only the answer was lost.
      return completion.completedBefore(verified.upload()).orElseThrow(MultipartUploads::expired);
    }
    return completion.complete(
        verified.upload(), verified.offer().multipartEnd(verified.upload().terms()), crc64);
  }

  /**
   * Discards the stored parts. May be repeated.
   *
   * @param ticket the ticket of the upload
   * @param caller the caller of today's request
   * @throws UploadRefusedException if the ticket is invalid, or the upload was completed
   */
  public void abort(String ticket, Caller caller) {
    Instant now = clock.instant();
    try (Verified verified = running(ticket, caller, now)) {
      completion.abort(verified.upload());
      recorder.givenUp(verified.upload().terms(), now);
    }
  }

  /**
   * {@return the size in bytes from which a browser saves time with parts: four of them} Below it,
   * one form is as fast and costs fewer requests.
   */
  public long worthwhileFrom() {
    return WORTHWHILE_PARTS * limits.partSize();
  }

  /** Cancels the requests to OSS that are in progress. */
  @Override
  public void close() {
    client.close();
    completion.close();
  }

  /** An upload whose ticket was checked, and the use of its offer. */
  private record Verified(MultipartUpload upload, OfferLease lease) implements AutoCloseable {
    UploadOffer offer() {
      return lease.offer();
    }

    @Override
    public void close() {
      lease.close();
    }
  }

  /** Returns the upload of a ticket that has not ended. */
  private Verified running(String ticket, Caller caller, Instant now) {
    Verified verified = verified(ticket, caller);
    if (!now.isBefore(verified.upload().terms().expiresAt())) {
      verified.close();
      throw expired();
    }
    return verified;
  }

  /** Returns the upload of a ticket that today's caller and profile still permit. */
  private Verified verified(String ticket, Caller caller) {
    MultipartUpload upload;
    try {
      upload = tickets.verifyMultipart(ticket);
    } catch (TicketRefusedException e) {
      throw new UploadRefusedException(
          Reason.TICKET_INVALID,
          "The ticket is not one of an upload in parts.",
          "Start the upload again.");
    }
    return new Verified(upload, grants.standing(upload.terms(), caller, request));
  }

  private static UploadRefusedException expired() {
    return new UploadRefusedException(
        Reason.TICKET_EXPIRED, "The time for this upload is over.", "Start the upload again.");
  }

  private String initiate(GrantTerms terms, Map<String, String> headers) {
    try {
      return client.initiate(terms.bucketRef(), terms.key().orElseThrow(), headers);
    } catch (OssRefusedException e) {
      throw Completion.refused(e, terms);
    } catch (OssUnreachableException e) {
      throw Completion.unavailable(e);
    }
  }

  /** Records the upload. If that fails, no client learns of the upload, so OSS discards it. */
  private void record(MultipartUpload upload, UploadProfile profile) {
    boolean recorded = false;
    try {
      recorder.granted(upload.terms(), Optional.of(upload.uploadId()), profile.quota());
      recorded = true;
    } finally {
      if (!recorded) {
        completion.discard(upload);
      }
    }
  }

  private void requireTicket(MultipartUpload longest) {
    try {
      tickets.issue(longest);
    } catch (IllegalArgumentException e) {
      throw new UploadRefusedException(
          Reason.NOT_ALLOWED,
          "Your user name is too long for an upload in parts.",
          "Log in with a shorter name, or ask the operator to shorten the directory.");
    }
  }

  private PartUrls sign(
      UploadOffer offer, MultipartUpload upload, Collection<Integer> numbers, Instant now) {
    Duration left = Duration.between(now, upload.terms().expiresAt());
    Duration validity = left.compareTo(limits.urlValidity()) < 0 ? left : limits.urlValidity();
    Function<ObjectRequest, PresignedUrl> signing = offer.signing(now, validity);
    Map<Integer, PresignedUrl> urls = new TreeMap<>();
    Instant end = now.plus(validity);
    for (int number : numbers) {
      ObjectRequest part = ObjectRequest.uploadPart(upload.key(), upload.uploadId(), number);
      if (limits.signLength() && version == SignatureVersion.V4) {
        part = part.header("Content-Length", Long.toString(upload.sizeOf(number)));
      }
      PresignedUrl url = signing.apply(part);
      urls.put(number, url);
      end = url.expiresAt();
    }
    return new PartUrls(urls, end);
  }

  private static UploadRefusedException badParts(String fact) {
    return new UploadRefusedException(
        Reason.BAD_PARAMETER, fact, "Send their numbers as 'parts', such as parts=1,2,3.");
  }

  /** Collects the settings of uploads in parts. Not thread-safe. */
  public static final class Builder {
    private final UploadGrants grants;
    private final UploadTickets tickets;
    private final UploadReports reports;
    private @Nullable OssCredentialsProvider credentials;
    private Collection<OssBucket> serverBuckets;
    private @Nullable ServerAccess access;
    private @Nullable Clock clock;
    private SignatureVersion version = SignatureVersion.V4;
    private Limits limits = Limits.DEFAULT;
    private GrantRecorder recorder = GrantRecorder.none();

    private Builder(UploadGrants grants, UploadTickets tickets, UploadReports reports) {
      this.grants = Objects.requireNonNull(grants, "grants");
      this.tickets = Objects.requireNonNull(tickets, "tickets");
      this.reports = Objects.requireNonNull(reports, "reports");
      this.serverBuckets = grants.offers().stream().map(UploadOffer::bucket).distinct().toList();
    }

    /**
     * Sets the credentials that sign. Defaults to those in the environment variables.
     *
     * @param credentials need {@code oss:PutObject}, {@code oss:ListParts}, {@code
     *     oss:AbortMultipartUpload} and {@code oss:GetObject}; not closed here
     * @return this builder
     */
    public Builder credentials(OssCredentialsProvider credentials) {
      this.credentials = Objects.requireNonNull(credentials, "credentials");
      return this;
    }

    /**
     * Sets the addresses at which this server reaches the buckets. Defaults to the addresses of the
     * browsers.
     *
     * @param buckets all buckets of the grants
     * @return this builder
     */
    public Builder serverBuckets(Collection<OssBucket> buckets) {
      this.serverBuckets = List.copyOf(buckets);
      return this;
    }

    /**
     * Sets the access of this server to the buckets. Defaults to the credentials and the addresses
     * that the other methods set.
     *
     * @param access of the same grants
     * @return this builder
     */
    public Builder serverAccess(ServerAccess access) {
      this.access = Objects.requireNonNull(access, "access");
      return this;
    }

    /**
     * Sets the clock of uploads and URLs. Defaults to that of the credentials.
     *
     * @param clock read once per step
     * @return this builder
     */
    public Builder clock(Clock clock) {
      this.clock = Objects.requireNonNull(clock, "clock");
      return this;
    }

    /**
     * Sets the signature version. Defaults to V4. V1 cannot sign the length of a part.
     *
     * @param version the version that the cloud accepts
     * @return this builder
     */
    public Builder signatureVersion(SignatureVersion version) {
      this.version = Objects.requireNonNull(version, "version");
      return this;
    }

    /**
     * Sets how long an upload may take, from its start to its completion. Defaults to 24 hours.
     *
     * @param life 1 minute to 7 days
     * @return this builder
     * @throws IllegalArgumentException if {@code life} is shorter or longer
     */
    public Builder life(Duration life) {
      limits = new Limits(life, limits.urlValidity(), limits.partSize(), limits.signLength());
      return this;
    }

    /**
     * Sets how long the URL of a part is valid. Defaults to 15 minutes. The client requests new
     * ones as it needs them.
     *
     * @param validity 1 minute to 7 days
     * @return this builder
     * @throws IllegalArgumentException if {@code validity} is shorter or longer
     */
    public Builder urlValidity(Duration validity) {
      limits = new Limits(limits.life(), validity, limits.partSize(), limits.signLength());
      return this;
    }

    /**
     * Sets the size of a part. Defaults to 8 MB. Files of more than 10,000 such parts get larger
     * ones.
     *
     * @param bytes 100 KB to 5 GB
     * @return this builder
     * @throws IllegalArgumentException if {@code bytes} is smaller or larger
     */
    public Builder partSize(long bytes) {
      limits = new Limits(limits.life(), limits.urlValidity(), bytes, limits.signLength());
      return this;
    }

    /**
     * Sets whether the URL of a part signs its exact length, so that OSS refuses a longer one.
     * Defaults to true.
     *
     * @param sign false for a cloud that does not support it
     * @return this builder
     */
    public Builder signLength(boolean sign) {
      limits = new Limits(limits.life(), limits.urlValidity(), limits.partSize(), sign);
      return this;
    }

    /**
     * Sets where uploads are recorded before their first URL is answered. Defaults to nowhere.
     *
     * @param recorder called once per upload
     * @return this builder
     */
    public Builder recorder(GrantRecorder recorder) {
      this.recorder = Objects.requireNonNull(recorder, "recorder");
      return this;
    }

    private OssCredentialsProvider signing() {
      if (credentials == null) {
        credentials = OssCredentialsProvider.environment();
      }
      return credentials;
    }

    /** {@return the uploads} */
    public MultipartUploads build() {
      return new MultipartUploads(this);
    }
  }
}
