package io.osspost.spring;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.osspost.web.UploadEndpoints;
import io.osspost.web.WebRequest;
import io.osspost.web.WebResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A request for a grant without a network. */
public record GrantQuery(String path, String query, Optional<String> principal)
    implements WebRequest {
  private static final String FORM = "/get_post_signature_for_oss_upload";

  /** Creates a request for a form from a logged-in caller. */
  public static GrantQuery as(String principal, String query) {
    return new GrantQuery(FORM, "format=form&" + query, Optional.of(principal));
  }

  /** Creates a request for a form from an anonymous caller. */
  public static GrantQuery asNobody(String query) {
    return new GrantQuery(FORM, "format=form&" + query, Optional.empty());
  }

  /** Returns the answer of {@code endpoints}. */
  public WebResponse of(UploadEndpoints endpoints) {
    return endpoints.handle(this).orElseThrow();
  }

  /** Returns the text of that answer. */
  public String textOf(UploadEndpoints endpoints) {
    return new String(of(endpoints).body(), UTF_8);
  }

  @Override
  public String method() {
    return "GET";
  }

  @Override
  public String rawPath() {
    return path;
  }

  @Override
  public Optional<String> rawQuery() {
    return Optional.of(query);
  }

  @Override
  public byte[] body() {
    return new byte[0];
  }

  @Override
  public Optional<String> header(String name) {
    return Optional.empty();
  }

  @Override
  public Map<String, List<String>> parameters() {
    return Map.of();
  }

  @Override
  public boolean isInRole(String role) {
    return false;
  }
}
