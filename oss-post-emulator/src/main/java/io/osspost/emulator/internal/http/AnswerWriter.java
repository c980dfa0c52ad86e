package io.osspost.emulator.internal.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;

/**
 * Writes responses to one client. Header names keep their case, because the vendor's clients look
 * up {@code x-oss-meta-...} in lower case only. Used by one thread.
 */
final class AnswerWriter {
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final Map<Integer, String> REASONS =
      Map.ofEntries(
          Map.entry(200, "OK"),
          Map.entry(201, "Created"),
          Map.entry(203, "Non-Authoritative Information"),
          Map.entry(204, "No Content"),
          Map.entry(206, "Partial Content"),
          Map.entry(303, "See Other"),
          Map.entry(304, "Not Modified"),
          Map.entry(400, "Bad Request"),
          Map.entry(403, "Forbidden"),
          Map.entry(404, "Not Found"),
          Map.entry(405, "Method Not Allowed"),
          Map.entry(408, "Request Timeout"),
          Map.entry(409, "Conflict"),
          Map.entry(411, "Length Required"),
          Map.entry(412, "Precondition Failed"),
          Map.entry(413, "Content Too Large"),
          Map.entry(416, "Requested Range Not Satisfiable"),
          Map.entry(431, "Request Header Fields Too Large"),
          Map.entry(500, "Internal Server Error"),
          Map.entry(501, "Not Implemented"),
          Map.entry(503, "Service Unavailable"));

  private final OutputStream out;

  AnswerWriter(OutputStream out) {
    this.out = new BufferedOutputStream(out, 8 << 10);
  }

  /** Writes {@code answer}; for HEAD without its body. */
  void write(String method, HttpAnswer answer, boolean keepAlive) throws IOException {
    StringBuilder head = new StringBuilder(512);
    int status = answer.status();
    head.append("HTTP/1.1 ").append(status).append(' ');
    head.append(REASONS.getOrDefault(status, "Status")).append("\r\n");
    if (!answer.headers().containsKey("Date")) {
      header(head, "Date", HTTP_DATE.format(Instant.now()));
    }
    answer.headers().forEach((name, value) -> header(head, name, value));
    if (status != 204 && status != 304) {
      header(head, "Content-Length", Long.toString(answer.length()));
    }
    header(head, "Connection", keepAlive ? "keep-alive" : "close");
    out.write(head.append("\r\n").toString().getBytes(UTF_8));
    if (!method.equals("HEAD") && answer.length() > 0) {
      answer.body().writeTo(out);
    }
    out.flush();
  }

  private static void header(StringBuilder head, String name, String value) {
    if (value.chars().anyMatch(character -> character < ' ' && character != '\t')) {
      throw new IllegalArgumentException(
          "The value of " + name + " has a line end. Check it before it becomes a header.");
    }
    head.append(name).append(": ").append(value).append("\r\n");
  }
}
