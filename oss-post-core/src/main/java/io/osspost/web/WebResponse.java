package io.osspost.web;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A response that an adapter copies to its container. The body may be empty. Immutable except for
 * the body's bytes.
 */
public final class WebResponse {
  /** Forbids caching, because a grant is secret until it expires. */
  private static final Map<String, String> ON_EVERY_RESPONSE =
      Map.of(
          "Cache-Control", "no-store",
          "Vary", "Origin, Cookie, Authorization",
          "X-Content-Type-Options", "nosniff",
          "Referrer-Policy", "no-referrer");

  private static final Map<String, String> OF_JSON =
      joined(Map.of("Content-Type", "application/json"), ON_EVERY_RESPONSE);

  private final int status;
  private final Map<String, String> headers;
  private final byte[] body;

  /** Creates a response with {@code headers} and the headers of every response. */
  WebResponse(int status, Map<String, String> headers, byte[] body) {
    this(status, body, joined(headers, ON_EVERY_RESPONSE));
  }

  private WebResponse(int status, byte[] body, Map<String, String> allHeaders) {
    this.status = status;
    this.headers = allHeaders;
    this.body = body;
  }

  /** Returns a grant. Grants are frequent, so they share their headers. */
  static WebResponse json(byte[] body) {
    return new WebResponse(200, body, OF_JSON);
  }

  /** Returns a response that is the same for all clients and may be cached. */
  static WebResponse ofPublic(int status, Map<String, String> headers, byte[] body) {
    return new WebResponse(status, body, Collections.unmodifiableMap(headers));
  }

  /** {@return the HTTP status} */
  public int status() {
    return status;
  }

  /** {@return the headers to set, without {@code Content-Length}, in the order to write them} */
  public Map<String, String> headers() {
    return headers;
  }

  /** {@return the body's bytes; do not change them} */
  public byte[] body() {
    return body;
  }

  WebResponse with(Map<String, String> further) {
    return further.isEmpty() ? this : new WebResponse(status, body, joined(headers, further));
  }

  private static Map<String, String> joined(Map<String, String> first, Map<String, String> then) {
    Map<String, String> all = new LinkedHashMap<>(first);
    all.putAll(then);
    return Collections.unmodifiableMap(all);
  }
}
