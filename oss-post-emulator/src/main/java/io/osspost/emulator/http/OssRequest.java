package io.osspost.emulator.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.util.Optional;
import java.util.OptionalLong;

/** One request as OSS sees it: method, bucket, key, headers, body. Used by one thread. */
public final class OssRequest {
  private final HttpExchange exchange;
  private final Address address;
  private final String host;

  private OssRequest(HttpExchange exchange, Address address, String host) {
    this.exchange = exchange;
    this.address = address;
    this.host = host;
  }

  static OssRequest of(HttpExchange exchange) {
    String host = exchange.getRequestHeaders().getFirst("Host");
    return new OssRequest(
        exchange,
        Address.of(host, exchange.getRequestURI().getRawPath()),
        host == null ? "" : host);
  }

  public String method() {
    return exchange.getRequestMethod();
  }

  /** The bucket, or empty when the request is for the service itself. */
  public String bucket() {
    return address.bucket();
  }

  /** The object key, or empty when the request is for the bucket. */
  public String key() {
    return address.key();
  }

  /** The Host header as it was sent. */
  public String host() {
    return host;
  }

  public Optional<String> header(String name) {
    return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
  }

  /** Whether the query names this parameter, with or without a value. */
  public boolean hasQuery(String name) {
    URI uri = exchange.getRequestURI();
    if (uri.getRawQuery() == null) {
      return false;
    }
    for (String parameter : uri.getRawQuery().split("&", -1)) {
      int equals = parameter.indexOf('=');
      if ((equals < 0 ? parameter : parameter.substring(0, equals)).equals(name)) {
        return true;
      }
    }
    return false;
  }

  /** The announced length of the body in bytes; none when it comes in chunks. */
  public OptionalLong contentLength() {
    Optional<String> length = header("Content-Length");
    return length.isPresent()
        ? OptionalLong.of(Long.parseLong(length.get().trim()))
        : OptionalLong.empty();
  }

  /** Whether a body follows at all. */
  public boolean announcesBody() {
    return header("Content-Length").isPresent()
        || header("Transfer-Encoding").filter("chunked"::equalsIgnoreCase).isPresent();
  }

  public InputStream body() {
    return exchange.getRequestBody();
  }

  /** The URL of an object, in the addressing style this request uses. */
  public String urlOf(String key) {
    String encoded =
        URLEncoder.encode(key, UTF_8).replace("+", "%20").replace("*", "%2A").replace("%2F", "/");
    return "http://" + host + "/" + (address.pathStyle() ? bucket() + "/" : "") + encoded;
  }

  @Override
  public String toString() {
    return method() + " /" + bucket() + (key().isEmpty() ? "" : "/" + key());
  }
}
