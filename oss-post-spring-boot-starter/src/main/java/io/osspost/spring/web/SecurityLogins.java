package io.osspost.spring.web;

import java.security.Principal;
import java.util.Optional;
import org.springframework.security.authentication.AuthenticationTrustResolver;
import org.springframework.security.authentication.AuthenticationTrustResolverImpl;
import org.springframework.security.core.Authentication;

/** Reads logins from Spring Security. Its anonymous authentication counts as not logged in. */
final class SecurityLogins implements Logins {
  private final AuthenticationTrustResolver trust = new AuthenticationTrustResolverImpl();
  private final Authorities authorities;

  SecurityLogins(Authorities authorities) {
    this.authorities = authorities;
  }

  @Override
  public Optional<Login> of(Principal principal) {
    if (!(principal instanceof Authentication login)) {
      return Optional.of(new Login(principal, role -> false));
    }
    return trust.isAuthenticated(login)
        ? Optional.of(new Login(login, role -> authorities.include(login, role)))
        : Optional.empty();
  }
}
