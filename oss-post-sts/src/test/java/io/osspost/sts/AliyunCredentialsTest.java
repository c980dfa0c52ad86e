package io.osspost.sts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.aliyun.oss.OSS;
import com.aliyun.oss.OSSClientBuilder;
import com.aliyun.oss.common.auth.CredentialsProvider;
import com.aliyun.oss.common.auth.DefaultCredentialProvider;
import io.osspost.credentials.CredentialsUnavailableException;
import io.osspost.credentials.OssCredentials;
import io.osspost.credentials.OssCredentialsProvider;
import io.osspost.emulator.OssEmulator;
import java.io.ByteArrayInputStream;
import org.junit.jupiter.api.Test;

class AliyunCredentialsTest {
  @Test
  void anOssClientAndGrantsShareOneSource() {
    try (OssEmulator oss = OssEmulator.builder().stsPort(0).start()) {
      CredentialsProvider ofClient =
          new DefaultCredentialProvider(oss.accessKeyId(), oss.accessKeySecret());
      OssCredentialsProvider caller = AliyunCredentials.ofClient(ofClient);
      assertThat(TestUploads.statusOfUpload(oss, caller)).isEqualTo(200);

      StsRole role = StsRole.of(oss.roleArn()).endpoint(oss.stsEndpoint().toString());
      try (OssCredentialsProvider signing = role.assumedBy(caller)) {
        OSS client =
            new OSSClientBuilder()
                .build(oss.endpoint().toString(), AliyunCredentials.toClient(signing));
        client.putObject(
            oss.bucket(), "shared.txt", new ByteArrayInputStream("hello".getBytes(UTF_8)));
        client.shutdown();
        assertThat(oss.object("shared.txt")).isPresent();
        assertThat(TestUploads.statusOfUpload(oss, signing)).isEqualTo(200);
      }
    }
  }

  @Test
  void unchangedKeysKeepTheInstance() {
    DefaultCredentialProvider client = new DefaultCredentialProvider("id", "secret", "token");
    OssCredentialsProvider ours = AliyunCredentials.ofClient(client);
    OssCredentials first = ours.resolve();
    assertThat(ours.resolve()).isSameAs(first);
    client.setCredentials(new com.aliyun.oss.common.auth.DefaultCredentials("id2", "secret"));
    assertThat(ours.resolve().accessKeyId()).isEqualTo("id2");
    assertThat(ours.resolve().securityToken()).isEmpty();
  }

  @Test
  void swappedKeysOfAClientAreNotUsed() {
    OssCredentialsProvider swapped =
        AliyunCredentials.ofClient(
            new DefaultCredentialProvider(
                "aB3dE6gH9jK2mN5pQ8sT1vW4yZ7cF0", "LTAI5tExampleKeyAbc12345"));
    assertThatExceptionOfType(CredentialsUnavailableException.class)
        .isThrownBy(swapped::resolve)
        .withMessageContaining("The OSS client's provider returned invalid credentials")
        .withMessageNotContaining("aB3dE6gH9jK2mN5pQ8sT1vW4yZ7cF0");
  }

  @Test
  void aClientCannotReplaceOurKeys() {
    CredentialsProvider client =
        AliyunCredentials.toClient(OssCredentialsProvider.of(OssCredentials.of("id", "secret")));
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> client.setCredentials(client.getCredentials()));
  }
}
