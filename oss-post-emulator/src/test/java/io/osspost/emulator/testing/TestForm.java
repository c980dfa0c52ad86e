package io.osspost.emulator.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.osspost.emulator.OssEmulator;
import java.io.ByteArrayOutputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A form as a page would send it: signed V4 by default, for one day in March, with every field that
 * a test may change. Fields keep their order; {@code file} comes last.
 */
public final class TestForm {
  public static final String BOUNDARY = "----WebKitFormBoundary7MA4YWxkTrZu0gW";

  /** Returns a builder of an emulator that accepts this form: it has its key and its time. */
  public static OssEmulator.Builder emulator() {
    return OssEmulator.builder()
        .accessKey("LTAIexample", "examplesecret")
        .clock(Clock.fixed(Instant.parse(NOW), ZoneOffset.UTC));
  }

  /** The signature that {@link #sign} makes. */
  public enum Signature {
    V4,
    V1,
    NONE
  }

  public static final String NOW = "2024-03-15T08:15:30Z";

  public String keyId = "LTAIexample";
  public String secret = "examplesecret";
  public String day = "20240315";
  public String region = "cn-hangzhou";
  public String date = "20240315T081530Z";
  public String credential;
  public String expiration = "2024-03-15T09:15:30.000Z";
  public List<String> conditions =
      new ArrayList<>(
          List.of(
              "{\"bucket\":\"examplebucket\"}",
              "[\"content-length-range\",1,1048576]",
              "[\"eq\",\"$success_action_status\",\"200\"]",
              "[\"starts-with\",\"$key\",\"user-dir/\"]",
              "[\"in\",\"$content-type\",[\"image/png\",\"image/jpeg\"]]"));
  public List<String> v4Conditions =
      new ArrayList<>(List.of("x-oss-signature-version", "x-oss-credential", "x-oss-date"));
  public String policyJson;
  public Map<String, String> fields = new LinkedHashMap<>();
  public Map<String, String> fieldsAfterFile = new LinkedHashMap<>();
  public String filename = "photo.png";
  public String fileType = "image/png";
  public byte[] content = "hello world".getBytes(UTF_8);
  public Signature signature = Signature.V4;
  public Consumer<TestForm> afterSigning = form -> {};
  public boolean withFile = true;
  public boolean closed = true;

  public TestForm() {
    fields.put("key", "user-dir/photo.png");
    fields.put("success_action_status", "200");
  }

  /** Returns the same form for the system clock. */
  public static TestForm signableNow() {
    Instant now = Instant.now();
    TestForm form = new TestForm();
    form.date =
        DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC).format(now);
    form.day = form.date.substring(0, 8);
    form.expiration = now.plus(Duration.ofHours(1)).toString();
    return form;
  }

  /** Signs, and then changes the signed form. */
  public TestForm sign() {
    if (signature == Signature.V4) {
      signV4();
    } else if (signature == Signature.V1) {
      signV1();
    }
    afterSigning.accept(this);
    return this;
  }

  /** Adds policy and V4 signature. Fields that are set remain unchanged. */
  public TestForm signV4() {
    if (credential == null) {
      credential = keyId + "/" + day + "/" + region + "/oss/aliyun_v4_request";
    }
    fields.putIfAbsent("x-oss-signature-version", "OSS4-HMAC-SHA256");
    fields.putIfAbsent("x-oss-credential", credential);
    fields.putIfAbsent("x-oss-date", date);
    String policy = TestSigner.base64(policyText());
    fields.putIfAbsent("policy", policy);
    fields.putIfAbsent("x-oss-signature", TestSigner.v4(secret, day, region, policy));
    return this;
  }

  public TestForm signV1() {
    v4Conditions.clear();
    String policy = TestSigner.base64(policyText());
    fields.putIfAbsent("OSSAccessKeyId", keyId);
    fields.putIfAbsent("policy", policy);
    fields.putIfAbsent("signature", TestSigner.v1(secret, policy));
    return this;
  }

  public TestForm with(String field, String value) {
    fields.put(field, value);
    return this;
  }

  public TestForm condition(String json) {
    conditions.add(json);
    return this;
  }

  public String policyText() {
    if (policyJson != null) {
      return policyJson;
    }
    List<String> all = new ArrayList<>(conditions);
    for (String field : v4Conditions) {
      all.add("{\"" + field + "\":\"" + fields.get(field) + "\"}");
    }
    return "{\"expiration\":\"" + expiration + "\",\"conditions\":[" + String.join(",", all) + "]}";
  }

  /** Returns the multipart body, with the boundary {@link #BOUNDARY}. */
  public byte[] body() {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    fields.forEach((name, value) -> body.writeBytes(field(name, value)));
    if (withFile) {
      body.writeBytes(fileHead());
      body.writeBytes(content);
      body.writeBytes("\r\n".getBytes(ISO_8859_1));
    }
    fieldsAfterFile.forEach((name, value) -> body.writeBytes(field(name, value)));
    if (closed) {
      body.writeBytes(end());
    }
    return body.toByteArray();
  }

  public byte[] fieldParts() {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    fields.forEach((name, value) -> body.writeBytes(field(name, value)));
    return body.toByteArray();
  }

  public byte[] fileHead() {
    return ("--"
            + BOUNDARY
            + "\r\nContent-Disposition: form-data; name=\"file\""
            + (filename == null ? "" : "; filename=\"" + filename + "\"")
            + (fileType == null ? "" : "\r\nContent-Type: " + fileType)
            + "\r\n\r\n")
        .getBytes(UTF_8);
  }

  public static byte[] end() {
    return ("--" + BOUNDARY + "--\r\n").getBytes(ISO_8859_1);
  }

  private static byte[] field(String name, String value) {
    return ("--"
            + BOUNDARY
            + "\r\nContent-Disposition: form-data; name=\""
            + name
            + "\"\r\n\r\n"
            + value
            + "\r\n")
        .getBytes(UTF_8);
  }
}
