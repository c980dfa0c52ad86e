package io.osspost.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.aliyun.oss.ClientBuilderConfiguration;
import com.aliyun.oss.OSS;
import com.aliyun.oss.OSSClientBuilder;
import com.aliyun.oss.common.auth.DefaultCredentialProvider;
import com.aliyun.oss.common.comm.SignVersion;
import com.aliyun.oss.model.MatchMode;
import com.aliyun.oss.model.PolicyConditions;
import io.osspost.emulator.testing.RawHttp;
import io.osspost.emulator.testing.RawHttp.Answer;
import io.osspost.emulator.testing.TestForm;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Date;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Forms that the vendor's client signed. */
class AliyunSdkTest {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private OssEmulator emulator;

  @BeforeEach
  void start() {
    emulator = OssEmulator.start();
  }

  @AfterEach
  void stop() {
    emulator.close();
  }

  @Test
  void v4FormSignedByTheVendorsClientIsAccepted() throws IOException {
    Instant now = Instant.now();
    String time = TIME.format(now);
    String credential =
        emulator.accessKeyId() + "/" + time.substring(0, 8) + "/cn-hangzhou/oss/aliyun_v4_request";
    PolicyConditions conditions = conditions();
    // The client signs V4 but leaves its conditions to its caller.
    conditions.addConditionItem("x-oss-signature-version", "OSS4-HMAC-SHA256");
    conditions.addConditionItem("x-oss-credential", credential);
    conditions.addConditionItem("x-oss-date", time);
    OSS client = client(SignVersion.V4);
    try {
      String policy = client.generatePostPolicy(inTenMinutes(now), conditions);
      TestForm form = form();
      form.fields.put("policy", Base64.getEncoder().encodeToString(policy.getBytes(UTF_8)));
      form.fields.put("x-oss-signature-version", "OSS4-HMAC-SHA256");
      form.fields.put("x-oss-credential", credential);
      form.fields.put("x-oss-date", time);
      form.fields.put("x-oss-signature", client.calculatePostSignature(policy, Date.from(now)));

      assertAccepted(form);
    } finally {
      client.shutdown();
    }
  }

  @Test
  void v1FormSignedByTheVendorsClientIsAccepted() throws IOException {
    OSS client = client(SignVersion.V1);
    try {
      String policy = client.generatePostPolicy(inTenMinutes(Instant.now()), conditions());
      TestForm form = form();
      form.fields.put("OSSAccessKeyId", emulator.accessKeyId());
      form.fields.put("policy", Base64.getEncoder().encodeToString(policy.getBytes(UTF_8)));
      form.fields.put("signature", client.calculatePostSignature(policy));

      assertAccepted(form);
    } finally {
      client.shutdown();
    }
  }

  private void assertAccepted(TestForm form) throws IOException {
    Answer answer = RawHttp.post(emulator.endpoint(), "/examplebucket/", form);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(emulator.keys()).containsExactly("user-dir/photo.png");
  }

  private OSS client(SignVersion version) {
    ClientBuilderConfiguration configuration = new ClientBuilderConfiguration();
    configuration.setSignatureVersion(version);
    return OSSClientBuilder.create()
        .endpoint(emulator.endpoint().toString())
        .region("cn-hangzhou")
        .credentialsProvider(
            new DefaultCredentialProvider(emulator.accessKeyId(), emulator.accessKeySecret()))
        .clientConfiguration(configuration)
        .build();
  }

  private static PolicyConditions conditions() {
    PolicyConditions conditions = new PolicyConditions();
    conditions.addConditionItem("bucket", "examplebucket");
    // The client escapes a literal dollar sign twice.
    conditions.addConditionItem(
        MatchMode.Exact, PolicyConditions.COND_KEY, "user-dir/\\${filename}");
    conditions.addConditionItem(MatchMode.StartWith, PolicyConditions.COND_KEY, "user-dir/");
    conditions.addConditionItem(
        MatchMode.In, PolicyConditions.COND_CONTENT_TYPE, new String[] {"image/png", "image/jpg"});
    conditions.addConditionItem(PolicyConditions.COND_CONTENT_LENGTH_RANGE, 1, 1048576);
    return conditions;
  }

  private static TestForm form() {
    return new TestForm().with("key", "user-dir/${filename}");
  }

  private static Date inTenMinutes(Instant now) {
    return Date.from(now.plus(Duration.ofMinutes(10)));
  }
}
