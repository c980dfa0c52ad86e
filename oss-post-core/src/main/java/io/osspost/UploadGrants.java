package io.osspost;

import io.osspost.credentials.CredentialsUnavailableException;
import io.osspost.credentials.OssCredentials;
import io.osspost.credentials.OssCredentialsProvider;
import io.osspost.credentials.TokenVendor;
import io.osspost.ledger.GrantRecorder;
import io.osspost.ledger.StoreUnavailableException;
import io.osspost.object.EndpointRules;
import io.osspost.object.ObjectKey;
import io.osspost.object.OssBucket;
import io.osspost.profile.Caller;
import io.osspost.profile.PlannedUpload;
import io.osspost.profile.RequestView;
import io.osspost.profile.UploadProfile;
import io.osspost.profile.UploadRefusedException;
import io.osspost.sign.ServerAccess;
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
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Grants uploads under the profiles of one application. Thread-safe; create one instance and reuse
 * it.
 *
 * <p>Each profile's grants come from its {@link UploadOffer}; the methods that take a profile's
 * name look it up among the configured profiles. {@link #lease} also finds profiles of tenants.
 */
public final class UploadGrants implements AutoCloseable {
  /** The default number of cached profiles of tenants. */
  private static final int CACHED_PROFILES = 1_000;

  private final Map<String, UploadOffer> offers;
  private final GrantSources sources;
  private final @Nullable TenantOffers tenants;

  private UploadGrants(
      Map<String, UploadOffer> offers, GrantSources sources, @Nullable TenantOffers tenants) {
    this.offers = Collections.unmodifiableMap(offers);
    this.sources = sources;
    this.tenants = tenants;
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

  /**
   * {@return the offers of all configured profiles, in the order in which the profiles were added}
   */
  public List<UploadOffer> offers() {
    return List.copyOf(offers.values());
  }

  /** {@return whether a source finds further profiles at run time} */
  public boolean hasSource() {
    return tenants != null;
  }

  /** {@return the number of tenants' profiles in the cache} */
  public int cachedProfiles() {
    return tenants == null ? 0 : tenants.size();
  }

  /**
   * {@return the offer of a configured profile; empty if there is no such profile}
   *
   * @param profileName the name that clients request it by
   */
  public Optional<UploadOffer> offer(String profileName) {
    return Optional.ofNullable(offers.get(profileName));
  }

  /**
   * Returns the offer of a profile of the caller's tenant, otherwise of a configured profile.
   *
   * @param profileName the name that clients request it by
   * @param caller the caller of the request
   * @param request the request, from which the source recognizes the tenant
   * @return the offer, to close after the request; empty if there is no such profile
   */
  public Optional<OfferLease> lease(String profileName, Caller caller, RequestView request) {
    Optional<OfferLease> ofTenant =
        tenants == null || !UploadProfile.isName(profileName)
            ? Optional.empty()
            : tenants.find(profileName, caller, request);
    return ofTenant.or(() -> offer(profileName).map(offer -> new OfferLease(offer, () -> {})));
  }

  /**
   * Returns the access of this server to the buckets of all profiles.
   *
   * @param atServer returns a bucket at the address that this server reaches it at
   * @return the access, which needs these grants to be open
   */
  public ServerAccess serverAccess(UnaryOperator<OssBucket> atServer) {
    List<OssBucket> buckets =
        offers.values().stream()
            .map(UploadOffer::bucket)
            .distinct()
            .map(atServer)
            .collect(Collectors.toList());
    ServerAccess configured =
        ServerAccess.of(sources.credentials(), buckets, sources.signatureVersion());
    return tenants == null ? configured : new GrantAccess(configured, tenants, atServer);
  }

  /**
   * Returns the offer under which an earlier grant was made, if it still stands for today's caller.
   *
   * @param terms the terms in the ticket of the earlier grant
   * @param caller the caller of today's request
   * @param request the request, from which the source recognizes the tenant
   * @return today's offer of the profile, to close after the request
   * @throws UploadRefusedException if another caller or tenant received that grant, or the profile
   *     has another bucket or directory since then
   */
  public OfferLease standing(GrantTerms terms, Caller caller, RequestView request) {
    if (!terms.caller().equals(caller)) {
      throw new UploadRefusedException(
          UploadRefusedException.Reason.TICKET_OF_ANOTHER_CALLER,
          "Another user started this upload.",
          "Log in as that user, or start the upload again.");
    }
    Optional<OfferLease> today = lease(terms.profile(), caller, request);
    boolean stands = false;
    try {
      stands = today.isPresent() && today.get().offer().stillOffers(terms);
    } finally {
      if (!stands) {
        today.ifPresent(OfferLease::close);
      }
    }
    if (stands) {
      return today.orElseThrow();
    }
    throw new UploadRefusedException(
        UploadRefusedException.Reason.PROFILE_CHANGED,
        "The profile of this upload has changed.",
        "Start the upload again.");
  }

  /** Closes the credentials of tenants that were opened, after their last request. */
  @Override
  public void close() {
    if (tenants != null) {
      tenants.close();
    }
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
    private @Nullable ProfileSource source;
    private EndpointRules endpointRules = EndpointRules.official();
    private int cachedProfiles = CACHED_PROFILES;

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
     * Sets a source of further profiles. It is asked before the configured ones. Defaults to none.
     *
     * @param source called at least once per request
     * @return this builder
     */
    public Builder source(ProfileSource source) {
      this.source = Objects.requireNonNull(source, "source");
      return this;
    }

    /**
     * Sets the addresses that buckets of the source may have. Defaults to those of OSS.
     *
     * @param rules checked once per revision of a profile
     * @return this builder
     */
    public Builder endpointRules(EndpointRules rules) {
      this.endpointRules = Objects.requireNonNull(rules, "rules");
      return this;
    }

    /**
     * Sets how many profiles of the source are cached. Defaults to 1,000.
     *
     * @param max 1 or more
     * @return this builder
     */
    public Builder cachedProfiles(int max) {
      if (max < 1) {
        throw new IllegalArgumentException(
            "The cache must have room for 1 profile or more, not for " + max + ".");
      }
      this.cachedProfiles = max;
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
      OfferCheck check = check(tokens);
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
      return new UploadGrants(complete, sources, tenants(sources));
    }

    private OfferCheck check(@Nullable TokenVendor vendor) {
      return new OfferCheck(
          signatureVersion,
          callback != null && !optionalCallback,
          mark,
          vendor != null,
          recorder.countsBytes());
    }

    private @Nullable TenantOffers tenants(GrantSources configured) {
      if (source == null) {
        return null;
      }
      return new TenantOffers(
          source,
          endpointRules,
          cachedProfiles,
          (profile, signing) -> offer(profile, signing, configured));
    }

    /** Makes the offer of a tenant's profile, which is checked like a configured one. */
    private UploadOffer offer(
        TenantProfile profile, OssCredentialsProvider signing, GrantSources configured) {
      OfferSettings offer = profile.offer();
      @Nullable TokenVendor vendor = profile.tokens().orElse(null);
      OfferCheck.requireConsistent(offer);
      check(vendor).requirePossible(offer);
      GrantSources sources = configured.of(profile, signing, clock);
      UploadOffer made = new UploadOffer(offer, sources);
      if (vendor != null) {
        made.checkTokens(vendor);
      }
      return made;
    }

    private GrantSources sources() {
      OssCredentialsProvider provider =
          credentials == null ? OssCredentialsProvider.environment() : credentials;
      Clock grantClock = clock == null ? provider.clock() : clock;
      return new GrantSources(
          Optional.empty(),
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
