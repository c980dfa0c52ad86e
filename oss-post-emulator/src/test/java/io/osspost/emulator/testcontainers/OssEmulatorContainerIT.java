package io.osspost.emulator.testcontainers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.aliyun.credentials.models.CredentialModel;
import com.aliyun.credentials.provider.ECSMetadataServiceCredentialsFetcher;
import com.aliyun.credentials.provider.RamRoleArnCredentialProvider;
import com.aliyun.oss.OSS;
import com.aliyun.oss.OSSClientBuilder;
import com.aliyun.oss.common.auth.DefaultCredentialProvider;
import io.osspost.emulator.testing.FakeApplication;
import io.osspost.emulator.testing.FakeApplication.Call;
import io.osspost.emulator.testing.RawHttp;
import io.osspost.emulator.testing.RawHttp.Answer;
import io.osspost.emulator.testing.TestForm;
import io.osspost.emulator.testing.ToEmulator;
import io.osspost.testsupport.EmulatorImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.testcontainers.utility.DockerImageName;

/** Builds the image, starts it, and uploads from this machine through mapped ports. */
@Tag("full")
class OssEmulatorContainerIT {
  private static final String IMAGE = "oss-post-emulator:test";

  @AutoClose private static OssEmulatorContainer oss;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    EmulatorImage.build(".", IMAGE);
    oss = new OssEmulatorContainer(DockerImageName.parse(IMAGE)).withOption("--public-read");
    oss.start();
  }

  @Test
  void formIsStoredAndTheHostCalledBack() throws IOException, GeneralSecurityException {
    try (FakeApplication application = new FakeApplication(new InetSocketAddress(0).getAddress())) {
      TestForm form = TestForm.signableNow();
      form.keyId = oss.accessKeyId();
      form.secret = oss.accessKeySecret();
      form.fields.put(
          "callback",
          base64(
              "{\"callbackUrl\":\"http://"
                  + OssEmulatorContainer.HOST
                  + ":"
                  + application.port()
                  + "/stored?by=form\",\"callbackBody\":\"key=${object}\"}"));

      Answer answer = RawHttp.post(oss.endpoint(), "/" + oss.bucket() + "/", form.sign());

      assertThat(answer.status()).as(answer.body()).isEqualTo(200);
      assertThat(answer.body()).isEqualTo("{\"Status\":\"OK\"}");
      Call call = application.onlyCall();
      assertThat(call.body()).isEqualTo("key=user-dir%2Fphoto.png");
      assertThat(isSigned(call)).isTrue();
      assertThat(
              RawHttp.send(
                      oss.endpoint(),
                      "GET",
                      "/" + oss.bucket() + "/user-dir/photo.png",
                      Map.of(),
                      new byte[0])
                  .body())
          .isEqualTo("hello world");
    }
  }

  @Test
  void keysOfStsAndInstanceAreAccepted() {
    assertUploads(
        RamRoleArnCredentialProvider.builder()
            .accessKeyId(oss.accessKeyId())
            .accessKeySecret(oss.accessKeySecret())
            .roleArn(oss.roleArn())
            .roleSessionName("alice")
            .build()
            .createCredential(new ToEmulator(oss.stsEndpoint()))
            .value());
    assertUploads(
        new ECSMetadataServiceCredentialsFetcher(null, true, 2000, 2000)
            .fetch(new ToEmulator(oss.metadataEndpoint()))
            .value());
  }

  private static void assertUploads(CredentialModel keys) {
    OSS client =
        new OSSClientBuilder()
            .build(
                oss.endpoint().toString(),
                new DefaultCredentialProvider(
                    keys.getAccessKeyId(), keys.getAccessKeySecret(), keys.getSecurityToken()));
    try {
      client.putObject(oss.bucket(), "a.txt", new ByteArrayInputStream("hello".getBytes(UTF_8)));
      assertThat(client.getObjectMetadata(oss.bucket(), "a.txt").getContentLength()).isEqualTo(5);
    } finally {
      client.shutdown();
    }
  }

  /** OSS signs the decoded path, the query, and the body. */
  private static boolean isSigned(Call call) throws GeneralSecurityException {
    Signature signature = Signature.getInstance("MD5withRSA");
    signature.initVerify(oss.callbackPublicKey());
    signature.update(("/stored?by=form\n" + call.body()).getBytes(UTF_8));
    return signature.verify(Base64.getDecoder().decode(call.headers().get("authorization")));
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }
}
