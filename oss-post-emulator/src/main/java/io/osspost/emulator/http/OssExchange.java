package io.osspost.emulator.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/**
 * One request and its answer on the wire, with the headers OSS puts on every answer. Used by one
 * thread; closing it ends the exchange.
 */
final class OssExchange implements AutoCloseable {
  /** A browser reads a refusal only after sending its body: this much is taken in, the rest cut. */
  private static final long MOST_TO_DRAIN = 6L << 30;

  private static final SecureRandom RANDOM = new SecureRandom();

  private final HttpExchange exchange;
  private final long began = System.nanoTime();
  private final String requestId = newRequestId();

  OssExchange(HttpExchange exchange) {
    this.exchange = exchange;
  }

  OssRequest request() {
    return OssRequest.of(exchange, requestId);
  }

  Optional<String> origin() {
    return Optional.ofNullable(exchange.getRequestHeaders().getFirst("Origin"));
  }

  /** The method CORS rules look at: a preflight asks on behalf of another one. */
  String corsMethod() {
    String asked = exchange.getRequestHeaders().getFirst("Access-Control-Request-Method");
    return exchange.getRequestMethod().equals("OPTIONS") && asked != null
        ? asked
        : exchange.getRequestMethod();
  }

  /** The documented error document; for HEAD it travels in a header. */
  OssAnswer error(OssError error) {
    String host = exchange.getRequestHeaders().getFirst("Host");
    Xml xml =
        Xml.root("Error")
            .member("Code", error.code())
            .member("Message", error.message())
            .member("RequestId", requestId)
            .member("HostId", host == null ? "" : host);
    error.members().forEach(xml::member);
    Optional<String> ec = error.ec();
    if (ec.isPresent()) {
      xml.member("EC", ec.get());
      xml.member("RecommendDoc", "https://api.aliyun.com/troubleshoot?q=" + ec.get());
    }
    OssAnswer answer = document(error.status(), xml.end());
    return ec.isPresent() ? answer.with("x-oss-ec", ec.get()) : answer;
  }

  private OssAnswer document(int status, String xml) {
    return isHead()
        ? OssAnswer.empty(status)
            .with("x-oss-err", Base64.getEncoder().encodeToString(xml.getBytes(UTF_8)))
        : OssAnswer.xml(status, xml);
  }

  /** Sends {@code answer}, then takes in what the client is still sending. */
  void send(OssAnswer answer) throws IOException {
    Headers headers = exchange.getResponseHeaders();
    headers.set("Server", "AliyunOSS");
    headers.set("x-oss-request-id", requestId);
    headers.set("x-oss-server-time", Long.toString((System.nanoTime() - began) / 1_000_000));
    answer.headers().forEach((name, value) -> headers.set(name, onTheWire(value)));
    if (isHead()) {
      headers.set("Content-Length", Long.toString(answer.length()));
      exchange.sendResponseHeaders(answer.status(), -1);
      return;
    }
    if (answer.length() == 0) {
      drain();
      exchange.sendResponseHeaders(answer.status(), -1);
      return;
    }
    exchange.sendResponseHeaders(answer.status(), answer.length());
    OutputStream out = exchange.getResponseBody();
    answer.body().writeTo(out);
    out.flush();
    drain();
    out.close();
  }

  @Override
  public void close() {
    exchange.close();
  }

  private void drain() throws IOException {
    byte[] buffer = new byte[64 * 1024];
    InputStream body = exchange.getRequestBody();
    long drained = 0;
    for (int n = body.read(buffer); n >= 0 && drained < MOST_TO_DRAIN; n = body.read(buffer)) {
      drained += n;
    }
  }

  private boolean isHead() {
    return exchange.getRequestMethod().equals("HEAD");
  }

  /** The server writes one byte per character: a header in UTF-8 goes out as its bytes. */
  private static String onTheWire(String value) {
    return new String(value.getBytes(UTF_8), ISO_8859_1);
  }

  private static String newRequestId() {
    byte[] id = new byte[12];
    RANDOM.nextBytes(id);
    return HexFormat.of().withUpperCase().formatHex(id);
  }

  /** Method, path and request id: no query, which may hold a signature. */
  @Override
  public String toString() {
    return exchange.getRequestMethod()
        + " "
        + exchange.getRequestURI().getRawPath()
        + " ["
        + requestId
        + "]";
  }
}
