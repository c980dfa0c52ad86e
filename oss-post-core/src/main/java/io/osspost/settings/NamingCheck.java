package io.osspost.settings;

import io.osspost.GrantKind;
import io.osspost.PostFormat;
import io.osspost.PutFormat;
import java.util.Optional;

/**
 * Finds profiles in which two files of the same name want the same object. The guard of the first
 * object then refuses the second file.
 */
final class NamingCheck {
  private NamingCheck() {}

  /**
   * Returns a warning if the files of a profile can collide.
   *
   * @param common the value of the setting {@code naming}
   */
  static Optional<String> warning(ProfileSettings settings, Optional<String> common) {
    String name = settings.profile().name();
    boolean asNamed = settings.naming().or(() -> common).filter("as-named"::equals).isPresent();
    boolean shared = settings.profile().dir().filter(dir -> !dir.contains("{uuid}")).isPresent();
    return asNamed && shared && guards(settings)
        ? Optional.of(
            "Profile '"
                + name
                + "' has the naming as-named, a directory without {uuid}, and forbid-overwrite. So OSS"
                + " refuses the second file with a name such as image.jpg, also one of another"
                + " content. Add {uuid} to profiles."
                + name
                + ".dir, set naming to uuid, or set forbid-overwrite to false if a file may replace"
                + " another.")
        : Optional.empty();
  }

  /** Returns whether a grant of the profile forbids to replace an object that the server names. */
  private static boolean guards(ProfileSettings settings) {
    boolean carried =
        settings.kinds().contains(GrantKind.MULTIPART)
            || (settings.kinds().contains(GrantKind.POST)
                && settings.postFormats().contains(PostFormat.FORM)
                && !settings.profile().documentedFieldsOnly())
            || (settings.kinds().contains(GrantKind.PUT)
                && settings.putFormats().contains(PutFormat.FORM));
    return carried && settings.profile().forbidOverwrite().orElse(true);
  }
}
