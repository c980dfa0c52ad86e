package io.osspost.spring.web;

import io.osspost.web.WebRequest;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

/** A WebFlux request as the endpoints read it, with everything that needs waiting already read. */
final class CopiedRequest implements WebRequest {
  private final ServerHttpRequest request;
  private final String path;
  private final Optional<Login> login;
  private final Optional<MultiValueMap<String, String>> form;
  private final byte[] body;

  /**
   * Creates a request from its parts.
   *
   * @param path the decoded path inside the application
   * @param login the logged-in user
   * @param form the posted form; empty if there is none, or it cannot be read
   * @param body the bytes of a callback
   */
  CopiedRequest(
      ServerHttpRequest request,
      String path,
      Optional<Login> login,
      Optional<MultiValueMap<String, String>> form,
      byte[] body) {
    this.request = request;
    this.path = path;
    this.login = login;
    this.form = form;
    this.body = body;
  }

  @Override
  public String method() {
    return request.getMethod().name();
  }

  @Override
  public String path() {
    return path;
  }

  @Override
  public String rawPath() {
    return request.getURI().getRawPath();
  }

  @Override
  public Optional<String> rawQuery() {
    return Optional.ofNullable(request.getURI().getRawQuery());
  }

  @Override
  public Optional<String> header(String name) {
    return Optional.ofNullable(request.getHeaders().getFirst(name));
  }

  @Override
  public byte[] body() {
    return body;
  }

  @Override
  public Map<String, List<String>> parameters() {
    MultiValueMap<String, String> all = new LinkedMultiValueMap<>();
    all.addAll(request.getQueryParams());
    all.addAll(form.orElseThrow(() -> new IllegalStateException("The form could not be read")));
    return all;
  }

  @Override
  public Optional<String> principal() {
    return userPrincipal().map(Principal::getName);
  }

  @Override
  public Optional<Principal> userPrincipal() {
    return login.map(Login::principal);
  }

  /** The framework may have resolved it from the headers of a proxy. */
  @Override
  public Optional<String> host() {
    return Optional.ofNullable(request.getURI().getRawAuthority());
  }

  /** An address from the headers of a proxy has no resolved form. */
  @Override
  public Optional<String> clientAddress() {
    return Optional.ofNullable(request.getRemoteAddress())
        .map(
            address ->
                address.getAddress() == null
                    ? address.getHostString()
                    : address.getAddress().getHostAddress());
  }

  @Override
  public boolean isInRole(String role) {
    return login.filter(known -> known.roles().test(role)).isPresent();
  }
}
