package io.osspost.settings;

import io.osspost.ProfileSource;
import io.osspost.callback.CallbackMemory;
import io.osspost.callback.ListenerTransaction;
import io.osspost.callback.UploadListener;
import io.osspost.callback.UploadedObject;
import io.osspost.credentials.OssCredentialsProvider;
import io.osspost.credentials.TokenVendor;
import io.osspost.ledger.GrantEnd;
import io.osspost.ledger.UploadLedger;
import io.osspost.profile.KeyNaming;
import io.osspost.profile.UploadProfile;
import io.osspost.web.CallbackEvent;
import io.osspost.web.CallerAuthorizer;
import io.osspost.web.GrantEvent;
import io.osspost.web.PrincipalNames;
import io.osspost.web.RateLimit;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The objects of the application that the endpoints use, in addition to the settings. Immutable.
 *
 * <p>One order of precedence applies: an object that a setting names takes precedence over the
 * application's, and that over the default.
 */
public final class Collaborators {
  private final Function<String, Optional<Object>> objects;
  private final String contextPath;
  private final @Nullable OssCredentialsProvider credentials;
  private final Map<Class<?>, Supplier<? extends Optional<?>>> byType;
  private final BiConsumer<String, UploadProfile.Builder> customizer;
  private final boolean customizes;
  private final Consumer<GrantEvent> onGrant;
  private final Consumer<CallbackEvent> onCallback;
  private final Consumer<UploadedObject> onUpload;
  private final Consumer<GrantEnd> onEnd;

  private Collaborators(Builder builder) {
    this.objects = builder.objects;
    this.contextPath = builder.contextPath;
    this.credentials = builder.credentials;
    this.byType = Map.copyOf(builder.byType);
    this.customizer = builder.customizer == null ? (name, profile) -> {} : builder.customizer;
    this.customizes = builder.customizer != null;
    this.onGrant = builder.onGrant;
    this.onCallback = builder.onCallback;
    this.onUpload = builder.onUpload;
    this.onEnd = builder.onEnd;
  }

  /** {@return a builder without collaborators} */
  public static Builder builder() {
    return new Builder();
  }

  /** {@return no collaborators} */
  public static Collaborators none() {
    return builder().build();
  }

  Function<String, Optional<Object>> objects() {
    return objects;
  }

  String contextPath() {
    return contextPath;
  }

  Optional<OssCredentialsProvider> credentials() {
    return Optional.ofNullable(credentials);
  }

  /** Returns the collaborator of that type, if the application has one. */
  <T> Optional<T> find(Class<T> type) {
    Supplier<? extends Optional<?>> supplier = byType.get(type);
    return supplier == null ? Optional.empty() : supplier.get().map(type::cast);
  }

  /** Returns whether profiles are changed after their settings are read. */
  boolean customizes() {
    return customizes;
  }

  BiConsumer<String, UploadProfile.Builder> customizer() {
    return customizer;
  }

  Consumer<GrantEvent> onGrant() {
    return onGrant;
  }

  Consumer<CallbackEvent> onCallback() {
    return onCallback;
  }

  Consumer<UploadedObject> onUpload() {
    return onUpload;
  }

  Consumer<GrantEnd> onEnd() {
    return onEnd;
  }

  /** Collects the application's collaborators. Not thread-safe. */
  public static final class Builder {
    private final Map<Class<?>, Supplier<? extends Optional<?>>> byType = new HashMap<>();
    private Function<String, Optional<Object>> objects = name -> Optional.empty();
    private String contextPath = "";
    private @Nullable OssCredentialsProvider credentials;
    private @Nullable BiConsumer<String, UploadProfile.Builder> customizer;
    private Consumer<GrantEvent> onGrant = event -> {};
    private Consumer<CallbackEvent> onCallback = event -> {};
    private Consumer<UploadedObject> onUpload = uploaded -> {};
    private Consumer<GrantEnd> onEnd = end -> {};

    private Builder() {}

    /**
     * Sets the objects that settings can name besides built-in names and classes: beans, or
     * attributes of a servlet context. Defaults to none.
     *
     * @param objects finds an object by its name
     * @return this builder
     */
    public Builder objects(Function<String, Optional<Object>> objects) {
      this.objects = Objects.requireNonNull(objects, "objects");
      return this;
    }

    /**
     * Sets the path of the web application, with which {@code callback.url} is compared. Defaults
     * to the root.
     *
     * @param path empty, or a path with a slash at its beginning and none at its end
     * @return this builder
     */
    public Builder contextPath(String path) {
      this.contextPath = Objects.requireNonNull(path, "path");
      return this;
    }

    /**
     * Sets the credentials that sign. They take precedence: the credentials that {@code
     * credentials.type} names are not opened.
     *
     * @param credentials called once per grant; the application closes it
     * @return this builder
     */
    public Builder credentials(OssCredentialsProvider credentials) {
      this.credentials = Objects.requireNonNull(credentials, "credentials");
      return this;
    }

    /**
     * Sets the authorizer of callers, unless {@code authorizer} names another.
     *
     * @param authorizer called once per request
     * @return this builder
     */
    public Builder authorizer(CallerAuthorizer authorizer) {
      return bring(CallerAuthorizer.class, authorizer);
    }

    /**
     * Sets the vendor of tokens for clients, unless {@code token.role-arn} names a role.
     *
     * @param vendor called once per token grant; the application closes it
     * @return this builder
     */
    public Builder tokens(TokenVendor vendor) {
      return bring(TokenVendor.class, vendor);
    }

    /**
     * Sets the listener of uploads, unless {@code upload-listener} names another. Defaults to the
     * log.
     *
     * @param listener called once for every verified upload
     * @return this builder
     */
    public Builder uploadListener(UploadListener listener) {
      return bring(UploadListener.class, listener);
    }

    /**
     * Sets the rate limit, unless {@code rate-limit} names another.
     *
     * @param limit called once per request for a grant
     * @return this builder
     */
    public Builder rateLimit(RateLimit limit) {
      return bring(RateLimit.class, limit);
    }

    /**
     * Sets how objects are named, unless the setting {@code naming}, common or of a profile, names
     * another way.
     *
     * @param naming called once per grant of a named file
     * @return this builder
     */
    public Builder naming(KeyNaming naming) {
      return bring(KeyNaming.class, naming);
    }

    /**
     * Sets the clock of grants and callbacks. Defaults to the clock of the credentials.
     *
     * @param clock read once per grant and once per callback
     * @return this builder
     */
    public Builder clock(Clock clock) {
      return bring(Clock.class, clock);
    }

    /**
     * Sets the names of callers. Defaults to the names of their principals.
     *
     * @param names called once per request for a grant
     * @return this builder
     */
    public Builder principalNames(PrincipalNames names) {
      return bring(PrincipalNames.class, names);
    }

    /**
     * Sets the memory of reported uploads. Defaults to one in this process.
     *
     * @param memory one that all servers share, if there are several
     * @return this builder
     */
    public Builder memory(CallbackMemory memory) {
      return bring(CallbackMemory.class, memory);
    }

    /**
     * Sets the ledger in which exact grants are recorded. Defaults to none.
     *
     * @param ledger one that all servers share, if there are several
     * @return this builder
     */
    public Builder ledger(UploadLedger ledger) {
      return bring(UploadLedger.class, ledger);
    }

    /**
     * Sets the transaction in which the listener of uploads runs. Defaults to none.
     *
     * @param transaction one that also commits the changes of the memory
     * @return this builder
     */
    public Builder transaction(ListenerTransaction transaction) {
      return bring(ListenerTransaction.class, transaction);
    }

    /**
     * Sets the source of profiles that are found at run time, unless {@code tenants.source} names
     * another. Defaults to none.
     *
     * @param source called at least once per request
     * @return this builder
     */
    public Builder profileSource(ProfileSource source) {
      return bring(ProfileSource.class, source);
    }

    /**
     * Sets where a collaborator is looked up if no setting names one: in a bean container, for
     * example. The lookup is not called earlier.
     *
     * @param <T> one of the types of this builder's other methods
     * @param type the type
     * @param found the collaborator, or nothing
     * @return this builder
     */
    public <T> Builder lookup(Class<T> type, Supplier<Optional<T>> found) {
      byType.put(type, found);
      return this;
    }

    /**
     * Sets a change of each profile, after its settings are read. Defaults to none.
     *
     * @param customizer receives the profile's name and a builder with its settings
     * @return this builder
     */
    public Builder customizer(BiConsumer<String, UploadProfile.Builder> customizer) {
      this.customizer = Objects.requireNonNull(customizer, "customizer");
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
     * Sets the listener of every reported upload, after the {@code UploadListener}. It runs on the
     * request's thread before the response is sent, and must be quick.
     *
     * @param listener called from any thread; its exceptions are logged and do not change the
     *     response
     * @return this builder
     */
    public Builder onUpload(Consumer<UploadedObject> listener) {
      this.onUpload = Objects.requireNonNull(listener, "listener");
      return this;
    }

    /**
     * Sets the listener of recorded grants that were not reported in time: no object was found, the
     * upload was late, or it is lost. It must be quick.
     *
     * @param listener called from any thread; its exceptions are logged
     * @return this builder
     */
    public Builder onEnd(Consumer<GrantEnd> listener) {
      this.onEnd = Objects.requireNonNull(listener, "listener");
      return this;
    }

    /** {@return the collaborators} */
    public Collaborators build() {
      return new Collaborators(this);
    }

    private <T> Builder bring(Class<T> type, T brought) {
      Objects.requireNonNull(brought, type.getSimpleName());
      return lookup(type, () -> Optional.of(brought));
    }
  }
}
