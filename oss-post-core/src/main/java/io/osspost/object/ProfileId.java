package io.osspost.object;

import java.util.regex.Pattern;

/**
 * The identity of a profile that a tenant has, which stays the same when the profile changes.
 * Immutable.
 *
 * @param tenant the tenant
 * @param id the profile, unique within the tenant
 */
public record ProfileId(String tenant, String id) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

  /**
   * Checks both names.
   *
   * @param tenant 1 to 63 letters, digits, dots, hyphens and underscores
   * @param id like {@code tenant}
   * @throws IllegalArgumentException if one of them is malformed
   */
  public ProfileId {
    require("tenant", tenant);
    require("profile id", id);
  }

  private static void require(String what, String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "'"
              + name
              + "' is not a "
              + what
              + ". Use 1 to 63 letters, digits, dots, hyphens and underscores, beginning with a"
              + " letter or digit.");
    }
  }

  /** Returns both names, separated by a slash. */
  @Override
  public String toString() {
    return tenant + "/" + id;
  }
}
