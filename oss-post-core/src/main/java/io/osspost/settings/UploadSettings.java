package io.osspost.settings;

import static io.osspost.settings.SettingReader.checked;

import io.osspost.FormShape;
import io.osspost.GrantKind;
import io.osspost.UploadGrants;
import io.osspost.callback.UploadListener;
import io.osspost.credentials.CredentialsUnavailableException;
import io.osspost.credentials.OssCredentials;
import io.osspost.credentials.OssCredentialsProvider;
import io.osspost.object.OssBucket;
import io.osspost.profile.KeyNaming;
import io.osspost.profile.UploadProfile;
import io.osspost.sign.SignatureVersion;
import io.osspost.web.CallerAuthorizer;
import io.osspost.web.UploadEndpoints;
import java.net.URI;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

  /** A profile, and what it gives; an empty list stands for the shapes its name gets. */
  private record ConfiguredProfile(
      UploadProfile profile, Set<GrantKind> kinds, List<FormShape> shapes) {}

  private final SettingReader reader;
  private final OssBucket bucket;
  private final boolean allowAnonymous;
  private final Optional<CallbackSettings> callback;
  private final SignatureVersion signatureVersion;
  private final List<ConfiguredProfile> profiles;
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
    this.profiles = new ArrayList<>();
    profileNames.forEach(name -> profiles.add(profile(name)));
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
    for (ConfiguredProfile configured : profiles) {
      if (configured.shapes.isEmpty()) {
        grants.profile(configured.profile, configured.kinds);
      } else {
        checked(
            "profiles." + configured.profile.name() + ".formats",
            configured,
            offer -> grants.profile(offer.profile, offer.kinds, offer.shapes));
      }
    }
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
    return bucket(reader, "", name, region);
  }

  /** The bucket whose settings begin with {@code prefix}. */
  private static OssBucket bucket(SettingReader reader, String prefix, String name, String region) {
    // A sound region first, so that a complaint is about the name; then the other way round.
    checked(prefix + "bucket", name, candidate -> OssBucket.of(candidate, "cn-hangzhou"));
    OssBucket bucket =
        checked(prefix + "region", region, candidate -> OssBucket.of(name, candidate));
    return reader
        .value(prefix + "endpoint", endpoint -> endpoint.isEmpty() ? bucket : at(bucket, endpoint))
        .orElse(bucket);
  }

  private static OssBucket at(OssBucket bucket, String endpoint) {
    return switch (endpoint) {
      case "internal" -> bucket.internal();
      case "accelerate" -> bucket.accelerate();
      default -> bucket.at(URI.create(endpoint));
    };
  }

  private ConfiguredProfile profile(String name) {
    String setting = "profiles." + name;
    UploadProfile.Builder builder = checked(setting, name, UploadProfile::named);
    reader.value(setting + ".dir", builder::dir);
    reader.value(setting + ".min-size", text -> builder.minSize(SettingReader.bytes(text)));
    reader.value(setting + ".max-size", text -> builder.maxSize(SettingReader.bytes(text)));
    reader.value(
        setting + ".content-types", text -> builder.contentTypes(SettingReader.list(text)));
    reader.value(setting + ".validity", text -> builder.validity(SettingReader.span(text)));
    reader.value(setting + ".naming", text -> builder.naming(naming(text)));
    reader.value(
        setting + ".require-filename", text -> builder.requireFilename(SettingReader.flag(text)));
    reader.value(
        setting + ".forbid-overwrite", text -> builder.forbidOverwrite(SettingReader.flag(text)));
    reader.value(
        setting + ".success-status", text -> builder.successStatus(SettingReader.number(text)));
    reader.value(setting + ".success-redirect", text -> builder.successRedirect(redirect(text)));
    reader.value(setting + ".acl", builder::acl);
    reader.value(setting + ".storage-class", builder::storageClass);
    reader.value(setting + ".disposition", builder::disposition);
    reader
        .below(setting + ".metadata.")
        .forEach(
            (key, value) ->
                checked(setting + ".metadata." + key, Map.of(key, value), builder::metadata));
    reader.value(setting + ".roles", text -> builder.roles(Set.copyOf(SettingReader.list(text))));
    ownBucket(setting + ".").ifPresent(builder::bucket);
    UploadProfile profile = checked(setting + ".min-size", builder, UploadProfile.Builder::build);
    if (allowAnonymous && !profile.admitsAnonymous()) {
      throw new InvalidSettingException(
          setting + ".dir",
          "It holds {principal}, which anonymous callers do not have. Take it out, or set"
              + " allow-anonymous to false.");
    }
    List<FormShape> shapes =
        reader.value(setting + ".formats", UploadSettings::shapes).orElse(List.of());
    Set<GrantKind> kinds =
        reader.value(setting + ".grants", UploadSettings::kinds).orElse(Set.of(GrantKind.POST));
    return new ConfiguredProfile(profile, kinds, shapes);
  }

  /**
   * The bucket of a profile that sets any part of one; what it leaves out is that of all others.
   */
  private Optional<OssBucket> ownBucket(String prefix) {
    Optional<String> name = reader.text(prefix + "bucket");
    Optional<String> region = reader.text(prefix + "region");
    if (name.isEmpty() && region.isEmpty() && reader.text(prefix + "endpoint").isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        bucket(reader, prefix, name.orElse(bucket.name()), region.orElse(bucket.region())));
  }

  /** A page OSS sends browsers to: only where pages may ask from anyway. */
  private URI redirect(String text) {
    URI page = URI.create(text);
    String origin = page.getScheme() + "://" + page.getRawAuthority();
    if (allowedOrigins.stream().noneMatch(origin::equalsIgnoreCase)) {
      throw new IllegalArgumentException(
          "'"
              + text
              + "' is of an origin that is not listed. Add '"
              + origin
              + "' to cors.allowed-origins.");
    }
    return page;
  }

  private static KeyNaming naming(String text) {
    return switch (text) {
      case "uuid" -> KeyNaming.uuid();
      case "date-uuid" -> KeyNaming.dateUuid();
      case "as-named" -> KeyNaming.asNamed();
      default ->
          throw new IllegalArgumentException(
              "'" + text + "' is unknown. Write uuid, date-uuid or as-named.");
    };
  }

  private static SignatureVersion signatureVersion(String text) {
    return switch (text) {
      case "v4" -> SignatureVersion.V4;
      case "v1" -> SignatureVersion.V1;
      default -> throw new IllegalArgumentException("'" + text + "' is unknown. Write v4 or v1.");
    };
  }

  private static Set<GrantKind> kinds(String text) {
    Set<GrantKind> kinds = EnumSet.noneOf(GrantKind.class);
    for (String code : SettingReader.list(text)) {
      kinds.add(
          GrantKind.of(code)
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "'" + code + "' is unknown. Write post or put.")));
    }
    if (kinds.isEmpty()) {
      throw new IllegalArgumentException("No kind is named. Write post or put, or leave it out.");
    }
    return kinds;
  }

  private static List<FormShape> shapes(String text) {
    List<FormShape> shapes =
        SettingReader.list(text).stream()
            .map(
                code ->
                    FormShape.of(code)
                        .orElseThrow(
                            () ->
                                new IllegalArgumentException(
                                    "'" + code + "' is unknown. Write " + known() + ".")))
            .toList();
    if (shapes.isEmpty()) {
      throw new IllegalArgumentException(
          "No format is named. Write " + known() + ", or leave it out.");
    }
    return shapes;
  }

  private static String known() {
    return Stream.of(FormShape.values()).map(FormShape::code).collect(Collectors.joining(", "));
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
