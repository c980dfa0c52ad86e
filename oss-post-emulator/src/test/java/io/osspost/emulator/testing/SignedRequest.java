package io.osspost.emulator.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * A request on an object, signed directly by the documented steps, with every part that a test may
 * change. Header names are in lower case. Independent of the emulator.
 */
public final class SignedRequest {
  private static final String SCOPE_END = "/oss/aliyun_v4_request";

  public String method = "PUT";
  public String bucket = "examplebucket";
  public String key = "a.txt";
  public String keyId = "LTAIexample";
  public String secret = "examplesecret";
  public String region = "cn-hangzhou";
  public Instant signedAt = Instant.parse(TestForm.NOW);
  public long life = 3600;
  public String additionalHeaders = "";
  public Map<String, String> query = new LinkedHashMap<>();
  public Map<String, String> headers = new LinkedHashMap<>();
  public byte[] body = new byte[0];

  public SignedRequest(String method, String key) {
    this.method = method;
    this.key = key;
  }

  public static SignedRequest put(String key, String body) {
    SignedRequest request = new SignedRequest("PUT", key);
    request.body = body.getBytes(UTF_8);
    request.headers.put("content-type", "text/plain");
    return request;
  }

  public static SignedRequest get(String key) {
    return new SignedRequest("GET", key);
  }

  public SignedRequest with(String header, String value) {
    headers.put(header, value);
    return this;
  }

  public SignedRequest query(String name, String value) {
    query.put(name, value);
    return this;
  }

  public SignedRequest v4Header() {
    headers.putIfAbsent("x-oss-content-sha256", "UNSIGNED-PAYLOAD");
    if (!headers.containsKey("date")) {
      headers.putIfAbsent("x-oss-date", isoBasic());
    }
    headers.put(
        "authorization",
        "OSS4-HMAC-SHA256 Credential="
            + credential()
            + (additionalHeaders.isEmpty() ? "" : ",AdditionalHeaders=" + additionalHeaders)
            + ",Signature="
            + v4());
    return this;
  }

  public SignedRequest v4Url() {
    query.put("x-oss-signature-version", "OSS4-HMAC-SHA256");
    query.put("x-oss-credential", credential());
    query.put("x-oss-date", isoBasic());
    query.put("x-oss-expires", Long.toString(life));
    if (!additionalHeaders.isEmpty()) {
      query.put("x-oss-additional-headers", additionalHeaders);
    }
    query.put("x-oss-signature", v4());
    return this;
  }

  public SignedRequest v1Header() {
    headers.putIfAbsent("date", httpDate());
    headers.put("authorization", "OSS " + keyId + ":" + v1(headers.get("date")));
    return this;
  }

  public SignedRequest v1Url() {
    String expires = Long.toString(signedAt.getEpochSecond() + life);
    String signature = v1(expires);
    query.put("OSSAccessKeyId", keyId);
    query.put("Expires", expires);
    query.put("Signature", signature);
    return this;
  }

  public RawHttp.Answer send(URI endpoint) throws IOException {
    Map<String, String> sent = new LinkedHashMap<>(headers);
    if (body.length == 0 && method.equals("PUT")) {
      sent.putIfAbsent("content-length", "0");
    }
    return RawHttp.send(endpoint, method, path(), sent, body);
  }

  /** Returns path and query, in path style. */
  public String path() {
    return "/" + bucket + "/" + encode(key).replace("%2F", "/") + "?" + queryText(query);
  }

  public String isoBasic() {
    return DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'")
        .withZone(ZoneOffset.UTC)
        .format(signedAt);
  }

  public String httpDate() {
    return DateTimeFormatter.RFC_1123_DATE_TIME.withZone(ZoneOffset.UTC).format(signedAt);
  }

  private String credential() {
    return keyId + "/" + isoBasic().substring(0, 8) + "/" + region + SCOPE_END;
  }

  private String v4() {
    StringBuilder signed = new StringBuilder();
    new TreeMap<>(headers)
        .forEach(
            (name, value) -> {
              if (name.startsWith("x-oss-")
                  || name.equals("content-type")
                  || name.equals("content-md5")
                  || (";" + additionalHeaders + ";").contains(";" + name + ";")) {
                signed.append(name + ":" + value + "\n");
              }
            });
    String canonical =
        String.join(
            "\n",
            method,
            "/" + bucket + "/" + encode(key).replace("%2F", "/"),
            queryText(query),
            signed,
            additionalHeaders,
            "UNSIGNED-PAYLOAD");
    String day = isoBasic().substring(0, 8);
    String stringToSign =
        String.join(
            "\n",
            "OSS4-HMAC-SHA256",
            isoBasic(),
            day + "/" + region + SCOPE_END,
            HexFormat.of().formatHex(sha256(canonical)));
    return TestSigner.v4(secret, day, region, stringToSign);
  }

  private String v1(String dateOrExpires) {
    StringBuilder signed = new StringBuilder();
    new TreeMap<>(headers)
        .forEach(
            (name, value) -> {
              if (name.startsWith("x-oss-")) {
                signed.append(name + ":" + value + "\n");
              }
            });
    StringBuilder resource = new StringBuilder("/" + bucket + "/" + key);
    char separator = '?';
    for (Map.Entry<String, String> parameter : new TreeMap<>(query).entrySet()) {
      resource.append(separator).append(parameter.getKey());
      resource.append(parameter.getValue().isEmpty() ? "" : "=" + parameter.getValue());
      separator = '&';
    }
    return TestSigner.v1(
        secret,
        String.join(
            "\n",
            method,
            headers.getOrDefault("content-md5", ""),
            headers.getOrDefault("content-type", ""),
            dateOrExpires,
            signed.append(resource)));
  }

  private static String queryText(Map<String, String> query) {
    Map<String, String> encoded = new TreeMap<>();
    query.forEach((name, value) -> encoded.put(encode(name), encode(value)));
    StringBuilder text = new StringBuilder();
    encoded.forEach(
        (name, value) ->
            text.append(text.isEmpty() ? "" : "&")
                .append(name)
                .append(value.isEmpty() ? "" : "=" + value));
    return text.toString();
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace("%7E", "~");
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
