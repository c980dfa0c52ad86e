package io.osspost.web;

import io.osspost.GrantKind;
import io.osspost.InvalidTenantProfileException;
import io.osspost.OfferLease;
import io.osspost.PostGrant;
import io.osspost.PutFormat;
import io.osspost.PutGrant;
import io.osspost.TokenGrant;
import io.osspost.UploadGrants;
import io.osspost.UploadOffer;
import io.osspost.callback.UploadCallbacks;
import io.osspost.callback.UploadConfirmation;
import io.osspost.credentials.CredentialsUnavailableException;
import io.osspost.ledger.LedgerView;
import io.osspost.ledger.StoreUnavailableException;
import io.osspost.multipart.MultipartUploads;
import io.osspost.object.ObjectKey;
import io.osspost.profile.Caller;
import io.osspost.profile.UploadProfile;
import io.osspost.profile.UploadRefusedException;
import io.osspost.ticket.UploadTickets;
import io.osspost.wire.LogText;
import io.osspost.wire.MediaType;
import io.osspost.wire.PercentEncoding;
import io.osspost.wire.UseCount;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
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
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP endpoints from which pages request grants. Thread-safe.
 *
 * <p>A request is checked in this order: origin, method, caller, rate, parameters. Then it is
 * granted. Every response, including a refusal, forbids caching.
 *
 * <p>If settings opened the endpoints, close them when the application ends.
 */
public final class UploadEndpoints implements AutoCloseable {
  private static final Logger LOG = System.getLogger(UploadEndpoints.class.getName());

  private final UploadGrants grants;
  private final CallerAuthorizer authorizer;
  private final @Nullable CallerSource callers;
  private final OriginRules origins;
  private final RateLimit rateLimit;
  private final RateLimit stepLimit;
  private final boolean recorded;
  private final @Nullable LedgerView ledger;
  private final Consumer<GrantEvent> onGrant;
  private final Map<String, Path> paths = new TreeMap<>();
  private final String pathPrefix;
  private final String callbackPath;
  private final @Nullable CallbackEndpoint callback;
  private final Optional<BrowserModule> module = BrowserModule.find();
  private final Set<String> allPaths;
  private final List<AutoCloseable> owned;
  private final UseCount uses = new UseCount(this::closeOwned);
  private final AtomicBoolean closed = new AtomicBoolean();
  private final AtomicBoolean ownedClosed = new AtomicBoolean();

  /** The endpoints that answer: these, or the ones that replaced them. */
  private volatile UploadEndpoints current = this;

  /** Whether these endpoints answer for others. Only those others can replace them. */
  private final AtomicBoolean replacement = new AtomicBoolean();

  private final AtomicBoolean warnedOfCredentials = new AtomicBoolean();

  private UploadEndpoints(Builder builder) {
    this.grants = builder.grants;
    this.authorizer = builder.authorizer;
    this.callers = builder.callers;
    this.origins = builder.origins;
    this.rateLimit = builder.rateLimit;
    this.stepLimit = builder.stepLimit == null ? builder.rateLimit : builder.stepLimit;
    this.recorded = builder.recorded;
    this.ledger = builder.ledger;
    this.onGrant = builder.onGrant;
    this.pathPrefix = builder.pathPrefix;
    this.callbackPath = builder.pathPrefix + "/oss_upload_callback";
    this.callback =
        builder.callbacks == null
            ? null
            : new CallbackEndpoint(builder.callbacks, builder.onCallback);
    this.owned = List.copyOf(builder.owned);
    for (Route route : Route.values()) {
      paths.put(
          builder.pathPrefix + route.path(),
          new Path(
              route.kind().code(),
              Path.GET_OR_POST,
              true,
              (request, caller, attempt) -> grant(route, request, caller, attempt)));
    }
    LimitsEndpoint limits = new LimitsEndpoint(grants, builder.multipart);
    paths.put(
        builder.pathPrefix + LimitsEndpoint.PATH,
        new Path(
            "limits",
            Path.GET_OR_POST,
            false,
            (request, caller, attempt) -> limits.respond(request, caller)));
    if (builder.multipart != null) {
      MultipartEndpoint multipart = new MultipartEndpoint(grants, builder.multipart);
      for (MultipartStep step : MultipartStep.values()) {
        paths.put(
            builder.pathPrefix + step.path(),
            new Path(
                GrantKind.MULTIPART.code(),
                Path.POST,
                step == MultipartStep.START,
                (request, caller, attempt) -> multipart.respond(step, request, caller, attempt)));
      }
    }
    if (builder.confirm != null) {
      paths.put(
          builder.pathPrefix + ConfirmEndpoint.PATH,
          new Path("confirm", Path.POST, false, builder.confirm.of(grants)));
    }
    Set<String> all = new TreeSet<>(paths.keySet());
    if (callback != null) {
      all.add(callbackPath);
    }
    for (String script : module.map(BrowserModule::paths).orElseGet(Collections::emptySet)) {
      all.add(script);
      all.add(pathPrefix + script);
    }
    this.allPaths = Collections.unmodifiableSet(all);
  }

  /**
   * Returns a builder of endpoints for {@code grants}.
   *
   * @param grants the grants of the profiles
   * @return a builder with defaults: logged-in callers, no rate limit and no callbacks
   */
  public static Builder builder(UploadGrants grants) {
    return new Builder(grants);
  }

  /** {@return the grants; the application signs links to stored objects with them} */
  public UploadGrants grants() {
    return current.grants;
  }

  /** {@return whether grants are recorded, so that uploads are reported without a callback} */
  public boolean recordsGrants() {
    return current.recorded;
  }

  /** {@return the ledger, for operators; empty without one} */
  public Optional<LedgerView> ledger() {
    return Optional.ofNullable(current.ledger);
  }

  /**
   * {@return the paths of these endpoints, inside the application} They can change when the
   * endpoints are replaced, so an adapter asks again at each request.
   */
  public Set<String> paths() {
    return current.allPaths;
  }

  /** {@return the path of callbacks, inside the application; empty without callbacks} */
  public Optional<String> callbackPath() {
    UploadEndpoints now = current;
    return now.callback == null ? Optional.empty() : Optional.of(now.callbackPath);
  }

  /**
   * {@return the response; empty if the path is not one of these endpoints, so that the adapter
   * passes the request on}
   *
   * @param request the request; only its path is read if the result is empty
   */
  public Optional<WebResponse> handle(WebRequest request) {
    UploadEndpoints serving = current;
    while (!serving.uses.begin()) {
      // They were replaced since they were read.
      serving = current;
    }
    try {
      return serving.answer(request);
    } finally {
      serving.uses.finish();
    }
  }

  private Optional<WebResponse> answer(WebRequest request) {
    if (callback != null && request.path().equals(callbackPath)) {
      return Optional.of(callback.respond(request));
    }
    Path path = paths.get(request.path());
    if (path == null) {
      return script(request);
    }
    Attempt attempt = new Attempt(path.kind());
    WebResponse response;
    try {
      origins.check(request);
      response =
          respond(path, callers == null ? request : new RequestOfCaller(request, callers), attempt);
    } catch (UploadRefusedException e) {
      warnOfCredentials(e);
      response = refused(attempt, Problem.of(e));
    } catch (CredentialsUnavailableException e) {
      // One line for each visitor is enough. The cause of the failure does not change.
      LOG.log(Level.ERROR, "Could not sign a grant: {0}", e.getMessage());
      LOG.log(Level.DEBUG, "Could not sign a grant", e);
      response = refused(attempt, Problem.credentialsUnavailable());
    } catch (StoreUnavailableException e) {
      LOG.log(Level.ERROR, "Could not record a grant: {0}", e.getMessage());
      response = refused(attempt, Problem.storeUnavailable());
    } catch (InvalidTenantProfileException e) {
      LOG.log(Level.ERROR, "Could not use a profile of the source: {0}", e.getMessage());
      response = refused(attempt, Problem.failed());
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "Could not answer a request", e);
      response = refused(attempt, Problem.failed());
    }
    return Optional.of(response.with(origins.headers(request)));
  }

  /**
   * Replaces these endpoints by others, such as those of changed settings. This object then answers
   * with them, so adapters and applications keep it. The resources of the replaced endpoints are
   * closed after their last request.
   *
   * <p>Tickets remain valid if both have the same {@code callback.ticket-secret}. An upload is not
   * reported twice if both have the same {@code CallbackMemory}.
   *
   * @param next endpoints with the same path prefix, which are closed with these
   * @throws IllegalArgumentException if {@code next} has another path prefix, or is in use already
   * @throws IllegalStateException if these endpoints are closed, or replaced others themselves
   */
  public void replaceWith(UploadEndpoints next) {
    if (!next.pathPrefix.equals(pathPrefix)) {
      throw new IllegalArgumentException(
          "The path prefix changed from '"
              + pathPrefix
              + "' to '"
              + next.pathPrefix
              + "', but security rules and mappings still have the old one. Restart the"
              + " application.");
    }
    UploadEndpoints replaced;
    synchronized (closed) {
      replaced = current;
      if (closed.get()) {
        throw new IllegalStateException("The endpoints are closed. Open others.");
      }
      if (replacement.get()) {
        throw new IllegalStateException(
            "These endpoints replaced others. Call replaceWith of the first endpoints again.");
      }
      if (next == this
          || next.current != next
          || next.closed.get()
          || !next.replacement.compareAndSet(false, true)) {
        throw new IllegalArgumentException(
            "The endpoints are in use, or closed. Replace endpoints by newly opened ones.");
      }
      current = next;
    }
    replaced.uses.end();
  }

  /**
   * Returns the response to a request for a script of the module: at the root of the application,
   * and below the prefix, where a mapping of the prefix alone leads.
   */
  private Optional<WebResponse> script(WebRequest request) {
    String path = request.path();
    String script =
        path.startsWith(pathPrefix + BrowserModule.FOLDER)
            ? path.substring(pathPrefix.length())
            : path;
    return module.flatMap(found -> found.respond(script, request, origins.headers(request)));
  }

  /** Closes the resources of these endpoints. They grant nothing afterwards. */
  @Override
  public void close() {
    synchronized (closed) {
      closed.set(true);
    }
    current.closeOwned();
  }

  private void closeOwned() {
    if (!ownedClosed.compareAndSet(false, true)) {
      return;
    }
    for (int i = owned.size() - 1; i >= 0; i--) {
      try {
        owned.get(i).close();
      } catch (Exception e) {
        LOG.log(Level.WARNING, "Could not close a resource of the endpoints", e);
      }
    }
  }

  private WebResponse respond(Path path, WebRequest request, Attempt attempt) {
    if (request.method().equals("OPTIONS")) {
      return options(request, path);
    }
    if (!path.methods().contains(request.method())) {
      return refused(attempt, Problem.methodNotAllowed(request.method(), path.allow()));
    }
    if (request.method().equals("POST") && !isForm(request)) {
      return refused(attempt, Problem.unsupportedMediaType(path.mediaTypeFix()));
    }
    Caller caller = authorizer.authorize(request);
    attempt.by(caller);
    Duration wait = (path.grants() ? rateLimit : stepLimit).waitFor(caller, request);
    if (wait.compareTo(Duration.ZERO) > 0) {
      return refused(attempt, Problem.tooManyRequests(wait));
    }
    WebResponse response = path.work().respond(request, caller, attempt);
    attempt.granted().ifPresent(event -> publish(onGrant, event));
    return response;
  }

  private WebResponse grant(Route route, WebRequest request, Caller caller, Attempt attempt) {
    GrantRequest grantRequest = GrantRequest.read(request, grants);
    attempt.profile(grantRequest.profile());
    try (OfferLease lease = grantRequest.leaseOf(grants, caller, request)) {
      UploadOffer offer = lease.offer();
      requireRole(offer.profile(), request);
      grantRequest.requireKind(route.kind(), offer);
      if (recorded && grantRequest.planned().filename().isPresent()) {
        OriginRules.requireIntention(request);
      }
      return switch (route) {
        case POST_FORM -> postForm(offer, caller, grantRequest, attempt);
        case PRESIGNED_PUT -> presignedPut(offer, caller, grantRequest, attempt);
        case SECURITY_TOKEN -> securityToken(offer, caller, grantRequest, attempt);
      };
    }
  }

  private WebResponse postForm(
      UploadOffer offer, Caller caller, GrantRequest grantRequest, Attempt attempt) {
    PostGrant grant = offer.post(grantRequest.postFormat(offer), caller, grantRequest.planned());
    attempt.object(grant.key().map(ObjectKey::value).orElse(grant.prefix()));
    return WebResponse.json(grant.toJson());
  }

  private WebResponse presignedPut(
      UploadOffer offer, Caller caller, GrantRequest grantRequest, Attempt attempt) {
    PutFormat format = grantRequest.putFormat(offer);
    PutGrant grant = offer.put(format, caller, grantRequest.planned());
    attempt.object(grant.key().value());
    return format == PutFormat.FORM ? WebResponse.json(grant.toJson()) : bareUrl(grant);
  }

  private static WebResponse bareUrl(PutGrant grant) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", "text/plain;charset=US-ASCII");
    headers.put("X-Oss-Post-Key", PercentEncoding.path(grant.key().value()));
    return new WebResponse(200, headers, grant.toText());
  }

  private WebResponse securityToken(
      UploadOffer offer, Caller caller, GrantRequest grantRequest, Attempt attempt) {
    grantRequest.requireDirectoryOnly();
    TokenGrant grant = offer.token(caller);
    attempt.object(grant.prefix());
    return WebResponse.json(grant.toJson());
  }

  private WebResponse refused(Attempt attempt, Problem problem) {
    LOG.log(Level.DEBUG, () -> "Refused: " + problem.code() + ": " + LogText.of(problem.detail()));
    publish(onGrant, attempt.refused(problem.code()));
    return problem.toResponse();
  }

  /** Calls the listener. A failure is logged, and does not change the response. */
  static <E> void publish(Consumer<E> listener, E event) {
    try {
      listener.accept(event);
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "An event listener failed", e);
    }
  }

  static void requireRole(UploadProfile profile, WebRequest request) {
    if (!profile.roles().isEmpty() && profile.roles().stream().noneMatch(request::isInRole)) {
      throw new UploadRefusedException(
          UploadRefusedException.Reason.NOT_ALLOWED,
          "Profile '" + profile.name() + "' requires a role that you do not have.",
          "Ask the operator for one of the profile's roles.");
    }
  }

  /** Allows every preflight. The request itself is checked when it arrives. */
  private WebResponse options(WebRequest request, Path path) {
    Map<String, String> headers = new LinkedHashMap<>(origins.preflightHeaders(request));
    headers.put("Allow", path.allow());
    return new WebResponse(204, headers, new byte[0]);
  }

  private static boolean isForm(WebRequest request) {
    return request
        .header("Content-Type")
        .map(type -> MediaType.parse(type).filter(Path.FORM::equals).isPresent())
        .orElseGet(() -> !hasBody(request));
  }

  /** Containers do not read parameters from a body without a type. */
  private static boolean hasBody(WebRequest request) {
    return request.header("Transfer-Encoding").isPresent()
        || request.header("Content-Length").filter(length -> !length.equals("0")).isPresent();
  }

  /** Logs once that the credentials are unsuitable. Only the operator can fix that. */
  private void warnOfCredentials(UploadRefusedException refused) {
    if (refused.reason() == UploadRefusedException.Reason.CREDENTIALS_DO_NOT_FIT_PAGE
        && warnedOfCredentials.compareAndSet(false, true)) {
      LOG.log(Level.WARNING, refused.getMessage());
    }
  }

  /** Collects the settings of the endpoints. Not thread-safe. */
  public static final class Builder {
    private final UploadGrants grants;
    private CallerAuthorizer authorizer = CallerAuthorizer.authenticated();
    private @Nullable CallerSource callers;
    private OriginRules origins = new OriginRules(List.of());
    private RateLimit rateLimit = RateLimit.none();
    private @Nullable RateLimit stepLimit;
    private boolean recorded;
    private @Nullable LedgerView ledger;
    private @Nullable UploadCallbacks callbacks;
    private @Nullable MultipartUploads multipart;
    private ConfirmEndpoint.@Nullable Parts confirm;
    private Consumer<GrantEvent> onGrant = event -> {};
    private Consumer<CallbackEvent> onCallback = event -> {};
    private final List<AutoCloseable> owned = new ArrayList<>();
    private String pathPrefix = "";

    private Builder(UploadGrants grants) {
      this.grants = Objects.requireNonNull(grants, "grants");
    }

    /**
     * Sets the authorizer. Defaults to callers that the container authenticated.
     *
     * @param authorizer called once per request for a grant
     * @return this builder
     */
    public Builder authorizer(CallerAuthorizer authorizer) {
      this.authorizer = Objects.requireNonNull(authorizer, "authorizer");
      return this;
    }

    /**
     * Sets where the logged-in user and the user's roles come from. Defaults to the login of the
     * container or the framework.
     *
     * @param source called once or several times per request for a grant
     * @return this builder
     */
    public Builder callers(CallerSource source) {
      this.callers = Objects.requireNonNull(source, "source");
      return this;
    }

    /**
     * Sets the origins of other sites whose pages may request grants, like {@code
     * https://www.example.com}. Defaults to none.
     *
     * @param origins a scheme, a host and optionally a port each; {@code https://*.example.com}
     *     stands for the subdomains with one more label
     * @return this builder
     * @throws IllegalArgumentException if one of them is not an origin
     */
    public Builder allowedOrigins(List<String> origins) {
      this.origins = new OriginRules(origins);
      return this;
    }

    /**
     * Sets the rate limit. Defaults to no limit.
     *
     * @param limit called once per request
     * @return this builder
     */
    public Builder rateLimit(RateLimit limit) {
      this.rateLimit = Objects.requireNonNull(limit, "limit");
      return this;
    }

    /**
     * Sets the rate limit of requests that grant nothing: the steps of an upload in parts after its
     * start, confirmations, and the limits of a profile. Defaults to the limit of grants.
     *
     * @param limit called once per such request
     * @return this builder
     */
    public Builder stepLimit(RateLimit limit) {
      this.stepLimit = Objects.requireNonNull(limit, "limit");
      return this;
    }

    /**
     * Sets whether grants are recorded, so that a request for one has a side effect. Then {@code
     * GET} needs a header that shows the intention of a page. Defaults to false.
     *
     * @param recorded true with a ledger
     * @return this builder
     */
    public Builder recorded(boolean recorded) {
      this.recorded = recorded;
      return this;
    }

    /**
     * Sets the listener of every grant and every refusal. It runs on the request's thread before
     * the response is sent, and must be quick.
     *
     * @param listener called from any thread; its exceptions are logged and do not affect the grant
     * @return this builder
     */
    public Builder onGrant(Consumer<GrantEvent> listener) {
      this.onGrant = Objects.requireNonNull(listener, "listener");
      return this;
    }

    /**
     * Sets the view of the ledger that operators get from {@link UploadEndpoints#ledger}. Defaults
     * to none.
     *
     * @param view the ledger in which the grants are recorded
     * @return this builder
     */
    public Builder ledger(LedgerView view) {
      this.ledger = Objects.requireNonNull(view, "view");
      return this;
    }

    /**
     * Sets the receiver of OSS's callbacks at {@code /oss_upload_callback}. Defaults to none.
     *
     * @param callbacks a receiver with the tickets of the grants
     * @return this builder
     */
    public Builder callbacks(UploadCallbacks callbacks) {
      this.callbacks = Objects.requireNonNull(callbacks, "callbacks");
      return this;
    }

    /**
     * Sets the uploads in parts. Defaults to none.
     *
     * @param uploads uploads under the same grants; not closed here
     * @return this builder
     */
    public Builder multipart(MultipartUploads uploads) {
      this.multipart = Objects.requireNonNull(uploads, "uploads");
      return this;
    }

    /**
     * Lets pages report at {@code /oss_upload_confirm} that an upload is done. The server then
     * looks at the object. Defaults to no such path.
     *
     * @param confirmation looks at the objects; not closed here
     * @param tickets the tickets of the grants
     * @param clock that the expiration of tickets is compared with
     * @return this builder
     */
    public Builder confirmation(
        UploadConfirmation confirmation, UploadTickets tickets, Clock clock) {
      this.confirm = new ConfirmEndpoint.Parts(confirmation, tickets, clock);
      return this;
    }

    /**
     * Sets the listener of every callback, accepted or refused. It runs on the request's thread
     * before the response is sent, and must be quick.
     *
     * @param listener called from any thread; its exceptions are logged and do not change the
     *     response
     * @return this builder
     */
    public Builder onCallback(Consumer<CallbackEvent> listener) {
      this.onCallback = Objects.requireNonNull(listener, "listener");
      return this;
    }

    /**
     * Adds a resource to close with the endpoints, such as the HTTP client of a listener. The last
     * added resource is closed first.
     *
     * @param resource an object that only these endpoints use
     * @return this builder
     */
    public Builder closeAlso(AutoCloseable resource) {
      owned.add(Objects.requireNonNull(resource, "resource"));
      return this;
    }

    /**
     * Sets the prefix of every path, like {@code /api}. Defaults to none.
     *
     * @param prefix empty, or a path with a slash at its beginning and none at its end
     * @return this builder
     * @throws IllegalArgumentException if {@code prefix} has another form
     */
    public Builder pathPrefix(String prefix) {
      if (!prefix.isEmpty() && !prefix.matches("(/[A-Za-z0-9._~-]+)+")) {
        throw new IllegalArgumentException(
            "'"
                + prefix
                + "' is not a path prefix. Write a path without a final slash, like '/api'.");
      }
      this.pathPrefix = prefix;
      return this;
    }

    /** {@return the endpoints} */
    public UploadEndpoints build() {
      return new UploadEndpoints(this);
    }
  }
}
