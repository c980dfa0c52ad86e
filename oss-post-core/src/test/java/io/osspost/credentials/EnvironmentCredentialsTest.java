package io.osspost.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class EnvironmentCredentialsTest {
  @Test
  void theOssPairIsReadFirst() {
    OssCredentials read =
        EnvironmentCredentials.read(
            Map.of(
                "OSS_ACCESS_KEY_ID", " id ",
                "OSS_ACCESS_KEY_SECRET", "secret",
                "ALIBABA_CLOUD_ACCESS_KEY_ID", "other",
                "ALIBABA_CLOUD_ACCESS_KEY_SECRET", "other"));
    assertThat(read.accessKeyId()).isEqualTo("id");
    assertThat(read.accessKeySecret()).isEqualTo("secret");
    assertThat(read.securityToken()).isEmpty();
  }

  @Test
  void theOtherDocumentedPairWorksToo() {
    OssCredentials read =
        EnvironmentCredentials.read(
            Map.of(
                "ALIBABA_CLOUD_ACCESS_KEY_ID", "STS.id",
                "ALIBABA_CLOUD_ACCESS_KEY_SECRET", "secret",
                "ALIBABA_CLOUD_SECURITY_TOKEN", "token"));
    assertThat(read.accessKeyId()).isEqualTo("STS.id");
    assertThat(read.securityToken()).contains("token");
  }

  @Test
  void nothingSetNamesBothPairsAndTheFix() {
    assertThatThrownBy(() -> EnvironmentCredentials.read(Map.of("OSS_ACCESS_KEY_ID", "")))
        .isInstanceOf(CredentialsUnavailableException.class)
        .hasMessageContaining("OSS_ACCESS_KEY_ID is not set")
        .hasMessageContaining("ALIBABA_CLOUD_ACCESS_KEY_ID is not set")
        .hasMessageContaining("Set OSS_ACCESS_KEY_ID and OSS_ACCESS_KEY_SECRET");
  }

  @Test
  void halfAPairIsAMistakeNotAReasonToLookElsewhere() {
    assertThatThrownBy(
            () ->
                EnvironmentCredentials.read(
                    Map.of(
                        "OSS_ACCESS_KEY_SECRET", "topsecret",
                        "ALIBABA_CLOUD_ACCESS_KEY_ID", "id",
                        "ALIBABA_CLOUD_ACCESS_KEY_SECRET", "s")))
        .hasMessage(
            "OSS_ACCESS_KEY_SECRET is set but OSS_ACCESS_KEY_ID is not. Set both, or neither.");
  }
}
