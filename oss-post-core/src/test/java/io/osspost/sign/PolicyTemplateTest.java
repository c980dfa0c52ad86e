package io.osspost.sign;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.aliyun.oss.ClientBuilderConfiguration;
import com.aliyun.oss.OSS;
import com.aliyun.oss.OSSClientBuilder;
import com.aliyun.oss.common.auth.DefaultCredentialProvider;
import com.aliyun.oss.common.auth.ServiceSignature;
import com.aliyun.oss.common.comm.SignVersion;
import io.osspost.credentials.OssCredentials;
import io.osspost.policy.Condition;
import io.osspost.policy.PostPolicy;
import io.osspost.wire.Hmac;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PolicyTemplateTest {
  private static final Instant NOW = Instant.parse("2024-03-15T08:15:30Z");
  private static final OssCredentials KEY = OssCredentials.of("LTAIexample", "examplesecret");

  @Test
  void theDocumentedDerivationGivesTheVectorsSigningKey() throws Exception {
    Properties vector = vector("post-v4");
    byte[] key =
        SigningKey.derive(
            vector.getProperty("secret"),
            new CredentialScope(vector.getProperty("day"), vector.getProperty("region")));
    assertThat(HexFormat.of().formatHex(key)).isEqualTo(vector.getProperty("signingKey"));
  }

  @Test
  void thePolicyOfTheVectorIsWrittenAndSignedToTheByte() throws Exception {
    Properties vector = vector("post-v4");
    PostPolicy policy =
        PostPolicy.builder("examplebucket", Instant.parse("2024-03-15T09:15:30Z"))
            .size(1, 1048576)
            .require(new Condition.Eq("success_action_status", "200"))
            .keyUnder("user-dir/")
            .build();

    SignedPolicy signed = PolicyTemplate.openV4(policy, KEY, "cn-hangzhou", NOW).sign();

    assertThat(text(signed)).isEqualTo(vector.getProperty("policy"));
    assertThat(signed.signature()).isEqualTo(vector.getProperty("signature"));
    assertThat(signed.fields())
        .containsExactly(
            entry("policy", signed.policy()),
            entry("x-oss-signature-version", "OSS4-HMAC-SHA256"),
            entry("x-oss-credential", "LTAIexample/20240315/cn-hangzhou/oss/aliyun_v4_request"),
            entry("x-oss-date", "20240315T081530Z"),
            entry("x-oss-signature", signed.signature()));
    assertThat(signed.securityToken()).isEmpty();
  }

  @Test
  void vendorsLibrarySignsEveryPolicyAlike() {
    Random random = new Random(20240315);
    for (String region : List.of("cn-hangzhou", "us-west-1", "ap-southeast-1")) {
      for (int i = 0; i < 80; i++) {
        String secret = "secret" + random.nextLong();
        Instant now = NOW.plusSeconds(random.nextInt(40_000_000));
        PostPolicy policy = policy(random, now, 4);

        SignedPolicy signed =
            PolicyTemplate.openV4(policy, OssCredentials.of("LTAIexample", secret), region, now)
                .sign(conditions(random, 2));

        assertThat(signed.signature())
            .isEqualTo(vendorSignature(text(signed), secret, region, now));
      }
    }
  }

  @Test
  void aV1SignatureIsTheVendorsToo() {
    Random random = new Random(2024);
    for (int i = 0; i < 250; i++) {
      String secret = "secret" + random.nextLong();
      SignedPolicy signed =
          PolicyTemplate.openV1(policy(random, NOW, 4), OssCredentials.of("LTAIexample", secret))
              .sign(conditions(random, 2));
      assertThat(signed.signature())
          .isEqualTo(ServiceSignature.create().computeSignature(secret, signed.policy()));
      assertThat(signed.fields().keySet()).containsExactly("policy", "OSSAccessKeyId", "Signature");
    }
  }

  @Test
  void matchesTheVendorsV1Vector() throws Exception {
    Properties vector = vector("post-v1");
    byte[] mac =
        Hmac.sha1(vector.getProperty("secret").getBytes(UTF_8))
            .update(vector.getProperty("policy"))
            .finish();
    assertThat(Base64.getEncoder().encodeToString(mac)).isEqualTo(vector.getProperty("signature"));
  }

  @Test
  void securityTokenIsAConditionToo() {
    OssCredentials temporary = OssCredentials.temporary("STS.id", "secret", "CAIS+/=");
    SignedPolicy signed =
        PolicyTemplate.openV4(policy(new Random(1), NOW, 0), temporary, "cn-hangzhou", NOW).sign();
    assertThat(text(signed)).contains("{\"x-oss-security-token\":\"CAIS+/=\"}");
    assertThat(signed.securityToken()).contains("CAIS+/=");
  }

  @Test
  void dollarInAValueIsEscaped() {
    PostPolicy policy =
        PostPolicy.builder("examplebucket", NOW)
            .require(new Condition.Eq("x-oss-meta-price", "5$"))
            .require(new Condition.In("x-oss-meta-unit", List.of("US$", "€\"\u2028\uD83D\uDE00")))
            .build();
    assertThat(text(PolicyTemplate.openV4(policy, KEY, "cn-hangzhou", NOW).sign()))
        .contains("[\"eq\",\"$x-oss-meta-price\",\"5\\\\$\"]")
        .contains("[\"in\",\"$x-oss-meta-unit\",[\"US\\\\$\",\"€\\\"\u2028\uD83D\uDE00\"]]");
  }

  @Test
  void nothingThatPrintsItselfPrintsASecret() {
    OssCredentials temporary = OssCredentials.temporary("STS.id", "topsecret", "CAIStoken");
    PolicyTemplate template =
        PolicyTemplate.openV4(policy(new Random(1), NOW, 0), temporary, "cn-hangzhou", NOW);
    assertThat(template + " " + template.sign() + " " + temporary)
        .contains("STS.id", "V4")
        .doesNotContain("topsecret", "CAIStoken", template.sign().signature());
  }

  @Test
  void scopeUsesTheUtcDay() {
    Instant lateEvening = Instant.parse("2024-11-27T23:59:59Z");
    assertThat(CredentialScope.at(lateEvening, "cn-hangzhou"))
        .hasToString("20241127/cn-hangzhou/oss/aliyun_v4_request");
  }

  private static PostPolicy policy(Random random, Instant now, int conditions) {
    return PostPolicy.builder("examplebucket", now.plusSeconds(600))
        .requireAll(conditions(random, conditions))
        .build();
  }

  /**
   * Each condition is on its own field, so that it contradicts neither the others nor those of
   * another call.
   */
  private static List<Condition> conditions(Random random, int count) {
    List<Condition> conditions = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String field = "x-oss-meta-" + random.nextInt(1 << 24);
      String value = "v" + "äß中😀\"\\\n$/".substring(0, random.nextInt(4)) + random.nextInt(1000);
      conditions.add(
          switch (random.nextInt(4)) {
            case 0 -> new Condition.Eq(field, value);
            case 1 -> new Condition.StartsWith(field, value);
            case 2 -> new Condition.In(field, List.of(value, "image/png"));
            default -> new Condition.NotIn(field, List.of(value));
          });
    }
    return conditions;
  }

  private static String text(SignedPolicy signed) {
    return new String(Base64.getDecoder().decode(signed.policy()), UTF_8);
  }

  private static String vendorSignature(String policy, String secret, String region, Instant now) {
    ClientBuilderConfiguration v4 = new ClientBuilderConfiguration();
    v4.setSignatureVersion(SignVersion.V4);
    OSS client =
        OSSClientBuilder.create()
            .endpoint("https://oss-" + region + ".aliyuncs.com")
            .region(region)
            .credentialsProvider(new DefaultCredentialProvider("LTAIexample", secret))
            .clientConfiguration(v4)
            .build();
    try {
      return client.calculatePostSignature(policy, Date.from(now));
    } finally {
      client.shutdown();
    }
  }

  /** Computed with another implementation that also reproduces the vendor's published V4 URLs. */
  private static Properties vector(String name) throws Exception {
    Properties vector = new Properties();
    try (var reader =
        Files.newBufferedReader(Path.of("src/test/resources/vectors/" + name + ".properties"))) {
      vector.load(reader);
    }
    return vector;
  }
}
