package io.osspost.settings;

import io.osspost.UploadOffer;
import io.osspost.profile.UploadProfile;
import io.osspost.web.CallerSource;
import java.util.Collection;
import java.util.Optional;

/**
 * Reads the settings {@code caller}, {@code caller-roles} and {@code caller-secret}: where the
 * logged-in user of a request and the user's roles are.
 */
final class CallerSettings {
  private static final String CALLER = "caller";
  private static final String ROLES = "caller-roles";
  private static final String SECRET = "caller-secret";

  private static final String CONTAINER = "container";
  private static final String SESSION = "session:";
  private static final String HEADER = "header:";

  private final SettingReader reader;
  private final NamedObjects objects;

  CallerSettings(SettingReader reader, NamedObjects objects) {
    this.reader = reader;
    this.objects = objects;
  }

  /**
   * Returns the source of callers; empty for the login of the container.
   *
   * @param offers the profiles, which may require roles
   */
  Optional<CallerSource> source(Collection<UploadOffer> offers) {
    String caller = reader.text(CALLER).orElse(CONTAINER);
    if (!caller.startsWith(HEADER) && reader.text(SECRET).isPresent()) {
      throw new InvalidSettingException(
          SECRET, "It is set, but caller names no header. Set caller like 'header:X-User'.");
    }
    if (caller.startsWith(SESSION)) {
      Optional<String> roles = roles(SESSION, caller, offers);
      return Optional.of(
          SettingReader.checked(
              CALLER,
              caller.substring(SESSION.length()),
              name -> CallerSource.ofSession(name, roles)));
    }
    if (caller.startsWith(HEADER)) {
      Optional<String> roles = roles(HEADER, caller, offers);
      String secret =
          reader.required(
              SECRET,
              "Anyone can send a header. Write a secret of 32 characters or more, which only your"
                  + " proxy knows and sends in X-Oss-Post-Secret.");
      SettingReader.checked(
          SECRET, secret, text -> CallerSource.ofHeader("X-User", Optional.empty(), text));
      return Optional.of(
          SettingReader.checked(
              CALLER,
              caller.substring(HEADER.length()),
              name -> CallerSource.ofHeader(name, roles, secret)));
    }
    if (reader.text(ROLES).filter(roles -> !roles.equals(CONTAINER)).isPresent()) {
      throw new InvalidSettingException(
          ROLES,
          "It is set, but caller is '"
              + caller
              + "', which has its own roles. Remove it, or set caller to 'session:...' or"
              + " 'header:...'.");
    }
    return caller.equals(CONTAINER) ? Optional.empty() : Optional.of(named(caller));
  }

  private CallerSource named(String caller) {
    return SettingReader.checked(
        CALLER,
        caller,
        name ->
            objects
                .find(name, CallerSource.class)
                .orElseThrow(
                    () ->
                        new IllegalArgumentException(
                            "'"
                                + name
                                + "' is unknown. Write container, session:<attribute>,"
                                + " header:<name>, or the full name of a class that is a"
                                + " CallerSource.")));
  }

  /** Returns where the roles are, which must be the same kind of place as the caller's name. */
  private Optional<String> roles(String kind, String caller, Collection<UploadOffer> offers) {
    Optional<String> roles = reader.text(ROLES);
    if (roles.isEmpty()) {
      requireNoRoles(offers);
      return roles;
    }
    if (!roles.get().startsWith(kind)) {
      throw new InvalidSettingException(
          ROLES,
          "It is '"
              + roles.get()
              + "', but caller is '"
              + caller
              + "'. Write it like '"
              + kind
              + "...', too.");
    }
    String place = roles.get().substring(kind.length());
    if (place.isEmpty()) {
      throw new InvalidSettingException(
          ROLES, "It names no place. Write it like '" + kind + "roles'.");
    }
    return Optional.of(place);
  }

  private static void requireNoRoles(Collection<UploadOffer> offers) {
    for (UploadOffer offer : offers) {
      UploadProfile profile = offer.profile();
      if (!profile.roles().isEmpty()) {
        throw new InvalidSettingException(
            ROLES,
            "It is not set, so no caller has a role, but profile '"
                + profile.name()
                + "' requires one. Write where the roles are, or remove profiles."
                + profile.name()
                + ".roles.");
      }
    }
  }
}
