package io.osspost.emulator.internal.http;

import java.io.InputStream;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One request as received: head, body, and the client's address. Used by one thread. */
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

  /** Returns the path as sent, percent-encoded. */
  public String rawPath() {
    return head.path();
  }

  /** Returns the query as sent, percent-encoded and without its question mark; may be empty. */
  public String rawQuery() {
    return head.query();
  }

  /** Returns a header, the first of several. UTF-8 bytes are decoded. */
  public Optional<String> header(String name) {
    return head.header(name);
  }

  /** Returns all headers, with names in lower case. */
  public Map<String, List<String>> headers() {
    return head.headers();
  }

  /**
   * Returns the body. A client that waits for {@code 100 Continue} sends it when it is first read.
   */
  public InputStream body() {
    return body;
  }

  public InetAddress client() {
    return client;
  }

  /** Returns method and path, without the query, which may contain a signature. */
  @Override
  public String toString() {
    return method() + " " + rawPath();
  }
}
