package io.osspost.spring.web;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.access.hierarchicalroles.NullRoleHierarchy;
import org.springframework.security.access.hierarchicalroles.RoleHierarchy;
import org.springframework.security.core.Authentication;

/**
 * Compares the roles of a profile with the authorities of Spring Security, and with the ones that
 * the application's role hierarchy derives from them.
 */
final class Authorities {
  private final RoleHierarchy hierarchy;

  private Authorities(RoleHierarchy hierarchy) {
    this.hierarchy = hierarchy;
  }

  /** Returns the comparison with the only hierarchy of the application, or without any. */
  static Authorities of(ObjectProvider<RoleHierarchy> hierarchies) {
    return new Authorities(hierarchies.getIfUnique(NullRoleHierarchy::new));
  }

  /**
   * Returns whether {@code login} has the authority {@code ROLE_role}, or the authority {@code
   * role}.
   */
  boolean include(Authentication login, String role) {
    return hierarchy.getReachableGrantedAuthorities(login.getAuthorities()).stream()
        .anyMatch(
            granted ->
                role.equals(granted.getAuthority())
                    || ("ROLE_" + role).equals(granted.getAuthority()));
  }
}
