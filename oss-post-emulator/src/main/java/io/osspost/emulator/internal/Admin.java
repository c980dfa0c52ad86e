package io.osspost.emulator.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.osspost.emulator.fault.Fault;
import io.osspost.emulator.internal.http.HttpAnswer;
import io.osspost.emulator.internal.protocol.Operation;
import io.osspost.emulator.internal.protocol.OssError;
import io.osspost.emulator.internal.protocol.OssRefusedException;
import io.osspost.emulator.internal.protocol.OssRequest;
import io.osspost.emulator.journal.JournalEntry;
import java.io.IOException;
import java.io.StringWriter;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * Controls the emulator over HTTP, for tests in another process: {@code /_admin/clock}, {@code
 * /_admin/faults} and {@code /_admin/journal}. GET reads, POST applies its query, and DELETE
 * resets. All of them return JSON. Disabled by default. Each request needs a token in the header
 * {@value #TOKEN}, which no page of another origin can send. Thread-safe.
 */
final class Admin implements Operation {
  /** The path segment in place of a bucket. No bucket can have this name. */
  private static final String NAME = "_admin";

  private static final JsonFactory JSON = new JsonFactory();

  /** The header of the token. */
  static final String TOKEN = "x-emulator-token";

  private final Controls controls;
  private final byte[] token;
  private final Operation oss;

  /** Passes all other requests to {@code oss}. Faults do not affect control requests. */
  Admin(Controls controls, String token, Operation oss) {
    this.controls = controls;
    this.token = token.getBytes(UTF_8);
    this.oss = oss;
  }

  @Override
  public HttpAnswer perform(OssRequest request) throws IOException {
    if (!request.bucket().equals(NAME)) {
      return oss.perform(request);
    }
    byte[] shown = request.header(TOKEN).orElse("").getBytes(UTF_8);
    if (!MessageDigest.isEqual(token, shown)) {
      throw OssError.of(
              403,
              "AccessDenied",
              "Send header " + TOKEN + " with the token that the emulator printed at its start.")
          .because("/_admin/ needs its token");
    }
    return switch (request.method()) {
      case "GET" -> read(request);
      case "POST" -> change(request);
      case "DELETE" -> reset(request);
      default ->
          throw OssError.methodNotAllowed(request.method(), "Admin")
              .because("/_admin/ supports GET, POST and DELETE");
    };
  }

  private HttpAnswer read(OssRequest request) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      switch (request.key()) {
        case "clock" -> clock(json);
        case "faults" -> faults(json);
        case "journal" -> journal(json);
        default -> throw unknown(request);
      }
    }
    return HttpAnswer.of(200, "application/json", text.toString().getBytes(UTF_8));
  }

  private HttpAnswer change(OssRequest request) throws IOException {
    try {
      switch (request.key()) {
        case "clock" -> setClock(request.query());
        case "faults" -> controls.faults().add(FaultQuery.parse(request.query()));
        default -> throw unknown(request);
      }
    } catch (IllegalArgumentException e) {
      throw OssError.invalidArgument(String.valueOf(e.getMessage()), request.key(), "")
          .because("the query of /_admin/" + request.key() + " cannot be read");
    }
    return read(request);
  }

  private HttpAnswer reset(OssRequest request) throws IOException {
    switch (request.key()) {
      case "clock" -> controls.clock().reset();
      case "faults" -> controls.faults().clear();
      case "journal" -> controls.journal().clear();
      default -> throw unknown(request);
    }
    return read(request);
  }

  private void setClock(Map<String, String> query) {
    String now = query.get("now");
    String duration = query.get("advance");
    if ((now == null) == (duration == null)) {
      throw new IllegalArgumentException("Name either 'now' or 'advance'.");
    }
    try {
      if (now != null) {
        controls.clock().set(Instant.parse(now));
      }
      if (duration != null) {
        controls.clock().advance(Duration.parse(duration));
      }
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "The time is invalid. Write now=2030-01-01T00:00:00Z, or advance=PT1H.", e);
    }
  }

  private void clock(JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("now", controls.clock().instant().toString());
    json.writeEndObject();
  }

  private void faults(JsonGenerator json) throws IOException {
    json.writeStartArray();
    for (Fault fault : controls.faults().pending()) {
      json.writeStartObject();
      json.writeStringField("effect", fault.effect().toString());
      json.writeStringField("on", fault.target());
      if (!fault.query().isEmpty()) {
        json.writeStringField("query", FaultQuery.selection(fault));
      }
      json.writeNumberField("times", fault.times());
      if (fault.eachPart()) {
        json.writeBooleanField("eachPart", true);
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void journal(JsonGenerator json) throws IOException {
    json.writeStartArray();
    for (JournalEntry entry : controls.journal().entries()) {
      json.writeStartObject();
      json.writeStringField("at", entry.at().toString());
      json.writeStringField("requestId", entry.requestId());
      json.writeStringField("method", entry.method());
      json.writeStringField("bucket", entry.bucket());
      json.writeStringField("key", entry.key());
      json.writeNumberField("status", entry.status());
      json.writeStringField("code", entry.code().orElse(""));
      json.writeStringField("ec", entry.ec().orElse(""));
      json.writeStringField("explanation", entry.explanation());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static OssRefusedException unknown(OssRequest request) {
    return OssError.of(404, "NoSuchKey", "Use /_admin/clock, /_admin/faults or /_admin/journal.")
        .because("there is no control at " + request);
  }
}
