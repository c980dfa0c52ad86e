package io.osspost.emulator.internal.sts;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.osspost.emulator.internal.auth.Signatures;
import io.osspost.emulator.internal.http.HttpRequest;
import java.io.IOException;
import java.net.URLDecoder;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One call with its parameters from query and form. Clients use both, and the old signature covers
 * both. Immutable.
 *
 * @param query the parameters of the query, which the newer signature covers separately
 * @param parameters those and the fields of the form; the query takes precedence
 * @param headers lower-case names
 * @param bodyDigest SHA-256 of the body in hexadecimal digits
 */
record StsCall(
    String method,
    String host,
    Map<String, String> query,
    Map<String, String> parameters,
    Map<String, String> headers,
    String bodyDigest) {
  /** Three times the length of the longest OIDC token with every character encoded. */
  private static final int LONGEST_BODY = 192 * 1024;

  static StsCall read(HttpRequest request) throws StsRefusedException {
    byte[] body = body(request);
    Map<String, String> headers = new TreeMap<>();
    request.headers().forEach((name, values) -> headers.put(name, String.join(",", values)));
    Map<String, String> query = fields(request.rawQuery());
    Map<String, String> parameters = new LinkedHashMap<>(query);
    if (headers.getOrDefault("content-type", "").startsWith("application/x-www-form-urlencoded")) {
      fields(new String(body, UTF_8)).forEach(parameters::putIfAbsent);
    }
    return new StsCall(
        request.method(),
        request.header("Host").orElse(""),
        query,
        Collections.unmodifiableMap(parameters),
        headers,
        Signatures.sha256(body));
  }

  /** Returns a parameter that is not empty, because clients send empty ones for missing values. */
  Optional<String> parameter(String name) {
    return Optional.ofNullable(parameters.get(name)).filter(value -> !value.isEmpty());
  }

  String required(String name) throws StsRefusedException {
    Optional<String> value = parameter(name);
    if (value.isEmpty()) {
      throw StsRefusedException.missing(name);
    }
    return value.get();
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name)).map(String::trim);
  }

  /** The newer protocol names its action and version in headers. */
  boolean isAcs3() {
    return header("authorization").filter(Acs3Signature::isOne).isPresent();
  }

  /** Returns a common parameter, which the newer protocol sends as a header. */
  Optional<String> common(String parameter, String header) {
    Optional<String> inHeader = header(header).filter(value -> !value.isEmpty());
    return inHeader.isPresent() ? inHeader : parameter(parameter);
  }

  private static Map<String, String> fields(String text) throws StsRefusedException {
    Map<String, String> fields = new LinkedHashMap<>();
    try {
      for (String field : text.split("&", 0)) {
        int equals = field.indexOf('=');
        String name = equals < 0 ? field : field.substring(0, equals);
        String value = equals < 0 ? "" : field.substring(equals + 1);
        fields.putIfAbsent(URLDecoder.decode(name, UTF_8), URLDecoder.decode(value, UTF_8));
      }
    } catch (IllegalArgumentException e) {
      throw StsRefusedException.wronglyFormed("Body", "query or form are not percent-encoded");
    }
    fields.remove("");
    return fields;
  }

  private static byte[] body(HttpRequest request) throws StsRefusedException {
    byte[] body;
    try {
      body = request.body().readNBytes(LONGEST_BODY + 1);
    } catch (IOException e) {
      throw StsRefusedException.wronglyFormed("Body", "the body ended too soon: " + e);
    }
    if (body.length > LONGEST_BODY) {
      throw new StsRefusedException(
          413,
          "RequestEntityTooLarge",
          "The request body is too large.",
          "the body has more than " + LONGEST_BODY + " bytes");
    }
    return body;
  }

  /** Returns nothing of the parameters, because logs contain it. */
  @Override
  public String toString() {
    return "StsCall[" + method + " " + parameters.keySet() + "]";
  }
}
