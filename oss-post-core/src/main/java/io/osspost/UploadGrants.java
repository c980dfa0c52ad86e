package io.osspost;

import io.osspost.callback.CallbackParameter;
import io.osspost.callback.UploadTickets;
import io.osspost.credentials.CredentialsUnavailableException;
import io.osspost.credentials.OssCredentials;
import io.osspost.credentials.OssCredentialsProvider;
import io.osspost.credentials.TokenVendor;
import io.osspost.object.ObjectKey;
import io.osspost.object.OssBucket;
import io.osspost.profile.Caller;
import io.osspost.profile.PlannedUpload;
import io.osspost.profile.UploadProfile;
import io.osspost.profile.UploadRefusedException;
import io.osspost.sign.ObjectRequest;
import io.osspost.sign.PresignedUrl;
import io.osspost.sign.SignatureVersion;
import io.osspost.sign.SignedPolicy;
import io.osspost.sign.UrlSigner;
import io.osspost.wire.MediaType;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Grants uploads to one bucket. Thread-safe; make one and keep it.
 *
 * <p>Reads the clock once per grant: the policy's expiration, the signature's date and the day of
 * its key come from the same instant.
 */
public final class UploadGrants {
  /** What a client may be given; which of them a profile gives is the operator's choice. */
  public enum Kind {
    /** A form OSS takes once it keeps a policy: name, size, type and every other field. */
    POST,
    /** A URL OSS takes one object at: its name and type, but not its size. */
    PUT,
    /** A security token for a directory: neither size nor type, but uploads in parts. */
    TOKEN;

    /** {@return the kind as settings name it: {@code post}, {@code put}, {@code token}} */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }

    /**
     * {@return the kind that {@code code} names; empty when it names none}
     *
     * @param code a name in lower case, as {@link #code} writes it
     */
    public static Optional<Kind> of(String code) {
      for (Kind kind : values()) {
        if (kind.code().equals(code)) {
          return Optional.of(kind);
        }
      }
      return Optional.empty();
    }
  }

  private final OssBucket bucket;
  private final OssCredentialsProvider credentials;
  private final Offers offers;
  private final @Nullable TokenVendor tokens;
  private final Clock clock;
  private final Clock tokenClock;
  private final SignatureVersion signatureVersion;
  private final OpenTemplates templates;
  private final Ticketing ticketing;
  private final Map<OssBucket, UrlSigner> signers = new ConcurrentHashMap<>();

  private UploadGrants(Builder builder, Offers offers, OssCredentialsProvider credentials) {
    this.bucket = builder.bucket;
    this.credentials = credentials;
    this.offers = offers;
    this.tokens = builder.tokens;
    this.clock = builder.clock == null ? credentials.clock() : builder.clock;
    this.tokenClock = builder.clock == null && tokens != null ? tokens.clock() : clock;
    this.signatureVersion = builder.signatureVersion;
    this.templates = new OpenTemplates(signatureVersion);
    this.ticketing =
        new Ticketing(builder.tickets, builder.callback, builder.mark, builder.reported);
  }

  /**
   * Starts grants for uploads to {@code bucket}.
   *
   * @param bucket where uploads go whose profile has no bucket of its own
   * @return a builder with no profile yet
   */
  public static Builder to(OssBucket bucket) {
    return new Builder(bucket);
  }

  /** {@return every profile there is, in the order they were added} */
  public List<UploadProfile> profiles() {
    return offers.profiles();
  }

  /**
   * {@return the profile of that name, if there is one}
   *
   * @param name as clients ask for it
   */
  public Optional<UploadProfile> profile(String name) {
    return offers.find(name).map(Offers.Offer::profile);
  }

  /**
   * {@return the kinds of grant the profile of that name gives; none if unknown}
   *
   * @param profileName as clients ask for it
   */
  public Set<Kind> kinds(String profileName) {
    return offers.find(profileName).map(Offers.Offer::kinds).orElse(Set.of());
  }

  /**
   * {@return the shapes the profile of that name offers, its preferred one first; none if unknown}
   *
   * @param profileName as clients ask for it
   */
  public List<FormShape> shapes(String profileName) {
    return offers.find(profileName).map(Offers.Offer::shapes).orElse(List.of());
  }

  /**
   * {@return the formats of presigned URLs that the profile of that name offers, its preferred one
   * first; empty if there is no such profile}
   *
   * @param profileName as clients ask for it
   */
  public List<PutFormat> putFormats(String profileName) {
    return offers.find(profileName).map(Offers.Offer::putFormats).orElse(List.of());
  }

  /**
   * Grants {@code caller} one form upload under the profile named {@code profileName}.
   *
   * @param profileName a profile of these grants
   * @param shape the page that will send the form
   * @param caller who uploads
   * @param planned what the client says of the file
   * @return the form, for that caller alone
   * @throws UploadRefusedException when the caller or the file does not fit, or the credentials do
   *     not fit what the page of that shape sends
   * @throws CredentialsUnavailableException when there are no credentials to sign with
   * @throws IllegalArgumentException when there is no such profile
   */
  public PostGrant post(String profileName, FormShape shape, Caller caller, PlannedUpload planned) {
    UploadProfile profile = offers.require(profileName);
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    OssBucket target = profile.bucket().orElse(bucket);
    Ticketing.Admitted admitted =
        ticketing.admit(
            Enforcement.of(shape, profile), profile, target.name(), caller, planned, now);
    PlannedUpload.Admitted upload = admitted.upload();
    shape.requireSentType(upload);
    OpenTemplates.Use use = OpenTemplates.Use.of(profile, target, shape, upload);
    OssCredentials keys = credentials.resolve();
    shape.requireFit(keys);
    OpenTemplates.Open open = templates.get(use, keys, now);
    Optional<Ticketing.Ticketed> ticketed =
        shape.carriesTicket()
            ? Optional.of(ticketing.issue(admitted.terms(), open.expiresAt()))
            : Optional.empty();
    SignedPolicy signed = open.template().sign(shape.narrow(profile, upload, ticketed));
    return new PostGrant(shape, profile, upload, signed, target.url(), open, ticketed);
  }

  /**
   * Grants {@code caller} one upload by presigned URL under the profile named {@code profileName}.
   *
   * @param profileName a profile of these grants
   * @param format whether the client sends headers of the answer; {@code TEXT} signs none
   * @param caller the caller that uploads
   * @param planned the file as the client describes it, with its name
   * @return the URL and its headers, for that caller alone
   * @throws UploadRefusedException if the caller or the file does not fit, or no file is named
   * @throws CredentialsUnavailableException if there are no credentials to sign with
   * @throws IllegalArgumentException if there is no such profile
   */
  public PutGrant put(String profileName, PutFormat format, Caller caller, PlannedUpload planned) {
    UploadProfile profile = offers.require(profileName);
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    OssBucket target = profile.bucket().orElse(bucket);
    Ticketing.Admitted admitted =
        ticketing.admit(Enforcement.of(format), profile, target.name(), caller, planned, now);
    PlannedUpload.Admitted upload = admitted.upload();
    ObjectKey key =
        upload
            .key()
            .orElseThrow(
                () ->
                    new UploadRefusedException(
                        UploadRefusedException.Reason.BAD_PARAMETER,
                        "A presigned URL is for one named file, but no file is named.",
                        "Send the file's name as 'filename'."));
    OssCredentials keys = credentials.resolve();
    Instant end = GrantLife.end(keys, now, profile.validity());
    ObjectRequest put = ObjectRequest.put(key);
    Optional<String> type =
        format == PutFormat.TEXT
            ? upload
                .statedType()
                .filter(stated -> upload.type().equals(Optional.of(MediaType.registered(stated))))
                .or(upload::type)
            : upload.type();
    put = type.isPresent() ? put.contentType(type.get()) : put;
    Optional<String> ticket = Optional.empty();
    if (format == PutFormat.FORM) {
      Ticketing.Ticketed ticketed = ticketing.issue(admitted.terms(), end);
      put = withHeaders(put, profile, upload, ticketed);
      ticket = Optional.of(ticketed.ticket());
    }
    PresignedUrl signed = signer(profile).sign(put, keys, now, profile.validity());
    return new PutGrant(key, signed, now, ticket);
  }

  private static ObjectRequest withHeaders(
      ObjectRequest put,
      UploadProfile profile,
      PlannedUpload.Admitted upload,
      Ticketing.Ticketed ticketed) {
    ObjectRequest signed = put;
    for (Map.Entry<String, String> header : profile.objectHeaders().entrySet()) {
      signed = signed.header(header.getKey(), header.getValue());
    }
    if (ticketed.mark().isPresent()) {
      signed = signed.header(UploadTickets.MARK, ticketed.mark().get());
    }
    if (ticketed.callback().isPresent()) {
      signed = signed.header("x-oss-callback", ticketed.callback().get());
    }
    return upload.forbidOverwrite() ? signed.header("x-oss-forbid-overwrite", "true") : signed;
  }

  /**
   * Grants {@code caller} uploads by security token, below the directory the profile named {@code
   * profileName} gives that caller.
   *
   * @param profileName a profile of these grants
   * @param caller who uploads
   * @return the token and where it leads, for that caller alone
   * @throws UploadRefusedException when the caller does not fit
   * @throws CredentialsUnavailableException when no token can be had, or it would end at once
   * @throws IllegalArgumentException when there is no such profile
   * @throws IllegalStateException when no token vendor was set, or it vends what is not for clients
   */
  public TokenGrant token(String profileName, Caller caller) {
    UploadProfile profile = offers.require(profileName);
    if (tokens == null) {
      throw new IllegalStateException("There is no token vendor. Set one before you build.");
    }
    Instant now = tokenClock.instant();
    OssBucket target = profile.bucket().orElse(bucket);
    TokenVendor.Scope scope = Offers.scope(profile, target, caller, now);
    OssCredentials token = tokens.vend(scope);
    GrantLife.end(token, now, profile.validity());
    return new TokenGrant(target, scope.prefix(), token);
  }

  /**
   * Links to an object, for whoever the application shows it to. The application decides whether
   * they may: nothing is checked here.
   *
   * @param profileName a profile of these grants, whose bucket holds the object
   * @param key the object
   * @param validity 1 second to 7 days
   * @return a URL to download it from
   * @throws CredentialsUnavailableException when there are no credentials to sign with
   * @throws IllegalArgumentException when there is no such profile, or {@code validity} is shorter
   *     or longer
   */
  public PresignedUrl link(String profileName, ObjectKey key, Duration validity) {
    return signer(offers.require(profileName))
        .sign(ObjectRequest.get(key), credentials.resolve(), clock.instant(), validity);
  }

  private UrlSigner signer(UploadProfile profile) {
    return signers.computeIfAbsent(
        profile.bucket().orElse(bucket), target -> UrlSigner.of(target, signatureVersion));
  }

  /** Collects what grants need. Not thread-safe. */
  public static final class Builder {
    private final OssBucket bucket;
    private final Offers offers = new Offers();
    private @Nullable OssCredentialsProvider credentials;
    private @Nullable Clock clock;
    private SignatureVersion signatureVersion = SignatureVersion.V4;
    private UploadTickets tickets = UploadTickets.withRandomSecret();
    private @Nullable CallbackParameter callback;
    private @Nullable TokenVendor tokens;
    private boolean mark = true;
    private boolean optionalCallback;
    private Predicate<UUID> reported = grantId -> false;

    private Builder(OssBucket bucket) {
      this.bucket = Objects.requireNonNull(bucket, "bucket");
    }

    /**
     * What signs; the environment unless set.
     *
     * @param credentials asked once per grant; it is not closed here
     * @return this builder
     */
    public Builder credentials(OssCredentialsProvider credentials) {
      this.credentials = Objects.requireNonNull(credentials, "credentials");
      return this;
    }

    /**
     * Adds a profile that grants forms in shape {@code form}. Without any profile there is one
     * named {@code default}, with safe limits.
     *
     * @param profile one of another name than those before
     * @return this builder
     * @throws IllegalArgumentException if forms cannot carry the profile's settings
     */
    public Builder profile(UploadProfile profile) {
      return profile(profile, Set.of(Kind.POST));
    }

    /**
     * Adds a profile that gives grants of exactly {@code kinds}, each in format {@code form}.
     *
     * @param profile one of another name than those before
     * @param kinds at least one
     * @return this builder
     * @throws IllegalArgumentException when tokens cannot keep what the profile says, or it allows
     *     uploads in parts but no tokens
     */
    public Builder profile(UploadProfile profile, Set<Kind> kinds) {
      return profile(profile, kinds, List.of(FormShape.FORM));
    }

    /**
     * Adds a profile that gives exactly {@code kinds}, and forms in {@code shapes}, in order.
     *
     * @param profile one of another name than those before
     * @param kinds at least one
     * @param shapes at least one, the one nobody has to ask for first
     * @return this builder
     * @throws IllegalArgumentException when a shape cannot carry what the profile sets, tokens
     *     cannot keep it, or it allows uploads in parts but no tokens
     */
    public Builder profile(UploadProfile profile, Set<Kind> kinds, List<FormShape> shapes) {
      return profile(profile, kinds, shapes, List.of(PutFormat.FORM));
    }

    /**
     * Adds a profile that gives exactly {@code kinds}: forms in {@code shapes}, presigned URLs in
     * {@code putFormats}, the preferred one first.
     *
     * @param profile one of another name than those before
     * @param kinds at least one
     * @param shapes at least one; the first one is the default
     * @param putFormats at least one; the first one is the default
     * @return this builder
     * @throws IllegalArgumentException if a kind or format cannot carry the profile's settings, or
     *     the profile allows uploads in parts but no tokens
     */
    public Builder profile(
        UploadProfile profile,
        Set<Kind> kinds,
        List<FormShape> shapes,
        List<PutFormat> putFormats) {
      offers.add(profile, kinds, shapes, putFormats);
      return this;
    }

    /**
     * Sets whether kinds and formats that cannot carry the callback go without it. Defaults to
     * false: a profile that gives one then fails to build, unless it switches the callback off.
     *
     * @param optional true to let their uploads go unreported
     * @return this builder
     */
    public Builder optionalCallback(boolean optional) {
      this.optionalCallback = optional;
      return this;
    }

    /**
     * Sets whether objects carry the id of their grant as {@code x-oss-meta-grant}. Defaults to
     * true. Grants that carry metadata pin it, so it proves that the object came from that grant.
     *
     * @param mark false to leave it out
     * @return this builder
     */
    public Builder mark(boolean mark) {
      this.mark = mark;
      return this;
    }

    /**
     * Sets the test for grants whose upload was reported: such a grant is not repeated. Defaults to
     * none.
     *
     * @param reported returns whether an upload of the grant with that id was reported; called from
     *     any thread, at each retry
     * @return this builder
     */
    public Builder reported(Predicate<UUID> reported) {
      this.reported = Objects.requireNonNull(reported, "reported");
      return this;
    }

    /**
     * Where security tokens come from; nowhere unless set, and then no profile can grant them.
     *
     * @param vendor asked once per token grant
     * @return this builder
     */
    public Builder tokens(TokenVendor vendor) {
      this.tokens = Objects.requireNonNull(vendor, "vendor");
      return this;
    }

    /**
     * The signature of URLs and of shape {@code form}; V4 unless set. Other shapes have their own.
     *
     * @param version V1 for private clouds that know no other
     * @return this builder
     */
    public Builder signatureVersion(SignatureVersion version) {
      this.signatureVersion = Objects.requireNonNull(version, "version");
      return this;
    }

    /**
     * What grants are recognised by when they come back; of this process alone unless set.
     *
     * @param tickets with a secret all servers share, where there are several
     * @return this builder
     */
    public Builder tickets(UploadTickets tickets) {
      this.tickets = Objects.requireNonNull(tickets, "tickets");
      return this;
    }

    /**
     * Sets the callback that OSS makes after every upload: by forms in shapes {@code form} and
     * {@code legacy}, and by presigned URLs with headers. A profile whose kinds or formats cannot
     * carry it must switch it off.
     *
     * @param callback one from {@link CallbackParameter#forUploads}; the ticket is added per grant
     * @return this builder
     */
    public Builder callback(CallbackParameter callback) {
      this.callback = Objects.requireNonNull(callback, "callback");
      return this;
    }

    /**
     * The clock grants are dated by; that of the credentials, or the tokens, unless set.
     *
     * @param clock asked once per grant
     * @return this builder
     */
    public Builder clock(Clock clock) {
      this.clock = Objects.requireNonNull(clock, "clock");
      return this;
    }

    /**
     * Makes the grants.
     *
     * @return the grants
     * @throws CredentialsUnavailableException when no provider was set and the environment has no
     *     credentials
     * @throws IllegalArgumentException when a profile gives what cannot be signed or vended
     */
    public UploadGrants build() {
      Offers complete =
          offers.complete(
              new Offers.Common(
                  signatureVersion, callback != null && !optionalCallback, mark, tokens != null));
      if (tokens != null) {
        complete.longestScopes(bucket).forEach(tokens::check);
      }
      OssCredentialsProvider provider =
          credentials == null ? OssCredentialsProvider.environment() : credentials;
      complete.weaknesses(mark).forEach(weakness -> log(Level.INFO, weakness));
      Optional<OssCredentials> atHand = provider.atHand();
      if (atHand.isPresent()) {
        for (String misfit : complete.misfits(atHand.get())) {
          warn(misfit);
        }
      }
      return new UploadGrants(this, complete, provider);
    }
  }

  /** Asks for the logger only now: the JDK takes longer to make one than we do for a grant. */
  static void warn(String text) {
    log(Level.WARNING, text);
  }

  private static void log(Level level, String text) {
    System.getLogger(UploadGrants.class.getName()).log(level, text);
  }
}
