package io.osspost.settings;

import static io.osspost.settings.SettingReader.checked;

import io.osspost.UploadGrants;
import io.osspost.callback.UploadListener;
import io.osspost.callback.UploadedObject;
import io.osspost.credentials.CredentialsUnavailableException;
import io.osspost.credentials.OssCredentialsProvider;
import io.osspost.credentials.TokenVendor;
import io.osspost.object.OssBucket;
import io.osspost.sign.SignatureVersion;
import io.osspost.web.CallerAuthorizer;
import io.osspost.web.UploadEndpoints;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
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
  private static final System.Logger LOG = System.getLogger(UploadSettings.class.getName());

  private final SettingReader reader;
  private final OssBucket bucket;
  private final boolean allowAnonymous;
  private final Optional<CallbackSettings> callback;
  private final SignatureVersion signatureVersion;
  private final boolean documentedFieldsOnly;
  private final List<ProfileSettings> profiles;
  private final String pathPrefix;
  private final List<String> allowedOrigins;

  private UploadSettings(SettingReader reader, Set<String> profileNames) {
    this.reader = reader;
    this.bucket = bucket(reader);
    this.allowAnonymous = reader.value("allow-anonymous", SettingReader::flag).orElse(false);
    this.pathPrefix = reader.text("path-prefix").orElse("");
    this.allowedOrigins =
        reader.value("cors.allowed-origins", SettingReader::list).orElse(List.of());
    this.signatureVersion =
        reader
            .value("signature-version", UploadSettings::signatureVersion)
            .orElse(SignatureVersion.V4);
    this.documentedFieldsOnly =
        reader.value("pin", UploadSettings::documentedFieldsOnly).orElse(false);
    this.callback = reader.text("callback.url").map(url -> CallbackSettings.read(reader));
    this.profiles =
        profileNames.stream()
            .map(
                name ->
                    ProfileSettings.read(
                        reader, name, bucket, allowAnonymous, documentedFieldsOnly, allowedOrigins))
            .toList();
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

  /**
   * {@return the credentials that {@code credentials.type} names}
   *
   * @throws CredentialsUnavailableException when the environment was asked and has none
   */
  public OssCredentialsProvider credentials() {
    return credentialsSettings().open();
  }

  private CredentialsSettings credentialsSettings() {
    return new CredentialsSettings(reader, bucket.region());
  }

  /** {@return who may ask, as {@code allow-anonymous} says} */
  public CallerAuthorizer callers() {
    return allowAnonymous ? CallerAuthorizer.anonymousAllowed() : CallerAuthorizer.authenticated();
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
    private @Nullable OssCredentialsProvider credentials;
    private @Nullable CallerAuthorizer callers;
    private @Nullable TokenVendor tokens;
    private UploadListener listener = Opening::log;

    private Opening(UploadSettings settings) {
      this.settings = settings;
    }

    /**
     * What signs, instead of what {@code credentials.type} names.
     *
     * @param credentials asked once per grant
     * @return this builder
     */
    public Opening credentials(OssCredentialsProvider credentials) {
      this.credentials = Objects.requireNonNull(credentials, "credentials");
      return this;
    }

    /**
     * Who may ask, instead of what {@code allow-anonymous} says.
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
     * @param vendor asked once per token grant
     * @return this builder
     */
    public Opening tokens(TokenVendor vendor) {
      this.tokens = Objects.requireNonNull(vendor, "vendor");
      return this;
    }

    /**
     * Who hears of verified callbacks, instead of the log.
     *
     * @param listener told of every verified upload once
     * @return this builder
     */
    public Opening listener(UploadListener listener) {
      this.listener = Objects.requireNonNull(listener, "listener");
      return this;
    }

    /**
     * Opens the endpoints.
     *
     * @return the endpoints
     * @throws InvalidSettingException when settings contradict each other or what was brought along
     * @throws CredentialsUnavailableException when the environment was asked and has none
     */
    public UploadEndpoints open() {
      OssCredentialsProvider signing = credentials == null ? settings.credentials() : credentials;
      UploadEndpoints.Builder endpoints =
          UploadEndpoints.of(grants(signing))
              .callers(callers == null ? settings.callers() : callers);
      checked("path-prefix", settings.pathPrefix, endpoints::pathPrefix);
      checked("cors.allowed-origins", settings.allowedOrigins, endpoints::allowedOrigins);
      settings.callback.ifPresent(
          configured -> endpoints.callbacks(configured.receiver(listener, signing.clock())));
      return endpoints.build();
    }

    private UploadGrants grants(OssCredentialsProvider signing) {
      UploadGrants.Builder grants =
          UploadGrants.to(settings.bucket)
              .credentials(signing)
              .signatureVersion(settings.signatureVersion);
      Optional.ofNullable(tokens)
          .or(() -> settings.credentialsSettings().openVendor(signing))
          .ifPresent(grants::tokens);
      settings.callback.ifPresent(configured -> grants.tickets(configured.tickets()));
      settings.callback.ifPresent(configured -> grants.callback(configured.parameter()));
      settings.profiles.forEach(profile -> profile.addTo(grants));
      return checked("profiles", grants, UploadGrants.Builder::build);
    }

    private static void log(UploadedObject uploaded) {
      LOG.log(
          System.Logger.Level.INFO,
          "{0} uploaded {1}, {2,number,#} bytes",
          uploaded.caller(),
          uploaded.key(),
          uploaded.size());
    }
  }

  private static OssBucket bucket(SettingReader reader) {
    String name = reader.required("bucket", "Write the name of the bucket uploads go to.");
    String region =
        reader.required("region", "Write the region of the bucket, such as cn-hangzhou.");
    return BucketSettings.read(reader, "", name, region);
  }

  private static SignatureVersion signatureVersion(String text) {
    return switch (text) {
      case "v4" -> SignatureVersion.V4;
      case "v1" -> SignatureVersion.V1;
      default -> throw new IllegalArgumentException("'" + text + "' is unknown. Write v4 or v1.");
    };
  }

  private static boolean documentedFieldsOnly(String text) {
    return switch (text) {
      case "all" -> false;
      case "documented" -> true;
      default ->
          throw new IllegalArgumentException("'" + text + "' is unknown. Write all or documented.");
    };
  }
}
