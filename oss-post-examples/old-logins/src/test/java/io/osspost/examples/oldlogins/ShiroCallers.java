package io.osspost.examples.oldlogins;

import io.osspost.web.CallerSource;
import io.osspost.web.WebRequest;
import java.security.Principal;
import java.util.Optional;
import org.apache.shiro.SecurityUtils;
import org.apache.shiro.subject.Subject;

/** The users of Shiro, as docs/old-wars.md has them. */
public final class ShiroCallers implements CallerSource {
  @Override
  public Optional<Principal> user(WebRequest request) {
    Subject subject = SecurityUtils.getSubject();
    if (!subject.isAuthenticated()) {
      return Optional.empty();
    }
    String name = String.valueOf(subject.getPrincipal());
    return Optional.of(() -> name);
  }

  @Override
  public boolean isInRole(WebRequest request, String role) {
    return SecurityUtils.getSubject().hasRole(role);
  }
}
