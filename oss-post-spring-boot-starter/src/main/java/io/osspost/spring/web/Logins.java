package io.osspost.spring.web;

import java.security.Principal;
import java.util.Optional;

/** Converts the principal of an exchange for the endpoints. */
@FunctionalInterface
interface Logins {
  /** Returns the login of {@code principal}; empty for an anonymous one. */
  Optional<Login> of(Principal principal);
}
