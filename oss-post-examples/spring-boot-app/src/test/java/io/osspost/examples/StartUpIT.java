package io.osspost.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.osspost.testsupport.PackagedProgram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The packaged application's messages at startup, and when it cannot start. */
class StartUpIT {
  @Test
  void startWithoutBucketExplainsTheEmulator() throws Exception {
    try (PackagedProgram application = PackagedApplication.start()) {
      assertThat(application.page()).startsWith("http://localhost:");
      assertThat(application.oss().toString()).startsWith("http://127.0.0.1:");
      application.awaitOutput("OSS_POST_BUCKET");
      application.awaitOutput("OSS_POST_REGION");
      application.awaitOutput("OSS_ACCESS_KEY_ID");
    }
  }

  @Test
  void withABucketItUsesThatBucket() throws Exception {
    try (PackagedProgram application =
        PackagedApplication.start(
            "--oss.post.bucket=mybucket",
            "--oss.post.region=eu-central-1",
            "--oss.post.credentials.type=static",
            "--oss.post.credentials.access-key-id=LTAIid",
            "--oss.post.credentials.access-key-secret=topsecret")) {
      application.page();
      application.awaitOutput("Uploads go to OSS, into bucket mybucket");
      application.awaitOutput("listens at 127.0.0.1");
      assertThat(application.output()).doesNotContain("emulated", "topsecret");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--oss.post.bucket=mybucket | Property 'oss.post.region': It is not set."
            + " Write the region of the bucket, such as cn-hangzhou.",
        "--oss.post.emulator.enabled=false | Property 'oss.post.bucket': It is not set.",
        "--oss.post.buckett=mybucket | oss.post.buckett",
        "--oss.post.profiles.default.dir=../ | leaves the directory with '..'",
        "--oss.post.credentials.type=env | OSS_ACCESS_KEY_ID is not set"
      })
  void aBadSettingStopsTheStartWithItsNameAndTheFix(String property, String message)
      throws Exception {
    String[] properties =
        property.contains("credentials")
            ? new String[] {property, "--oss.post.bucket=mybucket", "--oss.post.region=cn-hangzhou"}
            : new String[] {property};
    try (PackagedProgram application = PackagedApplication.start(properties)) {
      assertThat(application.exitCode()).isNotZero();
      assertThat(application.output())
          .contains("APPLICATION FAILED TO START")
          .contains(message)
          .doesNotContain("\tat io.osspost");
    }
  }
}
