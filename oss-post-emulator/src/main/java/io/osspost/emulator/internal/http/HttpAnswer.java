package io.osspost.emulator.internal.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An HTTP response: status, headers, and a body of known length. Immutable; {@code with} returns a
 * copy.
 */
public final class HttpAnswer {
  /** Writes the body: exactly the announced number of bytes. */
  @FunctionalInterface
  public interface Body {
    void writeTo(OutputStream out) throws IOException;
  }

  private static final int NO_STATUS = 0;

  private final int status;
  private final Map<String, String> headers;
  private final long length;
  private final Body body;

  private HttpAnswer(int status, Map<String, String> headers, long length, Body body) {
    this.status = status;
    this.headers = headers;
    this.length = length;
    this.body = body;
  }

  public static HttpAnswer empty(int status) {
    return new HttpAnswer(status, Map.of(), 0, out -> {});
  }

  public static HttpAnswer xml(int status, String document) {
    return of(status, "application/xml", document.getBytes(UTF_8));
  }

  /** Returns a response from memory. {@code bytes} must not change afterwards. */
  public static HttpAnswer of(int status, String contentType, byte[] bytes) {
    return new HttpAnswer(
        status, Map.of("Content-Type", contentType), bytes.length, out -> out.write(bytes));
  }

  /** Returns a response of {@code length} bytes. {@code body} writes them, except for HEAD. */
  public static HttpAnswer streaming(int status, long length, Body body) {
    return new HttpAnswer(status, Map.of(), length, body);
  }

  /** Returns the instruction to close the connection without a response. */
  public static HttpAnswer none() {
    return empty(NO_STATUS);
  }

  boolean isNone() {
    return status == NO_STATUS;
  }

  /** Returns this response, whose connection is closed after this number of bytes of the body. */
  public HttpAnswer cutAfter(long bytes) {
    return new HttpAnswer(status, headers, length, out -> body.writeTo(new CutOutput(out, bytes)));
  }

  public HttpAnswer with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new HttpAnswer(status, more, length, body);
  }

  public HttpAnswer with(Map<String, String> moreHeaders) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.putAll(moreHeaders);
    return new HttpAnswer(status, more, length, body);
  }

  public int status() {
    return status;
  }

  public Map<String, String> headers() {
    return headers;
  }

  public long length() {
    return length;
  }

  Body body() {
    return body;
  }
}
