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

/** One request as OSS reads it: method, bucket, key, query, headers, body. Used by one thread. */
public final class OssRequest {
  private final HttpRequest http;
  private final String id;
  private final Address address;
  private final Map<String, String> query;
  private final StringJoiner notes = new StringJoiner("; ");
  private InputStream body;
  private String object;

  /**
   * Reads the request from {@code http}.
   *
   * @param hostBucket the bucket that the host names; empty if the path names it
   * @throws OssRefusedException if its URL cannot be decoded
   */
  OssRequest(HttpRequest http, Optional<String> hostBucket, String id) {
    this.http = http;
    this.id = id;
    this.address = Address.of(hostBucket, http.rawPath());
    this.query = parse(http.rawQuery());
    this.body = http.body();
    this.object = address.key();
  }

  /** Sets the object of a form, which its URL does not name. */
  public void setKey(String key) {
    this.object = key;
  }

  /** Returns the object's key as far as it is known; may be empty. */
  String object() {
    return object;
  }

  /** Adds a sentence to the journal entry of this request, without secrets or tokens. */
  public void note(String text) {
    notes.add(text);
  }

  String notes() {
    return notes.toString();
  }

  /** Returns the {@code x-oss-request-id} of the response. */
  public String id() {
    return id;
  }

  public String method() {
    return http.method();
  }

  /** Returns the bucket; empty if the request is to the service itself. */
  public String bucket() {
    return address.bucket();
  }

  /** Returns whether the path names the bucket instead of the host. */
  public boolean isPathStyle() {
    return address.pathStyle();
  }

  /** Returns the object's key; empty if the request is to the bucket. */
  public String key() {
    return address.key();
  }

  /** Returns the Host header as sent. */
  public String host() {
    return http.header("Host").orElse("");
  }

  /** Returns the address of the client. */
  public String clientIp() {
    return http.client().getHostAddress();
  }

  /** Returns a header, the first of several. UTF-8 bytes are decoded. */
  public Optional<String> header(String name) {
    return http.header(name);
  }

  /**
   * Returns all headers: lower-case names, sorted; the values of a repeated one are joined by
   * commas.
   */
  public SortedMap<String, String> headers() {
    SortedMap<String, String> headers = new TreeMap<>();
    http.headers().forEach((name, values) -> headers.put(name, String.join(",", values)));
    return headers;
  }

  /** Returns whether the query names this parameter, with or without a value. */
  public boolean hasQuery(String name) {
    return query.containsKey(name);
  }

  /** Returns a parameter of the query, decoded; empty if it has no value. */
  public Optional<String> query(String name) {
    return Optional.ofNullable(query.get(name));
  }

  /** Returns the parameters of the query, decoded. Of two with one name, the first is used. */
  public Map<String, String> query() {
    return query;
  }

  /** Returns the length of the body in bytes; empty if it comes in chunks. */
  public OptionalLong contentLength() {
    Optional<String> length = header("Content-Length");
    return length.isPresent()
        ? OptionalLong.of(Long.parseLong(length.get()))
        : OptionalLong.empty();
  }

  /** Returns whether there is a body. */
  public boolean announcesBody() {
    return header("Content-Length").isPresent() || header("Transfer-Encoding").isPresent();
  }

  public InputStream body() {
    return body;
  }

  /** Replaces the body by {@code other}, which wraps the original one. */
  void readBodyFrom(InputStream other) {
    this.body = other;
  }

  /**
   * Returns the URL of an object, in the addressing style of this request, and with {@code https}
   * if a proxy says so in {@code X-Forwarded-Proto}.
   */
  public String urlOf(String key) {
    boolean secure = header("X-Forwarded-Proto").filter("https"::equalsIgnoreCase).isPresent();
    return (secure ? "https://" : "http://")
        + host()
        + "/"
        + (address.pathStyle() ? bucket() + "/" : "")
        + PercentEncoding.encodePath(key);
  }

  /** Returns method, bucket and key, without the query, which may contain a signature. */
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
