package io.osspost;

import io.osspost.admission.Admission;
import io.osspost.admission.AdmittedUpload;
import io.osspost.credentials.CredentialsUnavailableException;
import io.osspost.credentials.OssCredentials;
import io.osspost.credentials.TokenScope;
import io.osspost.credentials.TokenVendor;
import io.osspost.ledger.StoreUnavailableException;
import io.osspost.object.BucketRef;
import io.osspost.object.ObjectKey;
import io.osspost.object.OssBucket;
import io.osspost.profile.Caller;
import io.osspost.profile.PlannedUpload;
import io.osspost.profile.UploadProfile;
import io.osspost.profile.UploadRefusedException;
import io.osspost.profile.UploadRefusedException.Reason;
import io.osspost.sign.ObjectRequest;
import io.osspost.sign.PresignedUrl;
import io.osspost.sign.SignatureVersion;
import io.osspost.sign.SignedPolicy;
import io.osspost.sign.UrlSigner;
import io.osspost.ticket.CallbackParameter;
import io.osspost.ticket.GrantTerms;
import io.osspost.ticket.UploadTickets;
import io.osspost.wire.MediaType;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * One profile and the grants that it gives. Thread-safe.
 *
 * <p>Reads the clock once per grant: the policy's expiration, the signature's date and the day of
 * its signing key come from the same instant.
 */
public final class UploadOffer {
  private final OfferSettings terms;
  private final GrantSources sources;
  private final UploadProfile profile;
  private final OssBucket bucket;
  private final Admission admission;
  private final Map<String, String> objectHeaders;
  private final Map<PostFormat, FormatParts> formats = new EnumMap<>(PostFormat.class);
  private final UrlSigner urls;
  private final DownloadLinks links;
  private final Ticketing ticketing;

  /** The parts that make the forms of one format. */
  private record FormatParts(
      Enforcement enforcement, PagePolicy policy, ResponseWriter writer, TemplateCache templates) {}

  UploadOffer(OfferSettings terms, GrantSources sources) {
    this.terms = terms;
    this.sources = sources;
    this.profile = terms.profile();
    this.bucket = profile.bucket().orElse(sources.bucket());
    this.admission = new Admission(profile);
    ProfileFields fields = ProfileFields.of(profile);
    this.objectHeaders = fields.headers();
    for (PostFormat format : PostFormat.values()) {
      PagePolicy policy = PagePolicy.of(format, profile, fields);
      ResponseWriter writer = ResponseWriter.of(format, profile, policy);
      TemplateCache templates =
          new TemplateCache(
              profile, bucket, policy, writer, format.signatureVersion(sources.signatureVersion()));
      formats.put(
          format, new FormatParts(Enforcement.of(format, profile), policy, writer, templates));
    }
    this.ticketing = sources.ticketing().of(profile);
    LongestTicket.require(terms, bucketRef(), admission, ticketing);
    this.urls = UrlSigner.of(bucket, sources.signatureVersion());
    this.links = new DownloadLinks(profile, urls);
  }

  /** {@return the profile} */
  public UploadProfile profile() {
    return profile;
  }

  /** {@return the bucket that uploads go to} */
  public OssBucket bucket() {
    return bucket;
  }

  /** {@return the kinds of grant that clients can request} */
  public Set<GrantKind> kinds() {
    return terms.kinds();
  }

  /** {@return the formats of forms that clients can request, the default first} */
  public List<PostFormat> postFormats() {
    return terms.postFormats();
  }

  /** {@return the formats of presigned PUTs that clients can request, the default first} */
  public List<PutFormat> putFormats() {
    return terms.putFormats();
  }

  /** {@return the maximum size in bytes of a file that is sent with one request, not in parts} */
  public long requestMaxSize() {
    return SingleRequest.maxSize(profile);
  }

  /**
   * Grants {@code caller} one upload by form.
   *
   * @param format the page that will send the form
   * @param caller the caller that uploads
   * @param planned the file as the client describes it
   * @return the form, for that caller alone
   * @throws UploadRefusedException if the caller or the file is not allowed, or the credentials do
   *     not match the fields that the page of this format sends
   * @throws CredentialsUnavailableException if there are no credentials to sign with
   */
  public PostGrant post(PostFormat format, Caller caller, PlannedUpload planned) {
    FormatParts parts = Objects.requireNonNull(formats.get(format), "format");
    Instant now = sources.clock().instant().truncatedTo(ChronoUnit.SECONDS);
    UploadAndTerms admitted = admit(parts.enforcement, caller, planned, now);
    AdmittedUpload upload = admitted.upload;
    Optional<String> type = parts.policy.exactType(upload);
    OssCredentials credentials = sources.credentials().resolve();
    requireMatch(format, credentials);
    TemplateCache.Entry entry = parts.templates.get(upload, type.isPresent(), credentials, now);
    Optional<Ticketing.IssuedTicket> issued =
        format.carriesTicket()
            ? Optional.of(ticketing.issue(admitted.terms, profile, entry.expiresAt()))
            : Optional.empty();
    List<PagePolicy.Field> fields = parts.policy.uploadFields(upload, type, issued);
    SignedPolicy signed = entry.template().sign(PagePolicy.conditions(upload, fields));
    boolean recorded = record(admitted.terms, entry.expiresAt());
    return new PostGrant(
        parts.policy,
        parts.writer,
        entry,
        upload,
        fields,
        signed,
        bucket.url(),
        issued.map(ticket -> ticket.recorded(recorded)));
  }

  /**
   * Grants {@code caller} one upload by presigned URL.
   *
   * @param format whether the client sends the headers of the response; {@code TEXT} signs none
   * @param caller the caller that uploads
   * @param planned the file as the client describes it, with its name
   * @return the URL and its headers, for that caller alone
   * @throws UploadRefusedException if the caller or the file is not allowed, no file is named, or
   *     no size is stated and the profile signs it
   * @throws CredentialsUnavailableException if there are no credentials to sign with
   */
  public PutGrant put(PutFormat format, Caller caller, PlannedUpload planned) {
    Instant now = sources.clock().instant().truncatedTo(ChronoUnit.SECONDS);
    UploadAndTerms admitted = admit(Enforcement.of(format, profile), caller, planned, now);
    AdmittedUpload upload = admitted.upload;
    ObjectKey key =
        upload
            .key()
            .orElseThrow(
                () ->
                    new UploadRefusedException(
                        Reason.BAD_PARAMETER,
                        "A presigned URL is for one named file, but no file is named.",
                        "Send the file's name as 'filename'."));
    OssCredentials credentials = sources.credentials().resolve();
    Duration validity = profile.validityFor(upload.size());
    Instant end = GrantExpiration.of(credentials, now, validity);
    ObjectRequest put = ObjectRequest.put(key);
    Optional<String> type = putType(format, upload);
    put = type.isPresent() ? put.contentType(type.get()) : put;
    put = profile.signLength() ? put.header(PutGrant.LENGTH, statedSize(upload)) : put;
    Optional<Ticketing.IssuedTicket> ticket = Optional.empty();
    if (format == PutFormat.FORM) {
      Ticketing.IssuedTicket written = ticketing.issue(admitted.terms, profile, end);
      put = withHeaders(put, upload, written);
      ticket = Optional.of(written);
    }
    PresignedUrl signed = urls.sign(put, credentials, now, validity);
    boolean recorded = record(admitted.terms, end);
    return new PutGrant(key, signed, now, ticket.map(issued -> issued.recorded(recorded)));
  }

  /**
   * Admits an upload in parts, which {@link io.osspost.multipart.MultipartUploads} starts.
   *
   * @param caller the caller that uploads
   * @param planned the file as the client describes it, with its name and size
   * @return the terms of the upload
   * @throws UploadRefusedException if the caller or the file is not allowed, or name or size is
   *     missing
   */
  public MultipartTerms multipart(Caller caller, PlannedUpload planned) {
    if (planned.filename().isEmpty() || !planned.size().isPresent()) {
      throw new UploadRefusedException(
          Reason.BAD_PARAMETER,
          "An upload in parts is for one file, but its name or its size is missing.",
          "Send 'filename' and 'size'.");
    }
    if (planned.size().orElse(1) == 0) {
      throw new UploadRefusedException(
          Reason.FILE_TOO_SMALL,
          "An empty file has no parts.",
          "Choose a file that is not empty, or request a form.");
    }
    Instant now = sources.clock().instant().truncatedTo(ChronoUnit.SECONDS);
    UploadAndTerms admitted = admit(Enforcement.MULTIPART, caller, planned, now);
    Optional<String> mark =
        Optional.of(admitted.terms.grantId().toString()).filter(id -> admitted.terms.mark());
    Map<String, String> headers = headers(admitted.upload, mark);
    headers.remove(ProfileFields.ACL); // OSS takes it at the end.
    admitted.upload.type().ifPresent(type -> headers.put("Content-Type", type));
    return new MultipartTerms(admitted.terms, headers);
  }

  /**
   * Returns the headers with which OSS completes an upload in parts: the object's ACL, and the
   * protection of an existing object.
   *
   * @param earlier the terms in the upload's ticket
   * @return the headers by name
   */
  public Map<String, String> multipartEnd(GrantTerms earlier) {
    Map<String, String> headers = new LinkedHashMap<>();
    String acl = objectHeaders.get(ProfileFields.ACL);
    if (acl != null) {
      headers.put(ProfileFields.ACL, acl);
    }
    if (earlier.forbidOverwrite()) {
      headers.put(ProfileFields.FORBID_OVERWRITE, "true");
    }
    return headers;
  }

  /**
   * {@return whether this offer still stands for terms that it granted before} The bucket and the
   * caller's directory must be those of today.
   *
   * @param earlier the terms in a ticket
   */
  boolean stillOffers(GrantTerms earlier) {
    return kinds().stream().anyMatch(kind -> kind.code().equals(earlier.kind()))
        && earlier.bucketRef().equals(bucketRef())
        && admission.hasDirectory(earlier.caller(), earlier.prefix());
  }

  /**
   * Grants {@code caller} uploads by security token, below the directory that the profile gives
   * that caller.
   *
   * @param caller the caller that uploads
   * @return the token and its directory, for that caller alone
   * @throws UploadRefusedException if the caller is not allowed
   * @throws CredentialsUnavailableException if no token is available, or it would expire at once
   * @throws IllegalStateException if no token vendor was set, or it returns credentials that are
   *     not temporary
   */
  public TokenGrant token(Caller caller) {
    TokenVendor tokens = sources.tokens();
    if (tokens == null) {
      throw new IllegalStateException("There is no token vendor. Set one in the builder.");
    }
    Instant now = sources.tokenClock().instant();
    TokenScope scope = scope(caller, now);
    OssCredentials token = tokens.vend(scope);
    GrantExpiration.of(token, now, profile.validity());
    return new TokenGrant(bucket, scope.prefix(), token, callback(caller, scope, token, now));
  }

  /** Returns the callback for uploads with a token, which the client must send by itself. */
  private Optional<CallbackParameter.Parts> callback(
      Caller caller, TokenScope scope, OssCredentials token, Instant now) {
    return ticketing.callbackOfToken(
        profile, bucketRef(), caller, scope.prefix(), now, token.expiration().orElse(now));
  }

  /**
   * Returns a link to an object of the profile's bucket. The application decides who may follow it;
   * this method checks nothing.
   *
   * <p>The link is signed for the bucket's address, or unsigned and below the profile's {@code
   * public-url} if that is set.
   *
   * @param download the object, and how a browser shows it
   * @return a URL to download it from
   * @throws CredentialsUnavailableException if there are no credentials to sign with
   * @throws IllegalArgumentException if the validity is not 1 second to 7 days, or an unsigned link
   *     cannot have the name or type
   */
  public DownloadLink link(Download download) {
    return links.of(download, sources.credentials()::resolve, sources.clock().instant());
  }

  /**
   * Gives back the bytes of an object that the application deleted to the quota of its caller.
   * Without a quota this does nothing.
   *
   * @param key the object, in the profile's bucket
   * @throws StoreUnavailableException if the ledger does not answer; repeat the call
   */
  public void deleted(ObjectKey key) {
    sources.recorder().deleted(bucket.name(), key);
  }

  /**
   * Returns a signer of requests that a client sends, such as those with the parts of an upload.
   * The credentials are read once.
   *
   * @param now when the URLs become valid
   * @param validity 1 second to 7 days
   * @return signs a request to the bucket
   * @throws CredentialsUnavailableException if there are no credentials to sign with
   */
  public Function<ObjectRequest, PresignedUrl> signing(Instant now, Duration validity) {
    OssCredentials credentials = sources.credentials().resolve();
    return request -> urls.sign(request, credentials, now, validity);
  }

  GrantSources sources() {
    return sources;
  }

  private BucketRef bucketRef() {
    return new BucketRef(bucket.name(), sources.profileId());
  }

  /** Makes the token vendor check the longest scope that a caller of this profile can have. */
  void checkTokens(TokenVendor tokens) {
    if (kinds().contains(GrantKind.TOKEN)) {
      tokens.check(scope(Caller.named("x".repeat(LongestTicket.LETTERS_OF_CALLER)), Instant.EPOCH));
    }
  }

  private TokenScope scope(Caller caller, Instant now) {
    return new TokenScope(
        bucket.name(),
        admission.tokenPrefix(caller, now),
        profile.tokenMultipart(),
        caller.principal(),
        profile.validity());
  }

  /** An admitted upload and the terms of its grant, whose expiration is set later. */
  private record UploadAndTerms(AdmittedUpload upload, GrantTerms terms) {}

  private UploadAndTerms admit(
      Enforcement enforcement, Caller caller, PlannedUpload planned, Instant now) {
    AdmittedUpload admitted = admission.admit(caller, planned, now);
    if (enforcement != Enforcement.MULTIPART) {
      SingleRequest.require(admitted);
    }
    AdmittedUpload upload =
        enforcement.serverSetsType() ? admitted : admitted.ofStatedType(profile.contentTypes());
    GrantTerms terms = ticketing.terms(enforcement, profile, bucketRef(), caller, upload, now);
    Optional<String> ticket = planned.retry();
    if (ticket.isEmpty()) {
      return new UploadAndTerms(upload, terms);
    }
    Duration validity = profile.validityFor(upload.size());
    GrantTerms earlier = sources.retries().verify(ticket.get(), terms, validity, admission, now);
    return new UploadAndTerms(
        upload.named(earlier.prefix(), RetryCheck.key(earlier), earlier.filename()), earlier);
  }

  /** Returns whether the ledger has recorded the grant. */
  private boolean record(GrantTerms terms, Instant end) {
    return sources.recorder().granted(terms.until(end), Optional.empty(), profile.quota());
  }

  private static void requireMatch(PostFormat format, OssCredentials credentials) {
    Optional<String> mismatch = format.mismatch(credentials);
    if (mismatch.isPresent()) {
      throw new UploadRefusedException(
          Reason.CREDENTIALS_DO_NOT_FIT_PAGE, mismatch.get(), format.mismatchFix());
    }
  }

  /** The client of a bare URL sends the type that it stated, if that is the admitted type. */
  private static Optional<String> putType(PutFormat format, AdmittedUpload upload) {
    return format == PutFormat.FORM
        ? upload.type()
        : upload
            .statedType()
            .filter(stated -> upload.type().equals(Optional.of(MediaType.registered(stated))))
            .or(upload::type);
  }

  private static String statedSize(AdmittedUpload upload) {
    if (!upload.size().isPresent()) {
      throw new UploadRefusedException(
          Reason.BAD_PARAMETER,
          "A presigned URL of this profile is for exactly one size, but no size is stated.",
          "Send the file's size in bytes as 'size'.");
    }
    return Long.toString(upload.size().getAsLong());
  }

  private ObjectRequest withHeaders(
      ObjectRequest put, AdmittedUpload upload, Ticketing.IssuedTicket issued) {
    ObjectRequest signed = put;
    for (Map.Entry<String, String> header : headers(upload, issued.mark()).entrySet()) {
      if (sources.signatureVersion() == SignatureVersion.V1
          && !header.getKey().startsWith("x-oss-")) {
        continue; // V1 does not cover it, and the profile's headers are optional.
      }
      signed = signed.header(header.getKey(), header.getValue());
    }
    return issued.callback().isPresent()
        ? signed.header("x-oss-callback", issued.callback().get())
        : signed;
  }

  /** Returns the object's headers, except its type, in a map that the caller may change. */
  private Map<String, String> headers(AdmittedUpload upload, Optional<String> mark) {
    Map<String, String> headers = new LinkedHashMap<>(objectHeaders);
    if (profile.dispositionHasFilename()) {
      profile
          .dispositionOf(upload.filename())
          .ifPresent(value -> headers.put(ProfileFields.DISPOSITION, value));
    }
    mark.ifPresent(id -> headers.put(UploadTickets.MARK, id));
    if (upload.forbidOverwrite()) {
      headers.put(ProfileFields.FORBID_OVERWRITE, "true");
    }
    return headers;
  }

  /** Returns the profile's name. */
  @Override
  public String toString() {
    return "UploadOffer[" + profile.name() + "]";
  }
}
