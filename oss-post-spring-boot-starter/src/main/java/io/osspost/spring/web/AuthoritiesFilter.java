package io.osspost.spring.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Serial;
import org.springframework.security.core.Authentication;

/**
 * Makes plain authorities, such as {@code SCOPE_upload}, count as roles. Spring Security's own
 * {@code isUserInRole} only knows the ones that begin with {@code ROLE_}.
 */
final class AuthoritiesFilter extends HttpFilter {
  @Serial private static final long serialVersionUID = 1;

  private final transient Authorities authorities;

  AuthoritiesFilter(Authorities authorities) {
    this.authorities = authorities;
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    chain.doFilter(new WithAuthorities(request), response);
  }

  /** A request whose user has the roles of its authorities. */
  private final class WithAuthorities extends HttpServletRequestWrapper {
    WithAuthorities(HttpServletRequest request) {
      super(request);
    }

    @Override
    public boolean isUserInRole(String role) {
      return super.isUserInRole(role)
          || (getUserPrincipal() instanceof Authentication login
              && authorities.include(login, role));
    }
  }
}
