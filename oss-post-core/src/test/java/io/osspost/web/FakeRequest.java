package io.osspost.web;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request as a test writes it. */
final class FakeRequest implements WebRequest {
  private final String method;
  private final String path;
  private final Map<String, String> headers = new HashMap<>();
  private final Map<String, List<String>> parameters = new HashMap<>();
  private @Nullable String principal;
  private String role = "";
  private String body = "";
  private boolean bodyRead;

  FakeRequest(String method, String path) {
    this.method = method;
    this.path = path;
  }

  FakeRequest header(String name, String value) {
    headers.put(name.toLowerCase(Locale.ROOT), value);
    return this;
  }

  FakeRequest parameter(String name, String... values) {
    parameters.put(name, List.of(values));
    return this;
  }

  FakeRequest principal(String name) {
    principal = name;
    return this;
  }

  FakeRequest body(String text) {
    body = text;
    return this;
  }

  FakeRequest role(String name) {
    role = name;
    return this;
  }

  WebResponse answeredBy(UploadEndpoints endpoints) {
    return endpoints.handle(this).orElseThrow();
  }

  @Override
  public String method() {
    return method;
  }

  @Override
  public String path() {
    return path;
  }

  @Override
  public String rawPath() {
    return path;
  }

  @Override
  public Optional<String> rawQuery() {
    return Optional.empty();
  }

  @Override
  public byte[] body() {
    if (bodyRead) {
      throw new AssertionError("A container hands a body out once");
    }
    bodyRead = true;
    return body.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
  }

  @Override
  public List<String> parameters(String name) {
    return parameters.getOrDefault(name, List.of());
  }

  @Override
  public Optional<String> principal() {
    return Optional.ofNullable(principal);
  }

  @Override
  public boolean isInRole(String role) {
    return principal != null && this.role.equals(role);
  }
}
