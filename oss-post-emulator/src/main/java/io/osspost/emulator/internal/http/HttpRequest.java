package io.osspost.emulator.internal.http;

import java.io.InputStream;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One request as it came: head, body, and where from. Used by one thread. */
public final class HttpRequest {
  private final RequestHead head;
  private final RequestBody body;
  private final InetAddress client;

  HttpRequest(RequestHead head, RequestBody body, InetAddress client) {
    this.head = head;
    this.body = body;
    this.client = client;
  }

  public String method() {
    return head.method();
  }

  /** The path as it was sent, percent-encoded. */
  public String rawPath() {
    return head.path();
  }

  /** The query as it was sent, percent-encoded and without its question mark; may be empty. */
  public String rawQuery() {
    return head.query();
  }

  /** A header, the first of several; what is UTF-8 on the wire is read as UTF-8. */
  public Optional<String> header(String name) {
    return head.header(name);
  }

  /** All headers, their names in lower case. */
  public Map<String, List<String>> headers() {
    return head.headers();
  }

  /** The body; reading it tells a client that waits for {@code 100 Continue} to send it. */
  public InputStream body() {
    return body;
  }

  public InetAddress client() {
    return client;
  }

  /** Method and path: no query, which may hold a signature. */
  @Override
  public String toString() {
    return method() + " " + rawPath();
  }
}
