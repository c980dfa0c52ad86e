package io.osspost.web;

import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A request whose user and roles are those of a {@link CallerSource}. */
final class RequestOfCaller implements WebRequest {
  private final WebRequest request;
  private final CallerSource source;

  RequestOfCaller(WebRequest request, CallerSource source) {
    this.request = request;
    this.source = source;
  }

  @Override
  public Optional<Principal> userPrincipal() {
    return source.user(request);
  }

  @Override
  public Optional<String> principal() {
    return userPrincipal().map(Principal::getName);
  }

  @Override
  public boolean isInRole(String role) {
    return source.isInRole(request, role);
  }

  @Override
  public Optional<Object> sessionAttribute(String name) {
    return request.sessionAttribute(name);
  }

  @Override
  public String method() {
    return request.method();
  }

  @Override
  public String path() {
    return request.path();
  }

  @Override
  public String rawPath() {
    return request.rawPath();
  }

  @Override
  public Optional<String> rawQuery() {
    return request.rawQuery();
  }

  @Override
  public Optional<String> header(String name) {
    return request.header(name);
  }

  @Override
  public Optional<String> host() {
    return request.host();
  }

  @Override
  public Optional<String> clientAddress() {
    return request.clientAddress();
  }

  @Override
  public Map<String, List<String>> parameters() {
    return request.parameters();
  }

  @Override
  public byte[] body() {
    return request.body();
  }
}
