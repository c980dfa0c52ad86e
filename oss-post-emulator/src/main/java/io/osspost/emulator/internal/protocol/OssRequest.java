package io.osspost.emulator.internal.protocol;

import io.osspost.emulator.internal.http.HttpRequest;
import java.io.InputStream;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.StringJoiner;
import java.util.TreeMap;

/** One request as OSS sees it: method, bucket, key, query, headers, body. Used by one thread. */
public final class OssRequest {
  private final HttpRequest http;
  private final String id;
  private final Address address;
  private final Map<String, String> query;
  private final StringJoiner notes = new StringJoiner("; ");
  private InputStream body;
  private String object;

  /**
   * Reads what {@code http} is about.
   *
   * @throws OssRefusedException if its URL cannot be decoded
   */
  OssRequest(HttpRequest http, String id) {
    this.http = http;
    this.id = id;
    this.address = Address.of(http.header("Host").orElse(""), http.rawPath());
    this.query = parse(http.rawQuery());
    this.body = http.body();
    this.object = address.key();
  }

  /** Says the object a form is about, which its URL does not. */
  public void isAbout(String key) {
    this.object = key;
  }

  /** The object this is about, as far as is known; may be empty. */
  String object() {
    return object;
  }

  /** Adds to what the journal says about this request; without secrets or tokens. */
  public void note(String text) {
    notes.add(text);
  }

  String notes() {
    return notes.toString();
  }

  /** What the answer says in {@code x-oss-request-id}. */
  public String id() {
    return id;
  }

  public String method() {
    return http.method();
  }

  /** The bucket, or empty when the request is for the service itself. */
  public String bucket() {
    return address.bucket();
  }

  /** Whether the path names the bucket, not the host. */
  public boolean isPathStyle() {
    return address.pathStyle();
  }

  /** The object key, or empty when the request is for the bucket. */
  public String key() {
    return address.key();
  }

  /** The Host header as it was sent. */
  public String host() {
    return http.header("Host").orElse("");
  }

  /** The address the request came from. */
  public String clientIp() {
    return http.client().getHostAddress();
  }

  /** A header, the first of several; what is UTF-8 on the wire is read as UTF-8. */
  public Optional<String> header(String name) {
    return http.header(name);
  }

  /** All headers: lower-case names, sorted; the values of a repeated one are joined by commas. */
  public SortedMap<String, String> headers() {
    SortedMap<String, String> headers = new TreeMap<>();
    http.headers().forEach((name, values) -> headers.put(name, String.join(",", values)));
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
        ? OptionalLong.of(Long.parseLong(length.get()))
        : OptionalLong.empty();
  }

  /** Whether a body follows at all. */
  public boolean announcesBody() {
    return header("Content-Length").isPresent() || header("Transfer-Encoding").isPresent();
  }

  public InputStream body() {
    return body;
  }

  /** Reads the body from {@code other}, which stands before the true one. */
  void readBodyFrom(InputStream other) {
    this.body = other;
  }

  /** The URL of an object, in the addressing style this request uses. */
  public String urlOf(String key) {
    return "http://"
        + host()
        + "/"
        + (address.pathStyle() ? bucket() + "/" : "")
        + PercentEncoding.encodePath(key);
  }

  /** Method, bucket and key: no query, which may hold a signature. */
  @Override
  public String toString() {
    return method() + " /" + bucket() + (key().isEmpty() ? "" : "/" + key());
  }

  private static Map<String, String> parse(String rawQuery) {
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
}
