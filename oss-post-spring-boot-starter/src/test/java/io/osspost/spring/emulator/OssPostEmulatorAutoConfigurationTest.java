package io.osspost.spring.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.aliyun.oss.OSS;
import io.osspost.GrantKind;
import io.osspost.PutFormat;
import io.osspost.PutGrant;
import io.osspost.UploadGrants;
import io.osspost.credentials.OssCredentials;
import io.osspost.credentials.OssCredentialsProvider;
import io.osspost.credentials.TokenVendor;
import io.osspost.emulator.OssEmulator;
import io.osspost.profile.Caller;
import io.osspost.profile.PlannedUpload;
import io.osspost.profile.UploadProfile;
import io.osspost.settings.UploadSettings;
import io.osspost.spring.GrantQuery;
import io.osspost.spring.OssPostConnectionDetails;
import io.osspost.spring.SigningCredentials;
import io.osspost.spring.Starter;
import io.osspost.web.UploadEndpoints;
import java.io.ByteArrayInputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.SecurityFilterChain;

@ExtendWith(OutputCaptureExtension.class)
class OssPostEmulatorAutoConfigurationTest {
  private final ApplicationContextRunner bare = Starter.bare(new ApplicationContextRunner());
  private final ApplicationContextRunner enabled =
      bare.withPropertyValues("oss.post.emulator.enabled=true");

  @Test
  void propertyStartsAnEmulatorWithoutABucket() {
    enabled.run(
        context -> {
          OssEmulator emulator = context.getBean(OssEmulator.class);
          assertThat(context.getBean(UploadSettings.class).bucket().url())
              .hasToString(emulator.endpoint() + "/" + emulator.bucket() + "/");
          assertThat(GrantQuery.as("alice", "").textOf(context.getBean(UploadEndpoints.class)))
              .contains(emulator.accessKeyId() + "/");
        });
  }

  @Test
  void tokensForClientsComeFromTheEmulatorsSts() {
    enabled
        .withPropertyValues("oss.post.profiles.default.grants=token")
        .run(
            context ->
                assertThat(
                        new GrantQuery("/get_sts_token_for_oss_upload", "", Optional.of("alice"))
                            .textOf(context.getBean(UploadEndpoints.class)))
                    .contains("\"SecurityToken\":\"", "\"Dir\":\"uploads/alice/\""));
  }

  @Test
  void nothingThatIsSetLeadsToTheRealCloud() {
    enabled
        .withPropertyValues(
            "oss.post.endpoint=accelerate",
            "oss.post.credentials.type=sts",
            "oss.post.credentials.source=ecs",
            "oss.post.credentials.role-arn=acs:ram::1234567890123456:role/real",
            "oss.post.credentials.security-token=real",
            "oss.post.credentials.sts-endpoint=sts.cn-hangzhou.aliyuncs.com",
            "oss.post.token.role-arn=acs:ram::1234567890123456:role/real",
            "oss.post.profiles.default.grants=post,token",
            "oss.post.profiles.default.dir=u/{principal}/")
        .run(
            context -> {
              OssEmulator emulator = context.getBean(OssEmulator.class);
              UploadEndpoints endpoints = context.getBean(UploadEndpoints.class);
              assertThat(GrantQuery.as("alice", "").textOf(endpoints))
                  .contains(emulator.endpoint() + "/", emulator.accessKeyId() + "/")
                  .doesNotContain("x-oss-security-token", "aliyuncs.com");
              assertThat(
                      new GrantQuery("/get_sts_token_for_oss_upload", "", Optional.of("alice"))
                          .of(endpoints)
                          .status())
                  .as("the emulator knows no other role than its own")
                  .isEqualTo(200);
            });
  }

  @Test
  void beansForTheRealCloudAreNotCalled() {
    TokenVendor real =
        scope -> {
          throw new AssertionError("The real STS would have been asked");
        };
    enabled
        .withBean("real", OssCredentialsProvider.class, () -> () -> OssCredentials.of("real", "r"))
        .withBean(TokenVendor.class, () -> real)
        .withPropertyValues(
            "oss.post.profiles.default.grants=post,token",
            "oss.post.profiles.default.dir=u/{principal}/")
        .run(
            context -> {
              OssEmulator emulator = context.getBean(OssEmulator.class);
              UploadEndpoints endpoints = context.getBean(UploadEndpoints.class);
              assertThat(GrantQuery.as("alice", "").textOf(endpoints))
                  .contains(emulator.accessKeyId() + "/")
                  .doesNotContain("real");
              assertThat(
                      new GrantQuery("/get_sts_token_for_oss_upload", "", Optional.of("alice"))
                          .of(endpoints)
                          .status())
                  .isEqualTo(200);
              OSS client = context.getBean(OSS.class);
              client.putObject(
                  emulator.bucket(), "a.txt", new ByteArrayInputStream(new byte[] {1}));
              assertThat(emulator.keys()).containsExactly("a.txt");
              assertThat(
                      context.getBean(SigningCredentials.class).provider().resolve().accessKeyId())
                  .isEqualTo(emulator.accessKeyId());
            });
  }

  @Test
  void settingsOfYourOwnAndAnEmulatorContradictEachOther() {
    UploadSettings yours =
        UploadSettings.read(Map.of("bucket", "realbucket", "region", "cn-beijing"));
    enabled
        .withBean("yours", UploadSettings.class, () -> yours)
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .rootCause()
                    .hasMessageContaining(
                        "contradicts the UploadSettings bean. Remove one of them"));
  }

  @Test
  void callbacksAreEnabledIfTheyPassSecurity() {
    WebApplicationContextRunner web =
        Starter.bare(new WebApplicationContextRunner())
            .withPropertyValues("oss.post.emulator.enabled=true");
    web.run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(CallbackAddress.class));
    web.withBean(SecurityFilterChain.class, () -> new DefaultSecurityFilterChain(any -> true))
        .run(context -> assertThat(context).hasSingleBean(CallbackAddress.class));
    web.withClassLoader(new FilteredClassLoader("org.springframework.security"))
        .withPropertyValues("oss.post.allow-anonymous=true")
        .run(context -> assertThat(context).hasSingleBean(CallbackAddress.class));
  }

  @Test
  void theEmulatorIsSpokenOf(CapturedOutput output) {
    enabled.run(
        context ->
            assertThat(output.getAll())
                .contains("WARN")
                .contains(
                    "Uploads go to an emulator inside this process, at "
                        + context.getBean(OssEmulator.class).endpoint()));
  }

  @Test
  void emulatorClosesWithTheApplication() {
    OssEmulator[] emulator = new OssEmulator[1];
    enabled.run(context -> emulator[0] = context.getBean(OssEmulator.class));
    assertThatThrownBy(() -> emulator[0].endpoint().toURL().openStream().close())
        .isInstanceOf(ConnectException.class);
  }

  @Test
  void aBucketThatIsSetIsMeant() {
    Starter.offWeb()
        .withPropertyValues("oss.post.emulator.enabled=true")
        .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(OssEmulator.class));
  }

  @Test
  void withoutThePropertyTheBucketIsMissed() {
    bare.withPropertyValues(Starter.key())
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .rootCause()
                    .hasMessageContaining("Setting 'bucket': It is not set."));
  }

  @Test
  void yourEmulatorWinsEvenWithoutSts() {
    try (OssEmulator yours = OssEmulator.builder().bucket("yourbucket").start()) {
      enabled
          .withBean("yours", OssEmulator.class, () -> yours)
          .run(
              context -> {
                assertThat(context).hasSingleBean(OssEmulator.class);
                assertThat(context.getBean(UploadSettings.class).bucket().name())
                    .isEqualTo("yourbucket");
              });
    }
  }

  @Test
  void yourConnectionWins() {
    try (OssEmulator yours = OssEmulator.start()) {
      enabled
          .withBean(OssPostConnectionDetails.class, () -> new EmulatorConnection(yours, null))
          .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(OssEmulator.class));
    }
  }

  @Test
  void withoutTheEmulatorsJarTheBucketIsMissed() {
    enabled
        .withPropertyValues(Starter.key())
        .withClassLoader(new FilteredClassLoader("io.osspost.emulator"))
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .rootCause()
                    .hasMessageContaining("Setting 'bucket': It is not set."));
  }

  @Test
  void bucketsOfProfilesAreInTheEmulatorToo() {
    enabled
        .withPropertyValues(
            "oss.post.allow-anonymous=true",
            "oss.post.profiles.photos.bucket=photobucket",
            "oss.post.profiles.photos.region=cn-beijing",
            "oss.post.profiles.photos.metadata.region=north",
            "oss.post.profiles.photos.metadata.bucket=red")
        .run(
            context -> {
              OssEmulator emulator = context.getBean(OssEmulator.class);
              UploadEndpoints endpoints = context.getBean(UploadEndpoints.class);
              URI photos = endpoints.grants().offer("photos").orElseThrow().bucket().url();
              assertThat(photos).hasToString(emulator.endpoint() + "/photobucket/");
              assertThat(endpoints.grants().offer("photos").orElseThrow().profile().metadata())
                  .isEqualTo(Map.of("region", "north", "bucket", "red"));
              assertThat(emulator.bucket()).isEqualTo("examplebucket");
              PutGrant grant =
                  UploadGrants.builder(endpoints.grants().offer("photos").orElseThrow().bucket())
                      .credentials(
                          OssCredentialsProvider.of(
                              OssCredentials.of(
                                  emulator.accessKeyId(), emulator.accessKeySecret())))
                      .profile(UploadProfile.builder("photos").build(), Set.of(GrantKind.PUT))
                      .build()
                      .put("photos", PutFormat.TEXT, Caller.anonymous(), PlannedUpload.of("a.png"));
              HttpResponse<Void> answer =
                  HttpClient.newHttpClient()
                      .send(
                          HttpRequest.newBuilder(grant.url())
                              .header("Content-Type", "image/png")
                              .PUT(HttpRequest.BodyPublishers.ofString("x"))
                              .build(),
                          HttpResponse.BodyHandlers.discarding());
              assertThat(answer.statusCode()).isEqualTo(200);
            });
  }

  @Test
  void bucketBesideTheEmulatorIsWarnedOf(CapturedOutput output) {
    enabled
        .withPropertyValues(Starter.bucket())
        .withPropertyValues(Starter.key())
        .run(
            context ->
                assertThat(output.getAll())
                    .contains("WARN", "Uploads go to bucket 'examplebucket' of OSS")
                    .contains("oss.post.emulator.enabled", "oss.post.bucket"));
  }
}
