package io.osspost.object;

import java.util.Objects;
import java.util.Optional;

/**
 * The bucket of a grant, and the tenant's profile that gave access to it. Immutable.
 *
 * @param name the bucket's name
 * @param profile the profile of a tenant; empty for a configured profile
 */
public record BucketRef(String name, Optional<ProfileId> profile) {
  /**
   * Checks nothing else.
   *
   * @param name not null
   * @param profile may be empty
   */
  public BucketRef {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(profile, "profile");
  }

  /**
   * {@return the bucket of a configured profile}
   *
   * @param name the bucket's name
   */
  public static BucketRef configured(String name) {
    return new BucketRef(name, Optional.empty());
  }
}
