package io.osspost.sts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.osspost.credentials.CredentialsUnavailableException;
import io.osspost.credentials.OssCredentials;
import io.osspost.credentials.OssCredentialsProvider;
import io.osspost.emulator.OssEmulator;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Assumes a role with the emulator's STS. */
class StsRoleTest {
  private OssEmulator oss;

  @BeforeEach
  void start() {
    oss = OssEmulator.builder().stsPort(0).start();
  }

  @AfterEach
  void stop() {
    oss.close();
  }

  private OssCredentialsProvider caller() {
    return OssCredentialsProvider.of(OssCredentials.of(oss.accessKeyId(), oss.accessKeySecret()));
  }

  private StsRole role() {
    return StsRole.of(oss.roleArn()).endpoint(oss.stsEndpoint().toString());
  }

  @Test
  void roleIsAssumedForTheDuration() {
    try (OssCredentialsProvider signing =
        role().duration(Duration.ofMinutes(15)).externalId("order/17").assumedBy(caller())) {
      OssCredentials credentials = signing.resolve();
      assertThat(credentials.accessKeyId()).startsWith("STS.");
      assertThat(credentials.securityToken()).isPresent();
      assertThat(credentials.expiration().orElseThrow())
          .isBetween(Instant.now().plusSeconds(880), Instant.now().plusSeconds(901));
      assertThat(signing.resolve()).isSameAs(credentials);
    }
  }

  @Test
  void aRoleCanAssumeAnother() {
    try (OssCredentialsProvider signing = role().assumedBy(role().assumedBy(caller()))) {
      assertThat(signing.resolve().accessKeyId()).startsWith("STS.");
    }
  }

  @Test
  void aWrongSecretIsNamedWithoutTellingIt() {
    OssCredentialsProvider wrong =
        OssCredentialsProvider.of(OssCredentials.of(oss.accessKeyId(), "hunter2hunter2"));
    try (OssCredentialsProvider signing = role().assumedBy(wrong)) {
      assertThatExceptionOfType(CredentialsUnavailableException.class)
          .isThrownBy(signing::resolve)
          .withMessageContaining("SignatureDoesNotMatch")
          .withMessageContaining("Correct the AccessKey")
          .withMessageNotContaining("hunter2")
          .withMessageNotContaining("string to sign");
    }
  }

  @Test
  void aRoleThatIsNotThereIsNamed() {
    StsRole unknown =
        StsRole.of("acs:ram::1000000000000000:role/unknown").endpoint(oss.stsEndpoint().toString());
    try (OssCredentialsProvider signing = unknown.assumedBy(caller())) {
      assertThatExceptionOfType(CredentialsUnavailableException.class)
          .isThrownBy(signing::resolve)
          .withMessageContaining("404 EntityNotExist.Role")
          .withMessageContaining("Correct the role's ARN");
    }
  }

  @Test
  void throttlingIsNamed() {
    oss.limitSts(0);
    try (OssCredentialsProvider signing = role().assumedBy(caller())) {
      assertThatExceptionOfType(CredentialsUnavailableException.class)
          .isThrownBy(signing::resolve)
          .withMessageContaining("Throttling.User");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"role/uploader", "acs:ram::1:user/x", "acs:ram::12:role/a b", ""})
  void whatIsNoRoleIsRefused(String arn) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StsRole.of(arn))
        .withMessageContaining("acs:ram::1234567890123456:role/uploader");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://sts.aliyuncs.com",
        "ftp://127.0.0.1",
        "http://127.0.0.1.example.com",
        "https://sts.aliyuncs.com/path",
        "https://user@sts.aliyuncs.com"
      })
  void keysAreAskedForInPrivateOnly(String endpoint) {
    assertThatIllegalArgumentException().isThrownBy(() -> role().endpoint(endpoint));
  }
}
