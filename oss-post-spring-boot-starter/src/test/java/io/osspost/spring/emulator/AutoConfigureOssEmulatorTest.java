package io.osspost.spring.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.osspost.emulator.OssEmulator;
import io.osspost.settings.UploadSettings;
import io.osspost.spring.GrantQuery;
import io.osspost.web.UploadEndpoints;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Configuration;

/**
 * A typical test of an application: the properties name a real bucket, which receives no request.
 */
@SpringBootTest(
    properties = {
      "oss.post.bucket=realbucket",
      "oss.post.region=cn-beijing",
      "oss.post.profiles.default.formats=form",
      "spring.main.web-application-type=none"
    })
@AutoConfigureOssEmulator
class AutoConfigureOssEmulatorTest {
  @Autowired private OssEmulator oss;
  @Autowired private UploadSettings settings;
  @Autowired private UploadEndpoints endpoints;

  @Test
  void uploadsGoToTheEmulatorThatIsInjected() {
    assertThat(settings.bucket().name()).isEqualTo(oss.bucket()).isNotEqualTo("realbucket");
    assertThat(settings.bucket().url().toString()).startsWith(oss.endpoint().toString());
    assertThat(GrantQuery.as("alice", "filename=a.png").textOf(endpoints))
        .contains(oss.accessKeyId() + "/");
  }

  /** Configures everything on the class path. */
  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Application {}
}
