package io.osspost.spring.web;

import org.springframework.security.core.Authentication;

/** What the roles of a profile are among Spring Security's authorities. */
final class Authorities {
  private Authorities() {}

  /** Whether {@code login} has the authority {@code ROLE_role}, or one called just {@code role}. */
  static boolean include(Authentication login, String role) {
    return login.getAuthorities().stream()
        .anyMatch(
            granted ->
                role.equals(granted.getAuthority())
                    || ("ROLE_" + role).equals(granted.getAuthority()));
  }
}
