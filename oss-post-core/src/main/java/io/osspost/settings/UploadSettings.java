package io.osspost.settings;

import io.osspost.GrantKind;
import io.osspost.credentials.CredentialsUnavailableException;
import io.osspost.credentials.OssCredentialsProvider;
import io.osspost.object.OssBucket;
import io.osspost.web.CallerAuthorizer;
import io.osspost.web.PrincipalNames;
import io.osspost.web.UploadEndpoints;
import java.security.Principal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * All settings, read and checked. Immutable.
 *
 * <pre>{@code
 * UploadEndpoints endpoints =
 *     UploadSettings.read(Map.of("bucket", "examplebucket", "region", "cn-hangzhou")).open();
 * }</pre>
 *
 * <p>A size is a number of bytes, or a number with {@code KB}, {@code MB} or {@code GB} (of 1024);
 * a duration is ISO-8601 ({@code PT10M}), or a number with {@code s}, {@code m}, {@code h} or
 * {@code d}; lists are separated by commas. An empty value counts as not set. A profile exists if
 * one of its settings is set. Without any, there is one profile named {@code default}.
 */
public final class UploadSettings {
  final SettingReader reader;
  final CommonSettings common;
  final CallbackSettings callback;
  final MultipartSettings multipart;
  final LedgerSettings ledger;
  final StoreSettings store;
  final RateSettings rates;
  final TenantSettings tenants;
  final List<ProfileSettings> profiles;

  private UploadSettings(SettingReader reader, Set<String> profileNames) {
    this.reader = reader;
    this.common = CommonSettings.read(reader);
    this.callback = CallbackSettings.read(reader);
    this.multipart = MultipartSettings.read(reader);
    this.ledger = LedgerSettings.read(reader);
    this.store = StoreSettings.read(reader);
    this.rates = RateSettings.read(reader);
    this.tenants = TenantSettings.read(reader);
    this.profiles =
        profileNames.stream().map(name -> ProfileSettings.read(reader, name, common)).toList();
    requireAnonymousProfile();
  }

  /** Rejects anonymous callers if every profile requires a role, which they do not have. */
  private void requireAnonymousProfile() {
    if (common.allowAnonymous()
        && reader.text("authorizer").isEmpty()
        && profiles.stream().noneMatch(profile -> profile.profile().roles().isEmpty())) {
      throw new InvalidSettingException(
          "profiles." + profiles.get(0).profile().name() + ".roles",
          "allow-anonymous is true, but every profile requires a role, which anonymous callers do"
              + " not have. Set allow-anonymous to false, or remove the roles of a profile.");
    }
  }

  /**
   * {@return the names of all settings} {@code <name>} stands for the name of a profile, and {@code
   * <key>} for that of a metadata entry.
   */
  public static List<String> names() {
    return SettingNames.ALL;
  }

  /**
   * Reads settings by their documented names, without a framework's prefix.
   *
   * @param settings the texts by name; a missing or empty setting has its default
   * @return the settings, checked
   * @throws InvalidSettingException if a name is unknown, or a value missing or invalid
   */
  public static UploadSettings read(Map<String, String> settings) {
    Set<String> profileNames = new TreeSet<>();
    settings.forEach(
        (setting, value) -> {
          SettingNames.require(setting);
          if (!value.isBlank()) {
            SettingNames.profileOf(setting).ifPresent(profileNames::add);
          }
        });
    if (profileNames.isEmpty()) {
      profileNames.add("default");
    }
    return new UploadSettings(new SettingReader(Map.copyOf(settings)), profileNames);
  }

  /**
   * Reads settings like {@link #read}, and missing ones from system properties, such as {@code
   * oss.post.profiles.avatars.max-size}, then from environment variables, such as {@code
   * OSS_POST_PROFILES_AVATARS_MAX_SIZE}. An unknown variable only gives a warning.
   *
   * @param settings the texts by name; may be empty
   * @return the settings, checked
   * @throws InvalidSettingException if a name is unknown, or a value missing or invalid
   */
  public static UploadSettings readWithEnvironment(Map<String, String> settings) {
    Map<String, String> properties = new HashMap<>();
    for (String name : System.getProperties().stringPropertyNames()) {
      properties.put(name, System.getProperty(name));
    }
    return read(SettingSources.merge(settings, properties, System.getenv()));
  }

  /** {@return the bucket of profiles that name no bucket} */
  public OssBucket bucket() {
    return common.bucket();
  }

  /** {@return whether callers who are not logged in may upload, unless an authorizer decides} */
  public boolean allowsAnonymous() {
    return common.allowAnonymous();
  }

  /**
   * {@return whether {@link #readWithEnvironment} would find a bucket} Adapters that start
   * automatically check this first. An empty name in a source of higher precedence disables them.
   *
   * @param settings the texts by name; may be empty
   */
  public static boolean namesBucket(Map<String, String> settings) {
    return SettingSources.find("bucket", settings, System::getProperty, System::getenv)
        .filter(bucket -> !bucket.isBlank())
        .isPresent();
  }

  /**
   * {@return the credentials that {@code credentials.type} names, which the caller of this method
   * closes}
   *
   * @throws CredentialsUnavailableException if they come from environment variables that are not
   *     set
   */
  public OssCredentialsProvider credentials() {
    return credentials(name -> Optional.empty());
  }

  /**
   * {@return the credentials that {@code credentials.type} names, which the caller of this method
   * closes}
   *
   * @param objects finds an object of the application by its name
   * @throws CredentialsUnavailableException if they come from environment variables that are not
   *     set
   */
  public OssCredentialsProvider credentials(Function<String, Optional<Object>> objects) {
    return credentials(new NamedObjects(objects)).open();
  }

  CredentialsSettings credentials(NamedObjects objects) {
    return new CredentialsSettings(reader, common.bucket().region(), objects);
  }

  /**
   * {@return the authorizer that {@code authorizer} names, otherwise that of {@code
   * allow-anonymous}}
   *
   * @param objects finds an object of the application by its name
   * @param names the names of callers, unless {@code principal-names} names others
   */
  public CallerAuthorizer authorizer(
      Function<String, Optional<Object>> objects, Optional<PrincipalNames> names) {
    NamedObjects named = new NamedObjects(objects);
    return namedAuthorizer(named).orElseGet(() -> defaultAuthorizer(named, names));
  }

  /** Returns the name of the type of credentials. */
  String credentialsType() {
    return reader.text("credentials.type").orElse("env");
  }

  boolean grantsTokens() {
    return profiles.stream().anyMatch(profile -> profile.kinds().contains(GrantKind.TOKEN));
  }

  /** Returns a warning about each doubtful region and endpoint. */
  List<String> addressWarnings() {
    List<String> warnings =
        new ArrayList<>(AddressCheck.warnings(reader, "", common.bucket().region()));
    for (ProfileSettings profile : profiles) {
      String prefix = "profiles." + profile.profile().name() + ".";
      profile
          .profile()
          .bucket()
          .ifPresent(
              own -> {
                if (!own.region().equals(common.bucket().region())
                    || reader.text(prefix + "endpoint").isPresent()) {
                  warnings.addAll(AddressCheck.warnings(reader, prefix, own.region()));
                }
              });
    }
    return warnings;
  }

  /** Returns a warning about each profile in which files of the same name collide. */
  List<String> namingWarnings() {
    Optional<String> common = reader.text("naming");
    return profiles.stream()
        .flatMap(profile -> NamingCheck.warning(profile, common).stream())
        .toList();
  }

  Optional<CallerAuthorizer> namedAuthorizer(NamedObjects objects) {
    return reader.value("authorizer", name -> objects.get(name, CallerAuthorizer.class));
  }

  CallerAuthorizer defaultAuthorizer(NamedObjects objects, Optional<PrincipalNames> otherwise) {
    PrincipalNames names =
        reader
            .value("principal-names", name -> objects.get(name, PrincipalNames.class))
            .or(() -> otherwise)
            .orElse(Principal::getName);
    return common.allowAnonymous()
        ? CallerAuthorizer.anonymousAllowed(names)
        : CallerAuthorizer.authenticated(names);
  }

  /**
   * Opens the endpoints of these settings. Uploads are logged.
   *
   * @return the endpoints
   * @throws InvalidSettingException if settings contradict each other
   * @throws CredentialsUnavailableException if the credentials come from environment variables that
   *     are not set
   */
  public UploadEndpoints open() {
    return open(Collaborators.none());
  }

  /**
   * Opens the endpoints with collaborators of the application. Closing the endpoints closes the
   * objects that the settings opened, but no collaborator.
   *
   * @param collaborators the application's objects
   * @return the endpoints
   * @throws InvalidSettingException if settings contradict each other or a collaborator
   * @throws CredentialsUnavailableException if the credentials come from environment variables that
   *     are not set
   */
  public UploadEndpoints open(Collaborators collaborators) {
    return new Assembly(this, collaborators).endpoints();
  }
}
