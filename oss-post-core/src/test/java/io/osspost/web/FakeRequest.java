package io.osspost.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request with the values of a test. */
class FakeRequest implements WebRequest {
  private final String method;
  private final String path;
  private final Map<String, String> headers = new HashMap<>();
  private final Map<String, List<String>> parameters = new LinkedHashMap<>();
  private final Map<String, Object> session = new HashMap<>();
  private @Nullable String query;
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

  /** Sets the raw query, instead of one made from the parameters. */
  FakeRequest query(String raw) {
    query = raw;
    return this;
  }

  FakeRequest principal(String name) {
    principal = name;
    return this;
  }

  FakeRequest session(String name, Object value) {
    session.put(name, value);
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
    if (query != null || !method.equals("GET")) {
      return Optional.ofNullable(query);
    }
    List<String> pairs = new ArrayList<>();
    parameters.forEach(
        (name, values) ->
            values.forEach(value -> pairs.add(name + "=" + URLEncoder.encode(value, UTF_8))));
    return Optional.of(String.join("&", pairs));
  }

  @Override
  public byte[] body() {
    if (bodyRead) {
      throw new AssertionError("A container hands a body out once");
    }
    bodyRead = true;
    return body.getBytes(UTF_8);
  }

  @Override
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
  }

  @Override
  public Map<String, List<String>> parameters() {
    return parameters;
  }

  @Override
  public Optional<String> principal() {
    return Optional.ofNullable(principal);
  }

  @Override
  public Optional<Object> sessionAttribute(String name) {
    return Optional.ofNullable(session.get(name));
  }

  @Override
  public boolean isInRole(String role) {
    return principal != null && this.role.equals(role);
  }
}
