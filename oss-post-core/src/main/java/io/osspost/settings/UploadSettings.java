package io.osspost.settings;

import io.osspost.callback.UploadCallbacks;
import io.osspost.callback.UploadListener;
import io.osspost.credentials.CredentialsUnavailableException;
import io.osspost.credentials.OssCredentialsProvider;
import io.osspost.credentials.TokenVendor;
import io.osspost.object.OssBucket;
import io.osspost.profile.KeyNaming;
import io.osspost.profile.UploadProfile;
import io.osspost.web.CallerAuthorizer;
import io.osspost.web.RateLimit;
import io.osspost.web.UploadEndpoints;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Every setting, read and checked. Immutable, but for the credentials the environment may bring.
 *
 * <pre>{@code
 * UploadEndpoints endpoints =
 *     UploadSettings.read(Map.of("bucket", "examplebucket", "region", "cn-hangzhou")).open();
 * }</pre>
 *
 * <p>Sizes are bytes, or a number with {@code KB}, {@code MB} or {@code GB} (of 1024); spans are
 * ISO-8601 ({@code PT10M}), or a number with {@code s}, {@code m}, {@code h} or {@code d}; lists
 * are separated by commas. A profile exists when one of its settings is written; when none is,
 * there is one named {@code default}.
 */
public final class UploadSettings {
  final SettingReader reader;
  final CommonSettings common;
  final CallbackSettings callback;
  final Set<String> profileNames;

  private UploadSettings(SettingReader reader, Set<String> profileNames) {
    this.reader = reader;
    this.common = CommonSettings.read(reader);
    this.callback = CallbackSettings.read(reader);
    this.profileNames = profileNames;
    for (String name : profileNames) {
      ProfileSettings.read(reader, name, common, Optional.empty());
    }
  }

  /**
   * {@return the names of all settings} {@code <name>} stands for the name of a profile, and {@code
   * <key>} for that of a piece of metadata.
   */
  public static List<String> names() {
    return SettingNames.ALL;
  }

  /**
   * Reads settings by their documented names, without the prefix a framework puts before them.
   *
   * @param settings the texts by name; what is not there has its default
   * @return the settings, checked
   * @throws InvalidSettingException for an unknown name, a missing value or a bad one
   */
  public static UploadSettings read(Map<String, String> settings) {
    Set<String> profileNames = new TreeSet<>();
    for (String setting : settings.keySet()) {
      SettingNames.require(setting);
      SettingNames.profileOf(setting).ifPresent(profileNames::add);
    }
    if (profileNames.isEmpty()) {
      profileNames.add("default");
    }
    return new UploadSettings(new SettingReader(Map.copyOf(settings)), profileNames);
  }

  /**
   * Reads settings like {@link #read}, and those it has not from system properties, such as {@code
   * oss.post.profiles.avatars.max-size}, then from environment variables, such as {@code
   * OSS_POST_PROFILES_AVATARS_MAX_SIZE}. Unknown variables are only warned of.
   *
   * @param settings the texts by name; may be empty
   * @return the settings, checked
   * @throws InvalidSettingException for an unknown name, a missing value or a bad one
   */
  public static UploadSettings readWithEnvironment(Map<String, String> settings) {
    Map<String, String> properties = new HashMap<>();
    for (String name : System.getProperties().stringPropertyNames()) {
      properties.put(name, System.getProperty(name));
    }
    return read(SettingSources.merge(settings, properties, System.getenv()));
  }

  /** {@return the bucket uploads go to whose profile has none of its own} */
  public OssBucket bucket() {
    return common.bucket();
  }

  /**
   * {@return whether {@link #readWithEnvironment} would find a bucket} Adapters that start by
   * themselves, because their jar is there, ask this first. An empty name in a nearer source says
   * that there shall be none.
   *
   * @param settings the texts by name; may be empty
   */
  public static boolean namesBucket(Map<String, String> settings) {
    return SettingSources.find("bucket", settings, System::getProperty, System::getenv)
        .filter(bucket -> !bucket.isBlank())
        .isPresent();
  }

  /**
   * {@return the credentials that {@code credentials.type} names, which the caller closes}
   *
   * @throws CredentialsUnavailableException when the environment was asked and has none
   */
  public OssCredentialsProvider credentials() {
    return credentials(name -> Optional.empty());
  }

  /**
   * {@return the credentials that {@code credentials.type} names, which the caller closes}
   *
   * @param objects finds an object of the application's own by its name
   * @throws CredentialsUnavailableException when the environment was asked and has none
   */
  public OssCredentialsProvider credentials(Function<String, Optional<Object>> objects) {
    return credentials(new NamedObjects(objects)).open();
  }

  CredentialsSettings credentials(NamedObjects objects) {
    return new CredentialsSettings(reader, common.bucket().region(), objects);
  }

  /** {@return who may ask, as {@code authorizer}, or else {@code allow-anonymous}, says} */
  public CallerAuthorizer callers() {
    return callers(name -> Optional.empty());
  }

  /**
   * {@return who may ask, as {@code authorizer}, or else {@code allow-anonymous}, says}
   *
   * @param objects finds an object of the application's own by its name
   */
  public CallerAuthorizer callers(Function<String, Optional<Object>> objects) {
    return callers(new NamedObjects(objects));
  }

  CallerAuthorizer callers(NamedObjects objects) {
    return reader
        .named("authorizer", name -> objects.get(name, CallerAuthorizer.class))
        .orElseGet(
            () ->
                common.allowAnonymous()
                    ? CallerAuthorizer.anonymousAllowed()
                    : CallerAuthorizer.authenticated());
  }

  /**
   * Opens the endpoints with what the settings name; callbacks are logged.
   *
   * @return the endpoints
   */
  public UploadEndpoints open() {
    return opening().open();
  }

  /** {@return a builder that opens the endpoints with collaborators of the application's own} */
  public Opening opening() {
    return new Opening(this);
  }

  /** Collects what the application brings along. Not thread-safe. */
  public static final class Opening {
    private final UploadSettings settings;
    Function<String, Optional<Object>> objects = name -> Optional.empty();
    @Nullable OssCredentialsProvider credentials;
    @Nullable CallerAuthorizer callers;
    @Nullable TokenVendor tokens;
    @Nullable UploadListener listener;
    @Nullable RateLimit rateLimit;
    @Nullable KeyNaming naming;
    @Nullable Clock clock;
    UploadCallbacks.@Nullable Memory memory;
    BiConsumer<String, UploadProfile.Builder> customizer = (name, profile) -> {};
    Consumer<UploadEndpoints.GrantEvent> events = event -> {};
    Consumer<UploadEndpoints.CallbackEvent> callbackEvents = event -> {};

    private Opening(UploadSettings settings) {
      this.settings = settings;
    }

    /**
     * What settings may name that are neither words of theirs nor classes: beans, or attributes of
     * a servlet context. Nothing unless set.
     *
     * @param objects finds an object by its name
     * @return this builder
     */
    public Opening objects(Function<String, Optional<Object>> objects) {
      this.objects = Objects.requireNonNull(objects, "objects");
      return this;
    }

    /**
     * What signs, instead of what {@code credentials.type} names.
     *
     * @param credentials asked once per grant; whoever brings them closes them
     * @return this builder
     */
    public Opening credentials(OssCredentialsProvider credentials) {
      this.credentials = Objects.requireNonNull(credentials, "credentials");
      return this;
    }

    /**
     * Who may ask, instead of what {@code authorizer} or {@code allow-anonymous} says.
     *
     * @param callers asked once per request
     * @return this builder
     */
    public Opening callers(CallerAuthorizer callers) {
      this.callers = Objects.requireNonNull(callers, "callers");
      return this;
    }

    /**
     * Where tokens for clients come from, instead of the role {@code token.role-arn} names.
     *
     * @param vendor asked once per token grant; whoever brings it closes it
     * @return this builder
     */
    public Opening tokens(TokenVendor vendor) {
      this.tokens = Objects.requireNonNull(vendor, "vendor");
      return this;
    }

    /**
     * Who hears of verified callbacks, instead of what {@code listener} names, or the log.
     *
     * @param listener told of every verified upload once
     * @return this builder
     */
    public Opening listener(UploadListener listener) {
      this.listener = Objects.requireNonNull(listener, "listener");
      return this;
    }

    /**
     * How often callers may ask, instead of what {@code rate-limit} names.
     *
     * @param limit asked once per request for a grant
     * @return this builder
     */
    public Opening rateLimit(RateLimit limit) {
      this.rateLimit = Objects.requireNonNull(limit, "limit");
      return this;
    }

    /**
     * How objects are named in profiles that do not say, instead of what {@code naming} says.
     *
     * @param naming asked once per grant of a named file
     * @return this builder
     */
    public Opening naming(KeyNaming naming) {
      this.naming = Objects.requireNonNull(naming, "naming");
      return this;
    }

    /**
     * What tells the time of grants and callbacks, instead of the clock of the credentials.
     *
     * @param clock asked once per grant and once per callback
     * @return this builder
     */
    public Opening clock(Clock clock) {
      this.clock = Objects.requireNonNull(clock, "clock");
      return this;
    }

    /**
     * What remembers the callbacks that were heard, instead of this process.
     *
     * @param memory one that all servers share, where there are several
     * @return this builder
     */
    public Opening memory(UploadCallbacks.Memory memory) {
      this.memory = Objects.requireNonNull(memory, "memory");
      return this;
    }

    /**
     * Changes each profile after its settings are read.
     *
     * @param customizer gets the name of the profile, and what its settings made of it
     * @return this builder
     */
    public Opening customize(BiConsumer<String, UploadProfile.Builder> customizer) {
      this.customizer = Objects.requireNonNull(customizer, "customizer");
      return this;
    }

    /**
     * Hears of every grant given or refused, on the thread that answers; must be quick.
     *
     * @param listener called from any thread; what it throws is logged and costs nobody the grant
     * @return this builder
     */
    public Opening events(Consumer<UploadEndpoints.GrantEvent> listener) {
      this.events = Objects.requireNonNull(listener, "listener");
      return this;
    }

    /**
     * Hears of every callback accepted or refused, on the thread that answers; must be quick.
     *
     * @param listener called from any thread; what it throws is logged and changes no answer
     * @return this builder
     */
    public Opening callbackEvents(Consumer<UploadEndpoints.CallbackEvent> listener) {
      this.callbackEvents = Objects.requireNonNull(listener, "listener");
      return this;
    }

    /**
     * Opens the endpoints. Closing them closes what the settings had opened, and nothing that was
     * brought along.
     *
     * @return the endpoints
     * @throws InvalidSettingException when settings contradict each other or what was brought along
     * @throws CredentialsUnavailableException when the environment was asked and has none
     */
    public UploadEndpoints open() {
      return new Assembly(settings, this).endpoints();
    }
  }
}
