package io.osspost.emulator.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One request as OSS sees it: method, bucket, key, query, headers, body. Used by one thread. */
public final class OssRequest {
  private final HttpExchange exchange;
  private final String id;
  private final Address address;
  private final String host;
  private final Map<String, String> query;

  private OssRequest(HttpExchange exchange, String id, Address address, String host) {
    this.exchange = exchange;
    this.id = id;
    this.address = address;
    this.host = host;
    this.query = parse(exchange.getRequestURI().getRawQuery());
  }

  static OssRequest of(HttpExchange exchange, String id) {
    String host = exchange.getRequestHeaders().getFirst("Host");
    return new OssRequest(
        exchange,
        id,
        Address.of(host, rawPath(exchange.getRequestURI())),
        host == null ? "" : host);
  }

  /** What the answer says in {@code x-oss-request-id}. */
  public String id() {
    return id;
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

  /** The address the request came from. */
  public String clientIp() {
    return exchange.getRemoteAddress().getAddress().getHostAddress();
  }

  /** A header, the first of several; what is UTF-8 on the wire is read as UTF-8. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name))
        .map(OssRequest::fromTheWire);
  }

  /** All headers: lower-case names, sorted; the values of a repeated one are joined by commas. */
  public SortedMap<String, String> headers() {
    SortedMap<String, String> headers = new TreeMap<>();
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) ->
                headers.put(name.toLowerCase(Locale.ROOT), fromTheWire(String.join(",", values))));
    return headers;
  }

  /** Whether the query names this parameter, with or without a value. */
  public boolean hasQuery(String name) {
    return query.containsKey(name);
  }

  /** A parameter of the query, decoded; empty when it has no value. */
  public Optional<String> query(String name) {
    return Optional.ofNullable(query.get(name));
  }

  /** The parameters of the query, decoded; of two with one name the first counts. */
  public Map<String, String> query() {
    return query;
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
    return "http://"
        + host
        + "/"
        + (address.pathStyle() ? bucket() + "/" : "")
        + PercentEncoding.encodePath(key);
  }

  /** Method, bucket and key: no query, which may hold a signature. */
  @Override
  public String toString() {
    return method() + " /" + bucket() + (key().isEmpty() ? "" : "/" + key());
  }

  /** The path as it was sent; java.net.URI takes {@code //a/b} for a host and a path. */
  private static @Nullable String rawPath(URI uri) {
    if (uri.getScheme() != null || uri.getRawAuthority() == null) {
      return uri.getRawPath();
    }
    return "//" + uri.getRawAuthority() + uri.getRawPath();
  }

  private static Map<String, String> parse(@Nullable String rawQuery) {
    if (rawQuery == null || rawQuery.isEmpty()) {
      return Map.of();
    }
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String parameter : rawQuery.split("&", -1)) {
      int equals = parameter.indexOf('=');
      String name = equals < 0 ? parameter : parameter.substring(0, equals);
      String value = equals < 0 ? "" : parameter.substring(equals + 1);
      if (!name.isEmpty()) {
        parameters.putIfAbsent(
            PercentEncoding.decodeQuery(name), PercentEncoding.decodeQuery(value));
      }
    }
    return Collections.unmodifiableMap(parameters);
  }

  /** The server reads one character per byte; what those bytes spell in UTF-8 is meant. */
  private static String fromTheWire(String value) {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(value.getBytes(ISO_8859_1))).toString();
    } catch (CharacterCodingException e) {
      return value;
    }
  }
}
