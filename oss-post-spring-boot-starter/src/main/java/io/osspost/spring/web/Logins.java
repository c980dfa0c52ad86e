package io.osspost.spring.web;

import java.security.Principal;
import java.util.Optional;

/** Tells what the principal of an exchange is to the endpoints. */
@FunctionalInterface
interface Logins {
  /** Returns the login behind {@code principal}; nothing when it stands for nobody. */
  Optional<Login> of(Principal principal);
}
