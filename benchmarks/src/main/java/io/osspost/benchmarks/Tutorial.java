package io.osspost.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.commons.codec.binary.Base64;
import org.apache.commons.codec.binary.Hex;

/**
 * The steps of the vendor's V4 tutorial for Java: maps, Jackson, commons-codec, and {@code Mac} for
 * every step of the key. As there, requests share the framework's mapper, which writes the answer.
 */
class Tutorial implements Granter {
  private static final ObjectMapper FRAMEWORK = new ObjectMapper();

  final Task task;

  Tutorial(Task task) {
    this.task = task;
  }

  /** The tutorial creates these for every request. */
  ObjectMapper mapper() {
    return new ObjectMapper();
  }

  DateTimeFormatter formatter(String pattern) {
    return DateTimeFormatter.ofPattern(pattern);
  }

  @Override
  public byte[] grant(String caller) {
    Task.Keys keys = task.keys();
    ZonedDateTime now = task.clock().instant().atZone(ZoneOffset.UTC);
    ZonedDateTime end = now.plus(Task.VALIDITY);
    String day = now.format(formatter("yyyyMMdd"));
    String date = now.format(formatter("yyyyMMdd'T'HHmmss'Z'"));
    String credential = keys.id() + "/" + day + "/" + Task.REGION + "/oss/aliyun_v4_request";

    Map<String, Object> policy = new HashMap<>();
    policy.put("expiration", end.format(formatter("yyyy-MM-dd'T'HH:mm:ss'.000Z'")));
    List<Object> conditions = new ArrayList<>();
    conditions.add(single("bucket", Task.BUCKET));
    conditions.add(single("x-oss-signature-version", "OSS4-HMAC-SHA256"));
    conditions.add(single("x-oss-credential", credential));
    conditions.add(single("x-oss-date", date));
    if (keys.areTemporary()) {
      conditions.add(single("x-oss-security-token", keys.token()));
    }
    conditions.add(List.of("eq", "$success_action_status", "200"));
    conditions.add(List.of("in", "$content-type", Task.CONTENT_TYPES));
    conditions.add(List.of("content-length-range", Task.MIN_SIZE, Task.MAX_SIZE));
    conditions.add(List.of("starts-with", "$key", Task.directory(caller)));
    policy.put("conditions", conditions);

    String encoded = new String(Base64.encodeBase64(json(mapper(), policy).getBytes(UTF_8)), UTF_8);
    byte[] dateKey = hmac(("aliyun_v4" + keys.secret()).getBytes(UTF_8), day);
    byte[] regionKey = hmac(dateKey, Task.REGION);
    byte[] serviceKey = hmac(regionKey, "oss");
    byte[] signingKey = hmac(serviceKey, "aliyun_v4_request");
    String signature = Hex.encodeHexString(hmac(signingKey, encoded));

    Map<String, Object> answer = new HashMap<>();
    answer.put("version", "OSS4-HMAC-SHA256");
    answer.put("x_oss_signature_version", "OSS4-HMAC-SHA256");
    answer.put("policy", encoded);
    answer.put("x_oss_credential", credential);
    answer.put("x_oss_date", date);
    answer.put("signature", signature);
    if (keys.areTemporary()) {
      answer.put("security_token", keys.token());
    }
    answer.put("dir", Task.directory(caller));
    answer.put("host", Task.HOST.toString());
    answer.put("expire", end.toEpochSecond());
    try {
      return FRAMEWORK.writeValueAsBytes(answer);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, String> single(String name, String value) {
    Map<String, String> condition = new HashMap<>();
    condition.put(name, value);
    return condition;
  }

  private static String json(ObjectMapper mapper, Object value) {
    try {
      return mapper.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The tutorial after a review: requests share everything that can be shared. */
  static final class Reviewed extends Tutorial {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private final Map<String, DateTimeFormatter> formatters = new ConcurrentHashMap<>();

    Reviewed(Task task) {
      super(task);
    }

    @Override
    ObjectMapper mapper() {
      return MAPPER;
    }

    @Override
    DateTimeFormatter formatter(String pattern) {
      return formatters.computeIfAbsent(pattern, DateTimeFormatter::ofPattern);
    }
  }
}
