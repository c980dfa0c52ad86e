package io.osspost.servlet;

import io.osspost.web.WebRequest;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.Principal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** A servlet request as the endpoints read it. Asks the container only when it is asked. */
final class ServletWebRequest implements WebRequest {
  /**
   * Until version 10 it says in an attribute, and nowhere else, that a form was broken or large.
   */
  private static final String TOMCAT_DROPPED_SOME = "org.apache.catalina.parameter_parse_failed";

  private final HttpServletRequest request;

  ServletWebRequest(HttpServletRequest request) {
    this.request = request;
  }

  @Override
  public String method() {
    return request.getMethod();
  }

  /** Both parts together are the decoded path inside the application, whatever is mapped to it. */
  @Override
  public String path() {
    try {
      return request.getServletPath() + Objects.requireNonNullElse(request.getPathInfo(), "");
    } catch (IllegalArgumentException e) {
      // Jetty lets ambiguous paths in where it is told to, but decodes none; ours are plain.
      return "";
    }
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
      hideFromClient();
      throw new UncheckedIOException("The body could not be read", e);
    }
  }

  @Override
  public Optional<String> header(String name) {
    return Optional.ofNullable(request.getHeader(name));
  }

  @Override
  public Map<String, List<String>> parameters() {
    try {
      // Forms are UTF-8; what containers take them for when they do not say so is ISO-8859-1.
      if (request.getCharacterEncoding() == null) {
        request.setCharacterEncoding("UTF-8");
      }
      Map<String, List<String>> parameters = new LinkedHashMap<>();
      request.getParameterMap().forEach((name, values) -> parameters.put(name, List.of(values)));
      if (request.getAttribute(TOMCAT_DROPPED_SOME) != null) {
        throw new IllegalStateException("Tomcat dropped parameters it could not read");
      }
      return parameters;
    } catch (IOException | RuntimeException e) {
      // Every container has its own word for it.
      hideFromClient();
      throw new IllegalStateException("The container cannot read the form", e);
    }
  }

  /**
   * Tomcat notes what it could not read, and would show it to the client in place of our answer.
   */
  private void hideFromClient() {
    request.removeAttribute(RequestDispatcher.ERROR_EXCEPTION);
  }

  @Override
  public Optional<String> principal() {
    try {
      return Optional.ofNullable(request.getUserPrincipal()).map(Principal::getName);
    } catch (IllegalArgumentException e) {
      // Jetty reads credentials when it is asked, and says so when they are no credentials.
      return Optional.empty();
    }
  }

  @Override
  public boolean isInRole(String role) {
    try {
      return request.isUserInRole(role);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
