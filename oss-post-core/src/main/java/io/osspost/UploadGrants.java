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
import java.util.concurrent.ConcurrentHashMap;
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
    this.ticketing = new Ticketing(builder.tickets, builder.callback);
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
    Ticketing.Admitted admitted = admit(profile, target, caller, planned, now);
    PlannedUpload.Admitted upload = admitted.upload();
    OpenTemplates.Use use = OpenTemplates.Use.of(profile, target, shape, upload);
    OssCredentials keys = credentials.resolve();
    shape.requireFit(keys);
    OpenTemplates.Open open = templates.get(use, keys, now);
    Optional<Ticketing.Ticketed> ticketed =
        shape.carriesTicket()
            ? Optional.of(
                ticketing.issue(admitted, target.name(), profile, caller, open.expiresAt()))
            : Optional.empty();
    SignedPolicy signed = open.template().sign(shape.narrow(profile, upload, ticketed));
    return new PostGrant(shape, profile, upload, signed, target.url(), open, ticketed);
  }

  private Ticketing.Admitted admit(
      UploadProfile profile, OssBucket target, Caller caller, PlannedUpload planned, Instant now) {
    PlannedUpload.Admitted upload = profile.admit(caller, planned, now);
    return ticketing.again(planned, upload, target.name(), profile, caller, now);
  }

  /**
   * Grants {@code caller} one upload by presigned URL under the profile named {@code profileName},
   * to a client that sends the headers it is told to.
   *
   * @param profileName a profile of these grants
   * @param caller who uploads
   * @param planned what the client says of the file, its name included
   * @return the URL and its headers, for that caller alone
   * @throws UploadRefusedException when the caller or the file does not fit, or no file is named
   * @throws CredentialsUnavailableException when there are no credentials to sign with
   * @throws IllegalArgumentException when there is no such profile
   */
  public PutGrant put(String profileName, Caller caller, PlannedUpload planned) {
    return put(profileName, PutShape.FORM, caller, planned);
  }

  /**
   * Grants the same as {@link #put} to a client that gets the bare URL, and sends the file's type
   * with it and nothing else.
   *
   * @param profileName a profile of these grants
   * @param caller who uploads
   * @param planned what the client says of the file, its name included
   * @return the URL, for that caller alone
   * @throws UploadRefusedException also when the profile sets what such a client would not send
   * @throws CredentialsUnavailableException when there are no credentials to sign with
   * @throws IllegalArgumentException when there is no such profile
   */
  public PutGrant putBare(String profileName, Caller caller, PlannedUpload planned) {
    return put(profileName, PutShape.TEXT, caller, planned);
  }

  private PutGrant put(String profileName, PutShape shape, Caller caller, PlannedUpload planned) {
    UploadProfile profile = offers.require(profileName);
    if (!shape.carries(profile)) {
      throw new UploadRefusedException(
          UploadRefusedException.Reason.GRANT_NOT_OFFERED,
          "A page that is given a bare URL cannot send what profile '" + profileName + "' sets.",
          "Ask for format=form, and send the headers of the answer.");
    }
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    OssBucket target = profile.bucket().orElse(bucket);
    Ticketing.Admitted admitted = admit(profile, target, caller, planned, now);
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
    Optional<Ticketing.Ticketed> ticketed =
        shape.carriesTicket()
            ? Optional.of(ticketing.issue(admitted, target.name(), profile, caller, end))
            : Optional.empty();
    ObjectRequest put = ObjectRequest.put(key);
    put = upload.type().isPresent() ? put.contentType(upload.type().get()) : put;
    put = shape.withHeaders(put, profile, upload, ticketed);
    PresignedUrl signed = signer(profile).sign(put, keys, now, profile.validity());
    return new PutGrant(key, signed, now, ticketed.map(Ticketing.Ticketed::ticket));
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
     * Adds a profile; with none there is one named {@code default}, with safe limits. It gives
     * forms in shape {@code form}, and the profile named {@code default} prefers {@code v4} where
     * that page sends all the profile sets.
     *
     * @param profile one of another name than those before
     * @return this builder
     */
    public Builder profile(UploadProfile profile) {
      return profile(profile, Set.of(Kind.POST));
    }

    /**
     * Adds a profile that gives grants of exactly {@code kinds}, forms in the usual shapes.
     *
     * @param profile one of another name than those before
     * @param kinds at least one
     * @return this builder
     * @throws IllegalArgumentException when tokens cannot keep what the profile says, or it allows
     *     uploads in parts but no tokens
     */
    public Builder profile(UploadProfile profile, Set<Kind> kinds) {
      return profile(profile, kinds, Offers.usualShapes(profile));
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
      offers.add(profile, kinds, shapes);
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
     * Has OSS call back after every upload whose page can send the field: those of shapes {@code
     * form} and {@code legacy}, and of presigned URLs with headers.
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
          offers.complete(new Offers.Common(signatureVersion, callback != null, tokens != null));
      if (tokens != null) {
        complete.longestScopes(bucket).forEach(tokens::check);
      }
      OssCredentialsProvider provider =
          credentials == null ? OssCredentialsProvider.environment() : credentials;
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
    System.getLogger(UploadGrants.class.getName()).log(Level.WARNING, text);
  }
}
