package io.osspost.spring;

import io.osspost.profile.UploadProfile;

/**
 * Changes profiles in code, after their properties are read. Beans of this type are called once for
 * each profile when the application starts, in their order.
 */
@FunctionalInterface
public interface UploadProfileCustomizer {
  /**
   * Changes one profile.
   *
   * @param name the name that clients request it by
   * @param profile a builder with the values of its properties
   */
  void customize(String name, UploadProfile.Builder profile);
}
