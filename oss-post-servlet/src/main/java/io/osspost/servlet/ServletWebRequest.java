package io.osspost.servlet;

import io.osspost.web.WebRequest;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.Principal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** A servlet request as the endpoints read it. Calls the container only when it is called. */
final class ServletWebRequest implements WebRequest {
  /** Up to version 10, Tomcat reports a broken or large form only in this attribute. */
  private static final String TOMCAT_DROPPED_SOME = "org.apache.catalina.parameter_parse_failed";

  private final HttpServletRequest request;

  ServletWebRequest(HttpServletRequest request) {
    this.request = request;
  }

  @Override
  public String method() {
    return request.getMethod();
  }

  /** Both parts together are the decoded path inside the application, for every mapping. */
  @Override
  public String path() {
    try {
      return request.getServletPath() + Objects.requireNonNullElse(request.getPathInfo(), "");
    } catch (IllegalArgumentException e) {
      // Jetty can be configured to accept ambiguous paths, but decodes none. The endpoints' paths
      // are plain.
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
      InputStream body = request.getInputStream();
      return body.readNBytes(MAX_BODY_BYTES + 1);
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
      // Forms are UTF-8. Containers assume ISO-8859-1 if the form does not state its encoding.
      if (request.getCharacterEncoding() == null) {
        request.setCharacterEncoding("UTF-8");
      }
      Map<String, List<String>> parameters = new LinkedHashMap<>();
      request.getParameterMap().forEach((name, values) -> parameters.put(name, List.of(values)));
      if (request.getAttribute(TOMCAT_DROPPED_SOME) != null) {
        throw new IllegalStateException("Tomcat dropped parameters that it could not read");
      }
      return parameters;
    } catch (IOException | RuntimeException e) {
      // Each container throws a different exception.
      hideFromClient();
      throw new IllegalStateException("The container cannot read the form", e);
    }
  }

  /** Tomcat records the read error, and would send it to the client instead of the response. */
  private void hideFromClient() {
    request.removeAttribute(RequestDispatcher.ERROR_EXCEPTION);
  }

  @Override
  public Optional<String> principal() {
    return userPrincipal().map(Principal::getName);
  }

  /** A proxy's valve or a framework's filter may have resolved them. */
  @Override
  public Optional<String> host() {
    int port = request.getServerPort();
    boolean usual = port <= 0 || port == (request.getScheme().equals("https") ? 443 : 80);
    return Optional.of(request.getServerName() + (usual ? "" : ":" + port));
  }

  @Override
  public Optional<Principal> userPrincipal() {
    try {
      return Optional.ofNullable(request.getUserPrincipal());
    } catch (IllegalArgumentException e) {
      // Jetty reads credentials at this call, and throws if they are invalid.
      return Optional.empty();
    }
  }

  @Override
  public Optional<String> clientAddress() {
    return Optional.ofNullable(request.getRemoteAddr());
  }

  @Override
  public Optional<Object> sessionAttribute(String name) {
    HttpSession session = request.getSession(false);
    try {
      return session == null ? Optional.empty() : Optional.ofNullable(session.getAttribute(name));
    } catch (IllegalStateException e) {
      // The session ended in the meantime.
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
