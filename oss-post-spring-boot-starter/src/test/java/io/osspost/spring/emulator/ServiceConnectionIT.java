package io.osspost.spring.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.aliyun.oss.OSS;
import io.osspost.emulator.testcontainers.OssEmulatorContainer;
import io.osspost.settings.UploadSettings;
import io.osspost.spring.GrantQuery;
import io.osspost.testsupport.EmulatorImage;
import io.osspost.web.UploadEndpoints;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.testcontainers.service.connection.ServiceConnection;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.testcontainers.utility.DockerImageName;

/** An application whose bucket is in a container, which Spring Boot starts. */
@Tag("full")
class ServiceConnectionIT {
  private static final String IMAGE = "oss-post-emulator:test";

  @BeforeAll
  static void buildImage() throws IOException, InterruptedException {
    EmulatorImage.build("../oss-post-emulator", IMAGE);
  }

  @Test
  void theContainerIsBucketKeysAndSts() {
    try (ConfigurableApplicationContext application =
        new SpringApplicationBuilder(Application.class)
            .web(WebApplicationType.NONE)
            .properties(
                "oss.post.profiles.default.formats=form",
                "oss.post.profiles.default.grants=post,token",
                "oss.post.profiles.default.dir=u/{principal}/")
            .run()) {
      OssEmulatorContainer container = application.getBean(OssEmulatorContainer.class);
      UploadSettings settings = application.getBean(UploadSettings.class);
      assertThat(settings.bucket().url())
          .hasToString(container.endpoint() + "/" + container.bucket() + "/");
      OSS client = application.getBean(OSS.class);
      client.putObject(container.bucket(), "a.txt", new ByteArrayInputStream(new byte[] {1, 2, 3}));
      assertThat(client.getObjectMetadata(container.bucket(), "a.txt").getContentLength())
          .isEqualTo(3);
      UploadEndpoints endpoints = application.getBean(UploadEndpoints.class);
      assertThat(
              new GrantQuery("/get_sts_token_for_oss_upload", "", Optional.of("alice"))
                  .textOf(endpoints))
          .contains("\"SecurityToken\":\"");
    }
  }

  /** Configures everything on the class path, and a container. */
  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Application {
    @Bean
    @ServiceConnection
    OssEmulatorContainer container() {
      return new OssEmulatorContainer(DockerImageName.parse(IMAGE));
    }
  }
}
