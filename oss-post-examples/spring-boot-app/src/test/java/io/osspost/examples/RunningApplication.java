package io.osspost.examples;

import io.osspost.emulator.OssEmulator;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The application in this process, with an OSS of the test's own. */
record RunningApplication(ConfigurableApplicationContext context) implements AutoCloseable {

  static RunningApplication start(
      OssEmulator oss, String id, String secret, String token, String... properties) {
    return new RunningApplication(
        new SpringApplicationBuilder(UploadApplication.class)
            .properties(
                "server.port=0",
                "oss.post.bucket=" + oss.bucket(),
                "oss.post.region=" + oss.region(),
                "oss.post.endpoint=" + oss.endpoint(),
                "oss.post.credentials.type=static",
                "oss.post.credentials.access-key-id=" + id,
                "oss.post.credentials.access-key-secret=" + secret,
                "oss.post.credentials.security-token=" + token)
            .properties(properties)
            .run());
  }

  String url(String page) {
    return "http://localhost:"
        + context.getEnvironment().getProperty("local.server.port")
        + "/"
        + page;
  }

  @Override
  public void close() {
    context.close();
  }
}
