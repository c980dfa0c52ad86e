package io.osspost.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.aliyun.oss.ClientBuilderConfiguration;
import com.aliyun.oss.OSS;
import com.aliyun.oss.OSSClientBuilder;
import com.aliyun.oss.common.auth.DefaultCredentialProvider;
import com.aliyun.oss.common.comm.SignVersion;
import com.aliyun.oss.common.utils.BinaryUtil;
import com.aliyun.oss.model.MatchMode;
import com.aliyun.oss.model.PolicyConditions;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The vendor's SDK. It writes and signs the policy. Its user adds the conditions on credential,
 * date and token; here this class does.
 */
final class AliyunSdk implements Granter {
  private static final DateTimeFormatter DAY = utc("yyyyMMdd");
  private static final DateTimeFormatter DATE = utc("yyyyMMdd'T'HHmmss'Z'");

  /** Writes the members of an answer. */
  interface Answer {
    byte[] of(Map<String, Object> members);
  }

  private final Task task;
  private final SignVersion version;
  private final OSS client;
  private final Answer answer;

  private AliyunSdk(Task task, SignVersion version, Answer answer) {
    ClientBuilderConfiguration configuration = new ClientBuilderConfiguration();
    configuration.setSignatureVersion(version);
    this.task = task;
    this.version = version;
    this.answer = answer;
    this.client =
        OSSClientBuilder.create()
            .endpoint("https://oss-" + Task.REGION + ".aliyuncs.com")
            .region(Task.REGION)
            .credentialsProvider(
                new DefaultCredentialProvider(
                    task.keys().id(), task.keys().secret(), task.keys().token()))
            .clientConfiguration(configuration)
            .build();
  }

  static AliyunSdk v4(Task task) {
    return new AliyunSdk(task, SignVersion.V4, Jackson.INSTANCE);
  }

  static AliyunSdk v1(Task task) {
    return new AliyunSdk(task, SignVersion.V1, Jackson.INSTANCE);
  }

  /** Joins the answer with string concatenation, so that no other library is loaded. */
  static AliyunSdk v4WithoutJackson(Task task) {
    return new AliyunSdk(task, SignVersion.V4, new Concatenated());
  }

  @Override
  public byte[] grant(String caller) {
    Instant now = task.now();
    Instant end = now.plus(Task.VALIDITY);
    Map<String, Object> members = new LinkedHashMap<>();
    PolicyConditions conditions = new PolicyConditions();
    conditions.addConditionItem("bucket", Task.BUCKET);
    if (version == SignVersion.V4) {
      String credential =
          task.keys().id() + "/" + DAY.format(now) + "/" + Task.REGION + "/oss/aliyun_v4_request";
      String date = DATE.format(now);
      conditions.addConditionItem("x-oss-signature-version", "OSS4-HMAC-SHA256");
      conditions.addConditionItem("x-oss-credential", credential);
      conditions.addConditionItem("x-oss-date", date);
      members.put("version", "OSS4-HMAC-SHA256");
      members.put("x_oss_signature_version", "OSS4-HMAC-SHA256");
      members.put("x_oss_credential", credential);
      members.put("x_oss_date", date);
    } else {
      members.put("ossAccessKeyId", task.keys().id());
    }
    if (task.keys().areTemporary()) {
      conditions.addConditionItem("x-oss-security-token", task.keys().token());
      members.put("security_token", task.keys().token());
    }
    conditions.addConditionItem(PolicyConditions.COND_SUCCESS_ACTION_STATUS, "200");
    conditions.addConditionItem(
        MatchMode.In,
        PolicyConditions.COND_CONTENT_TYPE,
        Task.CONTENT_TYPES.toArray(new String[0]));
    conditions.addConditionItem(
        PolicyConditions.COND_CONTENT_LENGTH_RANGE, Task.MIN_SIZE, Task.MAX_SIZE);
    conditions.addConditionItem(
        MatchMode.StartWith, PolicyConditions.COND_KEY, Task.directory(caller));

    String policy = client.generatePostPolicy(Date.from(end), conditions);
    members.put("policy", BinaryUtil.toBase64String(policy.getBytes(UTF_8)));
    members.put("signature", client.calculatePostSignature(policy, Date.from(now)));
    members.put("dir", Task.directory(caller));
    members.put("host", Task.HOST.toString());
    members.put("expire", end.getEpochSecond());
    return answer.of(members);
  }

  private static DateTimeFormatter utc(String pattern) {
    return DateTimeFormatter.ofPattern(pattern).withZone(ZoneOffset.UTC);
  }

  private static final class Jackson implements Answer {
    static final Jackson INSTANCE = new Jackson();
    private final ObjectMapper mapper = new ObjectMapper();

    @Override
    public byte[] of(Map<String, Object> members) {
      try {
        return mapper.writeValueAsBytes(members);
      } catch (JsonProcessingException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Enough for values without escapes. */
  private static final class Concatenated implements Answer {
    @Override
    public byte[] of(Map<String, Object> members) {
      StringBuilder json = new StringBuilder(2500);
      for (Map.Entry<String, Object> member : members.entrySet()) {
        json.append(json.length() == 0 ? '{' : ',');
        json.append('"').append(member.getKey()).append("\":");
        boolean text = member.getValue() instanceof String;
        json.append(text ? "\"" : "").append(member.getValue()).append(text ? "\"" : "");
      }
      return json.append('}').toString().getBytes(UTF_8);
    }
  }
}
