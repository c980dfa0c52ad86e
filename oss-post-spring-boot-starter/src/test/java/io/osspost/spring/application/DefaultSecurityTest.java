package io.osspost.spring.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.osspost.web.UploadEndpoints;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** An application with Spring Security and without rules of its own. */
class DefaultSecurityTest {
  @ParameterizedTest
  @EnumSource(names = {"SERVLET", "REACTIVE"})
  void theEmulatorIsAskedForNoCallbacksAsNoneWouldGetThrough(WebApplicationType stack) {
    try (ConfigurableApplicationContext application =
        new SpringApplicationBuilder(Application.class)
            .web(stack)
            .properties(
                "server.port=0",
                "oss.post.emulator.enabled=true",
                "oss.post.profiles.default.formats=form")
            .run()) {
      assertThat(application.getBean(UploadEndpoints.class).callbackPath()).isEmpty();
    }
  }

  /** Configures everything on the class path. */
  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Application {}
}
