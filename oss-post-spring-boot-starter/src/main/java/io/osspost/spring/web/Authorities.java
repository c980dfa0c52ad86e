package io.osspost.spring.web;

import org.springframework.security.core.Authentication;

/** Compares the roles of a profile with Spring Security's authorities. */
final class Authorities {
  private Authorities() {}

  /**
   * Returns whether {@code login} has the authority {@code ROLE_role}, or the authority {@code
   * role}.
   */
  static boolean include(Authentication login, String role) {
    return login.getAuthorities().stream()
        .anyMatch(
            granted ->
                role.equals(granted.getAuthority())
                    || ("ROLE_" + role).equals(granted.getAuthority()));
  }
}
