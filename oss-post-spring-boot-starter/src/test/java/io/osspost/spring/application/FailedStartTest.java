package io.osspost.spring.application;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The messages of an application that does not start. */
class FailedStartTest {
  @Test
  void aRoleWithoutOssPostStsNamesTheDependency() throws Exception {
    assertThat(
            ApplicationProcess.printed(
                1,
                "oss-post-sts",
                "--oss.post.bucket=examplebucket",
                "--oss.post.region=cn-hangzhou",
                "--oss.post.credentials.type=sts",
                "--spring.main.web-application-type=none"))
        .contains("APPLICATION FAILED TO START")
        .contains("Property 'oss.post.credentials.type': 'sts' is in another jar.")
        .contains("or add the dependency io.osspost:oss-post-sts.");
  }

  @Test
  void missingAuthorizerIsExplained() throws Exception {
    assertThat(
            ApplicationProcess.printed(
                1,
                "spring-security",
                "--oss.post.bucket=examplebucket",
                "--oss.post.region=cn-hangzhou",
                "--oss.post.credentials.type=static",
                "--oss.post.credentials.access-key-id=id",
                "--oss.post.credentials.access-key-secret=secret",
                "--server.port=0"))
        .contains("No configuration decides which callers may upload")
        .contains("- Set 'oss.post.allow-anonymous=true': every client may upload.");
  }
}
