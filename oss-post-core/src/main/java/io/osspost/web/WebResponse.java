package io.osspost.web;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** An answer, ready to be copied out. The body may be empty. Immutable but for the body's bytes. */
public final class WebResponse {
  private final int status;
  private final Map<String, String> headers;
  private final byte[] body;

  WebResponse(int status, Map<String, String> headers, byte[] body) {
    this(status, body, new LinkedHashMap<>(headers));
  }

  private WebResponse(int status, byte[] body, Map<String, String> ownHeaders) {
    this.status = status;
    this.headers = Collections.unmodifiableMap(ownHeaders);
    this.body = body;
  }

  /** {@return the HTTP status} */
  public int status() {
    return status;
  }

  /** {@return the headers to set, without {@code Content-Length}, in the order to write them} */
  public Map<String, String> headers() {
    return headers;
  }

  /** {@return the body's bytes; not to be changed} */
  public byte[] body() {
    return body;
  }

  WebResponse with(Map<String, String> further) {
    if (further.isEmpty()) {
      return this;
    }
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.putAll(further);
    return new WebResponse(status, body, all);
  }
}
