package io.osspost.emulator.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A call of STS with signature version 1, signed directly by the documented steps, with every part
 * that a test may change. Independent of the emulator.
 */
public final class StsCalls {
  public static final String KEY_ID = "EmulatorAccessKeyId";
  public static final String SECRET = "secretOfTheseTests";
  public static final String ROLE = "acs:ram::1000000000000000:role/EmulatorRole";

  public String method = "GET";
  public String secret = SECRET;
  public Map<String, String> parameters = new LinkedHashMap<>();

  private StsCalls() {}

  public static StsCalls assumeRole() {
    StsCalls call = new StsCalls();
    call.parameters.put("Action", "AssumeRole");
    call.parameters.put("Format", "JSON");
    call.parameters.put("Version", "2015-04-01");
    call.parameters.put("AccessKeyId", KEY_ID);
    call.parameters.put("SignatureMethod", "HMAC-SHA1");
    call.parameters.put("SignatureVersion", "1.0");
    call.parameters.put("SignatureNonce", UUID.randomUUID().toString());
    call.parameters.put("Timestamp", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    call.parameters.put("RoleArn", ROLE);
    call.parameters.put("RoleSessionName", "alice");
    return call;
  }

  public StsCalls with(String parameter, String value) {
    parameters.put(parameter, value);
    return this;
  }

  public StsCalls without(String parameter) {
    parameters.remove(parameter);
    return this;
  }

  public StsCalls post() {
    method = "POST";
    return this;
  }

  public String stringToSign() {
    return method + "&%2F&" + encode(query(new TreeMap<>(parameters)));
  }

  public String signature() {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec((secret + "&").getBytes(UTF_8), "HmacSHA1"));
      return Base64.getEncoder().encodeToString(mac.doFinal(stringToSign().getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Signs and sends; a POST with all parameters in its form. */
  public RawHttp.Answer send(URI endpoint) throws IOException {
    Map<String, String> signed = new LinkedHashMap<>(parameters);
    signed.putIfAbsent("Signature", signature());
    return method.equals("POST")
        ? RawHttp.send(
            endpoint,
            "POST",
            "/",
            Map.of("Content-Type", "application/x-www-form-urlencoded"),
            query(signed).getBytes(UTF_8))
        : RawHttp.send(endpoint, method, "/?" + query(signed), Map.of(), new byte[0]);
  }

  private static String query(Map<String, String> parameters) {
    StringBuilder query = new StringBuilder();
    parameters.forEach(
        (name, value) ->
            query.append(query.isEmpty() ? "" : "&").append(encode(name) + "=" + encode(value)));
    return query.toString();
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace("%7E", "~");
  }
}
