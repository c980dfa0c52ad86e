package io.osspost.emulator.internal.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.osspost.emulator.internal.http.HttpAnswer;
import io.osspost.emulator.internal.http.HttpRequest;
import io.osspost.emulator.internal.http.KnownHosts;
import io.osspost.emulator.journal.Journal;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One request and its response, with the headers and errors that every operation shares. */
final class OssExchange {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final HttpRequest http;
  private final KnownHosts hosts;
  private final long began = System.nanoTime();
  private final String requestId = newRequestId();
  private @Nullable OssRequest request;

  OssExchange(HttpRequest http, KnownHosts hosts) {
    this.http = http;
    this.hosts = hosts;
  }

  /**
   * Returns the request as OSS reads it; the same object for every call.
   *
   * @throws OssRefusedException if its URL cannot be decoded
   */
  OssRequest request() {
    if (request == null) {
      Optional<String> bucket = hosts.bucketOf(http.header("Host").orElse(""));
      request = new OssRequest(http, bucket, requestId);
    }
    return request;
  }

  /** Writes the result into the journal. */
  void record(Journal journal, HttpAnswer answer, Optional<OssError> error, String why) {
    String notes = request == null ? "" : request.notes();
    journal.record(
        requestId,
        http.method(),
        request == null ? "" : request.bucket(),
        request == null ? "" : request.object(),
        answer.status(),
        error.map(OssError::code),
        error.flatMap(OssError::ec),
        notes.isEmpty() || why.isEmpty() ? notes + why : notes + "; " + why);
  }

  /** Returns the bucket of the URL; empty if it names none, or cannot be decoded. */
  String bucket() {
    try {
      return request().bucket();
    } catch (OssRefusedException e) {
      return "";
    }
  }

  Optional<String> origin() {
    return http.header("Origin");
  }

  /**
   * Returns the method that CORS rules compare: of a preflight, the method of the request that will
   * follow.
   */
  String corsMethod() {
    return http.method().equals("OPTIONS")
        ? http.header("Access-Control-Request-Method").orElse("OPTIONS")
        : http.method();
  }

  /** Returns the documented error document, for HEAD in a header. */
  HttpAnswer error(OssError error) {
    Xml xml =
        Xml.root("Error")
            .member("Code", error.code())
            .member("Message", error.message())
            .member("RequestId", requestId)
            .member("HostId", http.header("Host").orElse(""));
    xml.members(error.members());
    Optional<String> ec = error.ec();
    if (ec.isPresent()) {
      xml.member("EC", ec.get());
      xml.member("RecommendDoc", "https://api.aliyun.com/troubleshoot?q=" + ec.get());
    }
    HttpAnswer answer = document(error.status(), xml.end()).with(error.headers());
    return ec.isPresent() ? answer.with("x-oss-ec", ec.get()) : answer;
  }

  private HttpAnswer document(int status, String xml) {
    return isHead()
        ? HttpAnswer.empty(status)
            .with("x-oss-err", Base64.getEncoder().encodeToString(xml.getBytes(UTF_8)))
        : HttpAnswer.xml(status, xml);
  }

  /** Returns the response with the headers that every response has. */
  HttpAnswer framed(HttpAnswer answer) {
    long millis = (System.nanoTime() - began) / 1_000_000;
    return answer
        .with("Server", "AliyunOSS")
        .with("x-oss-request-id", requestId)
        .with("x-oss-server-time", Long.toString(millis));
  }

  private boolean isHead() {
    return http.method().equals("HEAD");
  }

  private static String newRequestId() {
    byte[] id = new byte[12];
    RANDOM.nextBytes(id);
    return HexFormat.of().withUpperCase().formatHex(id);
  }

  /** Returns method, path and request id, without the query, which may contain a signature. */
  @Override
  public String toString() {
    return http + " [" + requestId + "]";
  }
}
