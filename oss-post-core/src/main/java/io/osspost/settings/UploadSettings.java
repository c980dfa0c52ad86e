package io.osspost.settings;

import io.osspost.credentials.CredentialsUnavailableException;
import io.osspost.credentials.OssCredentialsProvider;
import io.osspost.object.OssBucket;
import io.osspost.web.CallerAuthorizer;
import io.osspost.web.UploadEndpoints;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

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
  final List<ProfileSettings> profiles;

  private UploadSettings(SettingReader reader, Set<String> profileNames) {
    this.reader = reader;
    this.common = CommonSettings.read(reader);
    this.callback = CallbackSettings.read(reader);
    this.profiles =
        profileNames.stream().map(name -> ProfileSettings.read(reader, name, common)).toList();
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

  /**
   * {@return who may ask, as {@code authorizer}, or else {@code allow-anonymous}, says}
   *
   * @param objects finds an object of the application's own by its name
   */
  public CallerAuthorizer authorizer(Function<String, Optional<Object>> objects) {
    return namedAuthorizer(new NamedObjects(objects)).orElseGet(this::defaultAuthorizer);
  }

  Optional<CallerAuthorizer> namedAuthorizer(NamedObjects objects) {
    return reader.named("authorizer", name -> objects.get(name, CallerAuthorizer.class));
  }

  CallerAuthorizer defaultAuthorizer() {
    return common.allowAnonymous()
        ? CallerAuthorizer.anonymousAllowed()
        : CallerAuthorizer.authenticated();
  }

  /**
   * Opens the endpoints with what the settings name; uploads are logged.
   *
   * @return the endpoints
   * @throws InvalidSettingException if settings contradict each other
   * @throws CredentialsUnavailableException if the environment was asked and has none
   */
  public UploadEndpoints open() {
    return open(Collaborators.none());
  }

  /**
   * Opens the endpoints with collaborators of the application's own. Closing the endpoints closes
   * what the settings had opened, and nothing that was brought.
   *
   * @param collaborators what the application brings
   * @return the endpoints
   * @throws InvalidSettingException if settings contradict each other or what was brought
   * @throws CredentialsUnavailableException if the environment was asked and has none
   */
  public UploadEndpoints open(Collaborators collaborators) {
    return new Assembly(this, collaborators).endpoints();
  }
}
