package io.osspost.benchmarks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The code of an expert in Jackson: no maps, only bytes, and the signing key cached for a day. */
final class CarefulJackson implements Granter {
  private static final JsonFactory JSON = new JsonFactory();
  private static final DateTimeFormatter DAY = utc("yyyyMMdd");
  private static final DateTimeFormatter DATE = utc("yyyyMMdd'T'HHmmss'Z'");
  private static final DateTimeFormatter EXPIRATION = utc("yyyy-MM-dd'T'HH:mm:ss'.000Z'");

  private record DayKey(String day, SecretKeySpec key) {}

  private final Task task;
  private volatile DayKey kept;

  CarefulJackson(Task task) {
    this.task = task;
    this.kept = derive(DAY.format(task.now()));
  }

  @Override
  public byte[] grant(String caller) {
    Instant now = task.now();
    Instant end = now.plus(Task.VALIDITY);
    DayKey dayKey = keyOf(DAY.format(now));
    String credential =
        task.keys().id() + "/" + dayKey.day + "/" + Task.REGION + "/oss/aliyun_v4_request";
    String date = DATE.format(now);
    String directory = Task.directory(caller);
    try {
      byte[] policy = Base64.getEncoder().encode(policy(end, credential, date, directory));
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(dayKey.key);
      String signature = HexFormat.of().formatHex(mac.doFinal(policy));
      return answer(policy, credential, date, signature, directory, end);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private byte[] policy(Instant end, String credential, String date, String directory)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1500);
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringField("expiration", EXPIRATION.format(end));
      json.writeArrayFieldStart("conditions");
      single(json, "bucket", Task.BUCKET);
      single(json, "x-oss-signature-version", "OSS4-HMAC-SHA256");
      single(json, "x-oss-credential", credential);
      single(json, "x-oss-date", date);
      if (task.keys().areTemporary()) {
        single(json, "x-oss-security-token", task.keys().token());
      }
      strings(json, "eq", "$success_action_status", "200");
      json.writeStartArray();
      json.writeString("in");
      json.writeString("$content-type");
      strings(json, Task.CONTENT_TYPES.toArray(String[]::new));
      json.writeEndArray();
      json.writeStartArray();
      json.writeString("content-length-range");
      json.writeNumber(Task.MIN_SIZE);
      json.writeNumber(Task.MAX_SIZE);
      json.writeEndArray();
      strings(json, "starts-with", "$key", directory);
      json.writeEndArray();
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }

  private byte[] answer(
      byte[] policy,
      String credential,
      String date,
      String signature,
      String directory,
      Instant end)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(2500);
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringField("version", "OSS4-HMAC-SHA256");
      json.writeStringField("x_oss_signature_version", "OSS4-HMAC-SHA256");
      json.writeFieldName("policy");
      json.writeUTF8String(policy, 0, policy.length);
      json.writeStringField("x_oss_credential", credential);
      json.writeStringField("x_oss_date", date);
      json.writeStringField("signature", signature);
      if (task.keys().areTemporary()) {
        json.writeStringField("security_token", task.keys().token());
      }
      json.writeStringField("dir", directory);
      json.writeStringField("host", Task.HOST.toString());
      json.writeNumberField("expire", end.getEpochSecond());
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }

  private static void single(JsonGenerator json, String name, String value) throws IOException {
    json.writeStartObject();
    json.writeStringField(name, value);
    json.writeEndObject();
  }

  private static void strings(JsonGenerator json, String... values) throws IOException {
    json.writeStartArray();
    for (String value : values) {
      json.writeString(value);
    }
    json.writeEndArray();
  }

  private DayKey keyOf(String day) {
    DayKey held = kept;
    if (!held.day.equals(day)) {
      held = derive(day);
      kept = held;
    }
    return held;
  }

  private DayKey derive(String day) {
    return new DayKey(
        day, new SecretKeySpec(SigningKeys.v4(task.keys().secret(), day), "HmacSHA256"));
  }

  private static DateTimeFormatter utc(String pattern) {
    return DateTimeFormatter.ofPattern(pattern).withZone(ZoneOffset.UTC);
  }
}
