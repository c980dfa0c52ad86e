package io.osspost.spring.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.aliyun.oss.OSS;
import io.osspost.emulator.OssEmulator;
import io.osspost.spring.Starter;
import java.io.ByteArrayInputStream;
import java.net.URL;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.devtools.restart.Restarter;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Spring Boot's developer tools close the context and start another one in the same process. */
class RestartTest {
  private final ApplicationContextRunner application =
      Starter.bare(new ApplicationContextRunner())
          .withPropertyValues("oss.post.emulator.enabled=true");
  private final Set<OssEmulator> seen = new HashSet<>();

  @BeforeEach
  void startDeveloperTools() {
    Restarter.clearInstance();
    Restarter.initialize(new String[0], false, main -> new URL[0], false);
  }

  @AfterEach
  void stop() {
    Restarter.clearInstance();
    seen.forEach(OssEmulator::close);
  }

  @Test
  void portAndObjectsSurviveARestart() {
    application.run(
        context -> {
          OssEmulator emulator = context.getBean(OssEmulator.class);
          seen.add(emulator);
          context
              .getBean(OSS.class)
              .putObject(emulator.bucket(), "a.txt", new ByteArrayInputStream(new byte[] {1}));
        });
    application.run(
        context -> {
          OssEmulator emulator = context.getBean(OssEmulator.class);
          assertThat(seen).containsExactly(emulator);
          assertThat(emulator.object("a.txt")).isPresent();
        });
  }

  @Test
  void bucketThatAProfileAddsExistsAfterARestart() {
    application.run(context -> seen.add(context.getBean(OssEmulator.class)));
    application
        .withPropertyValues("oss.post.profiles.photos.bucket=photobucket")
        .run(
            context -> {
              OssEmulator emulator = context.getBean(OssEmulator.class);
              seen.add(emulator);
              assertThat(emulator.keys("photobucket")).isEmpty();
            });
  }

  @Test
  void withoutDeveloperToolsTheEmulatorEndsWithTheApplication() {
    Restarter.clearInstance();
    Restarter.disable(); // as in every test
    application.run(context -> seen.add(context.getBean(OssEmulator.class)));
    application.run(context -> seen.add(context.getBean(OssEmulator.class)));
    assertThat(seen).hasSize(2);
  }
}
