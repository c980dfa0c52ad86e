package io.osspost.web;

import java.security.Principal;

/**
 * Chooses the name of a logged-in caller, which becomes part of directories, tickets and events. It
 * must be the same at every login, and different for any two users. Must be thread-safe.
 */
@FunctionalInterface
public interface PrincipalNames {
  /**
   * {@return the name of a caller}
   *
   * @param principal as the container or the framework authenticated it
   */
  String nameOf(Principal principal);
}
