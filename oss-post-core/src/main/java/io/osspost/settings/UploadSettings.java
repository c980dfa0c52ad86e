package io.osspost.settings;

import static io.osspost.settings.SettingReader.checked;

import io.osspost.UploadGrants;
import io.osspost.callback.UploadListener;
import io.osspost.credentials.CredentialsUnavailableException;
import io.osspost.credentials.OssCredentials;
import io.osspost.credentials.OssCredentialsProvider;
import io.osspost.object.OssBucket;
import io.osspost.sign.SignatureVersion;
import io.osspost.web.CallerAuthorizer;
import io.osspost.web.UploadEndpoints;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

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
    this.callback = reader.text("callback.url").map(url -> CallbackSettings.read(reader));
    this.profiles =
        profileNames.stream()
            .map(name -> ProfileSettings.read(reader, name, bucket, allowAnonymous, allowedOrigins))
            .toList();
  }

  /**
   * The names of all settings; {@code <name>} stands for the name of a profile, and {@code <key>}
   * for that of a piece of metadata.
   */
  public static List<String> names() {
    return SettingNames.ALL;
  }

  /**
   * Reads settings by their documented names, without the prefix a framework puts before them.
   *
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
   * The credentials that {@code credentials.type} names.
   *
   * @throws CredentialsUnavailableException when the environment was asked and has none
   */
  public OssCredentialsProvider credentials() {
    String type = reader.text("credentials.type").orElse("env");
    return switch (type) {
      case "env" -> OssCredentialsProvider.environment();
      case "static" -> OssCredentialsProvider.of(staticCredentials());
      default ->
          throw new InvalidSettingException(
              "credentials.type", "'" + type + "' is unknown. Write env or static.");
    };
  }

  /** Who may ask, as {@code allow-anonymous} says. */
  public CallerAuthorizer callers() {
    return allowAnonymous ? CallerAuthorizer.anonymousAllowed() : CallerAuthorizer.authenticated();
  }

  /** Opens the endpoints with the credentials and callers that the settings name. */
  public UploadEndpoints open() {
    return open(credentials(), callers());
  }

  /** Opens the endpoints with credentials and callers of your own; callbacks are logged. */
  public UploadEndpoints open(OssCredentialsProvider credentials, CallerAuthorizer callers) {
    return open(
        credentials,
        callers,
        uploaded ->
            LOG.log(
                System.Logger.Level.INFO,
                "{0} uploaded {1}, {2,number,#} bytes",
                uploaded.caller(),
                uploaded.key(),
                uploaded.size()));
  }

  /** Opens the endpoints with credentials, callers and a listener for callbacks of your own. */
  public UploadEndpoints open(
      OssCredentialsProvider credentials, CallerAuthorizer callers, UploadListener listener) {
    UploadGrants.Builder grants =
        UploadGrants.to(bucket).credentials(credentials).signatureVersion(signatureVersion);
    callback.ifPresent(configured -> grants.tickets(configured.tickets()));
    callback.ifPresent(configured -> grants.callback(configured.parameter()));
    profiles.forEach(profile -> profile.addTo(grants));
    UploadGrants built = checked("signature-version", grants, UploadGrants.Builder::build);
    UploadEndpoints.Builder endpoints = UploadEndpoints.of(built).callers(callers);
    checked("path-prefix", pathPrefix, endpoints::pathPrefix);
    checked("cors.allowed-origins", allowedOrigins, endpoints::allowedOrigins);
    callback.ifPresent(configured -> endpoints.callbacks(configured.receiver(listener)));
    return endpoints.build();
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

  private OssCredentials staticCredentials() {
    String id = reader.required("credentials.access-key-id", "Write the id of the AccessKey.");
    String secret =
        reader.required("credentials.access-key-secret", "Write the secret of the AccessKey.");
    Optional<String> token = reader.text("credentials.security-token");
    return token.isPresent() && !token.get().isEmpty()
        ? OssCredentials.temporary(id, secret, token.get())
        : OssCredentials.of(id, secret);
  }
}
