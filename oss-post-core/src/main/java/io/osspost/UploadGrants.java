package io.osspost;

import io.osspost.credentials.CredentialsUnavailableException;
import io.osspost.credentials.OssCredentials;
import io.osspost.credentials.OssCredentialsProvider;
import io.osspost.credentials.TokenVendor;
import io.osspost.ledger.GrantRecorder;
import io.osspost.ledger.StoreUnavailableException;
import io.osspost.object.ObjectKey;
import io.osspost.object.OssBucket;
import io.osspost.profile.Caller;
import io.osspost.profile.PlannedUpload;
import io.osspost.profile.UploadProfile;
import io.osspost.profile.UploadRefusedException;
import io.osspost.sign.SignatureVersion;
import io.osspost.ticket.CallbackParameter;
import io.osspost.ticket.GrantTerms;
import io.osspost.ticket.UploadTickets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Grants uploads under the profiles of one application. Thread-safe; create one instance and reuse
 * it.
 *
 * <p>Each profile's grants come from its {@link UploadOffer}; the methods that take a profile's
 * name look it up.
 */
public final class UploadGrants {
  private final Map<String, UploadOffer> offers;

  private UploadGrants(Map<String, UploadOffer> offers) {
    this.offers = Collections.unmodifiableMap(offers);
  }

  /**
   * Returns a builder of grants for uploads to {@code bucket}.
   *
   * @param bucket the bucket of profiles that name no bucket
   * @return a builder without a profile
   */
  public static Builder builder(OssBucket bucket) {
    return new Builder(bucket);
  }

  /** {@return the offers of all profiles, in the order in which the profiles were added} */
  public List<UploadOffer> offers() {
    return List.copyOf(offers.values());
  }

  /**
   * {@return the offer of a profile; empty if there is no such profile}
   *
   * @param profileName the name that clients request it by
   */
  public Optional<UploadOffer> offer(String profileName) {
    return Optional.ofNullable(offers.get(profileName));
  }

  /**
   * Returns the offer under which an earlier grant was made, if it still stands for today's caller.
   *
   * @param terms the terms in the ticket of the earlier grant
   * @param caller the caller of today's request
   * @return today's offer of the profile
   * @throws UploadRefusedException if another caller received that grant, or the profile has
   *     another bucket or directory since then
   */
  public UploadOffer standing(GrantTerms terms, Caller caller) {
    if (!terms.caller().equals(caller)) {
      throw new UploadRefusedException(
          UploadRefusedException.Reason.TICKET_OF_ANOTHER_CALLER,
          "Another user started this upload.",
          "Log in as that user, or start the upload again.");
    }
    return offer(terms.profile())
        .filter(today -> today.stillOffers(terms))
        .orElseThrow(
            () ->
                new UploadRefusedException(
                    UploadRefusedException.Reason.TICKET_INVALID,
                    "The profile of this upload has changed.",
                    "Start the upload again."));
  }

  /**
   * Grants one upload by form, as {@link UploadOffer#post}.
   *
   * @param profileName a profile of these grants
   * @param format the page that will send the form
   * @param caller the caller that uploads
   * @param planned the file as the client describes it
   * @return the form, for that caller alone
   * @throws UploadRefusedException if the caller or the file is not allowed, or the credentials do
   *     not match the page
   * @throws CredentialsUnavailableException if there are no credentials to sign with
   * @throws IllegalArgumentException if there is no such profile
   */
  public PostGrant post(
      String profileName, PostFormat format, Caller caller, PlannedUpload planned) {
    return require(profileName).post(format, caller, planned);
  }

  /**
   * Grants one upload by presigned URL, as {@link UploadOffer#put}.
   *
   * @param profileName a profile of these grants
   * @param format whether the client sends the headers of the response; {@code TEXT} signs none
   * @param caller the caller that uploads
   * @param planned the file as the client describes it, with its name
   * @return the URL and its headers, for that caller alone
   * @throws UploadRefusedException if the caller or the file is not allowed, no file is named, or
   *     no size is stated and the profile signs it
   * @throws CredentialsUnavailableException if there are no credentials to sign with
   * @throws IllegalArgumentException if there is no such profile
   */
  public PutGrant put(String profileName, PutFormat format, Caller caller, PlannedUpload planned) {
    return require(profileName).put(format, caller, planned);
  }

  /**
   * Grants uploads by security token, as {@link UploadOffer#token}.
   *
   * @param profileName a profile of these grants
   * @param caller the caller that uploads
   * @return the token and its directory, for that caller alone
   * @throws UploadRefusedException if the caller is not allowed
   * @throws CredentialsUnavailableException if no token is available, or it would expire at once
   * @throws IllegalArgumentException if there is no such profile
   * @throws IllegalStateException if no token vendor was set, or it returns credentials that are
   *     not temporary
   */
  public TokenGrant token(String profileName, Caller caller) {
    return require(profileName).token(caller);
  }

  /**
   * Returns a link to a stored object, as {@link UploadOffer#link}.
   *
   * @param profileName a profile of these grants, whose bucket has the object
   * @param download the object, and how a browser shows it
   * @return a URL to download it from
   * @throws CredentialsUnavailableException if there are no credentials to sign with
   * @throws IllegalArgumentException if there is no such profile, the validity is not 1 second to 7
   *     days, or an unsigned link cannot have the name or type
   */
  public DownloadLink link(String profileName, Download download) {
    return require(profileName).link(download);
  }

  /**
   * Returns a link to a stored object, which a browser shows as it is stored.
   *
   * @param profileName a profile of these grants, whose bucket has the object
   * @param key the object
   * @param validity 1 second to 7 days
   * @return a URL to download it from
   * @throws CredentialsUnavailableException if there are no credentials to sign with
   * @throws IllegalArgumentException if there is no such profile, or {@code validity} is shorter or
   *     longer
   */
  public DownloadLink link(String profileName, ObjectKey key, Duration validity) {
    return link(profileName, Download.of(key).validity(validity));
  }

  /**
   * Gives back the bytes of an object that the application deleted, as {@link UploadOffer#deleted}.
   * May be repeated.
   *
   * @param profileName a profile of these grants, whose bucket had the object
   * @param key the object
   * @throws StoreUnavailableException if the ledger does not answer; repeat the call
   * @throws IllegalArgumentException if there is no such profile
   */
  public void deleted(String profileName, ObjectKey key) {
    require(profileName).deleted(key);
  }

  private UploadOffer require(String profileName) {
    UploadOffer offer = offers.get(profileName);
    if (offer == null) {
      throw new IllegalArgumentException(
          "Profile '"
              + profileName
              + "' does not exist. The profiles are "
              + offers.keySet()
              + ".");
    }
    return offer;
  }

  /** Collects the settings of grants. Not thread-safe. */
  public static final class Builder {
    private static final String DEFAULT = "default";

    private final OssBucket bucket;
    private final Map<String, OfferSettings> offers = new LinkedHashMap<>();
    private @Nullable OssCredentialsProvider credentials;
    private @Nullable Clock clock;
    private SignatureVersion signatureVersion = SignatureVersion.V4;
    private UploadTickets tickets = UploadTickets.withRandomSecret();
    private @Nullable CallbackParameter callback;
    private @Nullable TokenVendor tokens;
    private boolean mark = true;
    private boolean optionalCallback;
    private boolean pagesConfirm;
    private Predicate<UUID> reported = grantId -> false;
    private GrantRecorder recorder = GrantRecorder.none();

    private Builder(OssBucket bucket) {
      this.bucket = Objects.requireNonNull(bucket, "bucket");
    }

    /**
     * Sets the credentials that sign. Defaults to those in the environment variables.
     *
     * @param credentials called once per grant; the application must close it
     * @return this builder
     */
    public Builder credentials(OssCredentialsProvider credentials) {
      this.credentials = Objects.requireNonNull(credentials, "credentials");
      return this;
    }

    /**
     * Adds a profile that grants forms in format {@code form}. Without any profile there is one
     * named {@code default}, with safe limits.
     *
     * @param profile a profile whose name is new
     * @return this builder
     * @throws IllegalArgumentException if forms cannot carry the profile's settings
     */
    public Builder profile(UploadProfile profile) {
      return profile(profile, Set.of(GrantKind.POST));
    }

    /**
     * Adds a profile that gives grants of exactly {@code kinds}, each in format {@code form}.
     *
     * @param profile a profile whose name is new
     * @param kinds at least one
     * @return this builder
     * @throws IllegalArgumentException if a kind cannot carry the profile's settings, or the
     *     profile allows uploads in parts but no tokens
     */
    public Builder profile(UploadProfile profile, Set<GrantKind> kinds) {
      return profile(profile, kinds, List.of(PostFormat.FORM));
    }

    /**
     * Adds a profile that gives exactly {@code kinds}, and forms in {@code postFormats}.
     *
     * @param profile a profile whose name is new
     * @param kinds at least one
     * @param postFormats at least one; the first one is the default
     * @return this builder
     * @throws IllegalArgumentException if a kind or format cannot carry the profile's settings, or
     *     the profile allows uploads in parts but no tokens
     */
    public Builder profile(
        UploadProfile profile, Set<GrantKind> kinds, List<PostFormat> postFormats) {
      return profile(profile, kinds, postFormats, List.of(PutFormat.FORM));
    }

    /**
     * Adds a profile that gives exactly {@code kinds}: forms in {@code postFormats}, presigned URLs
     * in {@code putFormats}.
     *
     * @param profile a profile whose name is new
     * @param kinds at least one
     * @param postFormats at least one; the first one is the default
     * @param putFormats at least one; the first one is the default
     * @return this builder
     * @throws IllegalArgumentException if a kind or format cannot carry the profile's settings, or
     *     the profile allows uploads in parts but no tokens
     */
    public Builder profile(
        UploadProfile profile,
        Set<GrantKind> kinds,
        List<PostFormat> postFormats,
        List<PutFormat> putFormats) {
      OfferSettings offer = new OfferSettings(profile, kinds, postFormats, putFormats);
      OfferCheck.requireConsistent(offer);
      if (offers.putIfAbsent(profile.name(), offer) != null) {
        throw new IllegalArgumentException(
            "There are two profiles named '" + profile.name() + "'. Rename one.");
      }
      return this;
    }

    /**
     * Sets whether kinds and formats that cannot carry the callback are granted without it.
     * Defaults to false: {@link #build} then rejects such a profile unless it disables the
     * callback.
     *
     * @param optional true to leave their uploads unreported
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
     * @param mark false to omit it
     * @return this builder
     */
    public Builder mark(boolean mark) {
      this.mark = mark;
      return this;
    }

    /**
     * Sets whether pages are asked to confirm uploads that OSS does not report by a callback.
     * Defaults to false. The response for one named object in format {@code form} then has the
     * member {@code confirm}, and the browser module confirms the upload at the endpoint that
     * {@code UploadEndpoints.Builder.confirmation} adds. If that fails, the upload fails, unless a
     * ledger records the grant.
     *
     * @param confirm true if the application needs to hear of each upload
     * @return this builder
     */
    public Builder pagesConfirm(boolean confirm) {
      this.pagesConfirm = confirm;
      return this;
    }

    /**
     * Sets how to find out whether the upload of a grant was already reported. A retry of such a
     * grant is refused. By default, no grant counts as reported.
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
     * Sets where exact grants are recorded before they are answered. Defaults to nowhere.
     *
     * @param recorder called once per grant
     * @return this builder
     */
    public Builder recorder(GrantRecorder recorder) {
      this.recorder = Objects.requireNonNull(recorder, "recorder");
      return this;
    }

    /**
     * Sets the source of security tokens. Defaults to none; then no profile can grant tokens.
     *
     * @param vendor called once per token grant
     * @return this builder
     */
    public Builder tokens(TokenVendor vendor) {
      this.tokens = Objects.requireNonNull(vendor, "vendor");
      return this;
    }

    /**
     * Sets the signature version of URLs and of format {@code form}. Defaults to V4. Other formats
     * have their own version.
     *
     * @param version V1 for private clouds that support no other
     * @return this builder
     */
    public Builder signatureVersion(SignatureVersion version) {
      this.signatureVersion = Objects.requireNonNull(version, "version");
      return this;
    }

    /**
     * Sets the tickets, which identify grants in callbacks and retries. Defaults to tickets with a
     * random secret, which only this process can verify.
     *
     * @param tickets tickets with a secret that all servers share, if there are several
     * @return this builder
     */
    public Builder tickets(UploadTickets tickets) {
      this.tickets = Objects.requireNonNull(tickets, "tickets");
      return this;
    }

    /**
     * Sets the callback that OSS makes after every upload: by forms in formats {@code form} and
     * {@code legacy}, and by presigned URLs with headers. A profile whose kinds or formats cannot
     * carry it must disable it.
     *
     * @param callback a parameter from {@link CallbackParameter.Builder#reportUploads}; the ticket
     *     is added per grant
     * @return this builder
     */
    public Builder callback(CallbackParameter callback) {
      this.callback = Objects.requireNonNull(callback, "callback");
      return this;
    }

    /**
     * Sets the clock of grants. Defaults to the clock of the credentials, or of the tokens.
     *
     * @param clock read once per grant
     * @return this builder
     */
    public Builder clock(Clock clock) {
      this.clock = Objects.requireNonNull(clock, "clock");
      return this;
    }

    /**
     * Builds the grants.
     *
     * @return the grants
     * @throws CredentialsUnavailableException if no provider was set and the environment variables
     *     contain no credentials
     * @throws IllegalArgumentException if a profile offers grants that these settings do not allow,
     *     such as tokens without a token vendor
     */
    public UploadGrants build() {
      List<OfferSettings> all = new ArrayList<>(offers.values());
      if (all.isEmpty()) {
        all.add(OfferSettings.ofForms(UploadProfile.builder(DEFAULT).build()));
      }
      OfferCheck check =
          new OfferCheck(
              signatureVersion,
              callback != null && !optionalCallback,
              mark,
              tokens != null,
              recorder.countsBytes());
      all.forEach(check::requirePossible);
      GrantSources sources = sources();
      Map<String, UploadOffer> complete = new LinkedHashMap<>();
      for (OfferSettings terms : all) {
        complete.put(terms.profile().name(), new UploadOffer(terms, sources));
      }
      if (tokens != null) {
        complete.values().forEach(offer -> offer.checkTokens(tokens));
      }
      all.forEach(terms -> check.weaknesses(terms).forEach(GrantLog::info));
      all.forEach(terms -> OfferCheck.haste(terms).ifPresent(GrantLog::warn));
      Optional<OssCredentials> fixedCredentials = sources.credentials().fixedCredentials();
      if (fixedCredentials.isPresent()) {
        all.forEach(
            terms -> OfferCheck.mismatches(terms, fixedCredentials.get()).forEach(GrantLog::warn));
      }
      return new UploadGrants(complete);
    }

    private GrantSources sources() {
      OssCredentialsProvider provider =
          credentials == null ? OssCredentialsProvider.environment() : credentials;
      Clock grantClock = clock == null ? provider.clock() : clock;
      return new GrantSources(
          bucket,
          provider,
          tokens,
          grantClock,
          clock == null && tokens != null ? tokens.clock() : grantClock,
          signatureVersion,
          new Ticketing(tickets, callback, mark, pagesConfirm),
          new RetryCheck(tickets, reported),
          recorder);
    }
  }
}
