package io.osspost.servlet;

import io.osspost.web.WebRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.Principal;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** A servlet request as the endpoints read it. Asks the container only when it is asked. */
record ServletWebRequest(HttpServletRequest request) implements WebRequest {
  @Override
  public String method() {
    return request.getMethod();
  }

  /** Both parts together are the decoded path inside the application, whatever is mapped to it. */
  @Override
  public String path() {
    return request.getServletPath() + Objects.requireNonNullElse(request.getPathInfo(), "");
  }

  @Override
  public String rawPath() {
    return request.getRequestURI();
  }

  @Override
  public Optional<String> rawQuery() {
    return Optional.ofNullable(request.getQueryString());
  }

  @Override
  public byte[] body() {
    try {
      return request.getInputStream().readNBytes(MAX_BODY_BYTES + 1);
    } catch (IOException e) {
      throw new UncheckedIOException("The body could not be read", e);
    }
  }

  @Override
  public Optional<String> header(String name) {
    return Optional.ofNullable(request.getHeader(name));
  }

  @Override
  public List<String> parameters(String name) {
    try {
      String[] values = request.getParameterValues(name);
      return values == null ? List.of() : List.of(values);
    } catch (RuntimeException e) {
      // Every container has its own word for it.
      throw new IllegalStateException("The container cannot read the form", e);
    }
  }

  @Override
  public Optional<String> principal() {
    return Optional.ofNullable(request.getUserPrincipal()).map(Principal::getName);
  }

  @Override
  public boolean isInRole(String role) {
    return request.isUserInRole(role);
  }
}
