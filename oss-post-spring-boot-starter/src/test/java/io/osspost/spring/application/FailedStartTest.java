package io.osspost.spring.application;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Configuration;

/** What an operator reads of an application that does not start, in a process of its own. */
class FailedStartTest {
  private static final String[] BUCKET = {
    "--oss.post.bucket=examplebucket", "--oss.post.region=cn-hangzhou"
  };

  @Test
  void aRoleWithoutOssPostStsNamesTheDependency() throws Exception {
    assertThat(
            printed(
                "oss-post-sts",
                with("--oss.post.credentials.type=sts", "--spring.main.web-application-type=none")))
        .contains("APPLICATION FAILED TO START")
        .contains("Property 'oss.post.credentials.type': 'sts' is in another jar.")
        .contains("or add the dependency io.osspost:oss-post-sts.");
  }

  @Test
  void anApplicationWithoutSpringSecurityIsToldToDecide() throws Exception {
    assertThat(
            printed(
                "spring-security",
                with(
                    "--oss.post.credentials.type=static",
                    "--oss.post.credentials.access-key-id=id",
                    "--oss.post.credentials.access-key-secret=secret",
                    "--server.port=0")))
        .contains("Nobody has decided who may upload")
        .contains("- Set 'oss.post.allow-anonymous=true': everybody may upload.");
  }

  private static String[] with(String... arguments) {
    return Stream.of(BUCKET, arguments).flatMap(Stream::of).toArray(String[]::new);
  }

  /** What the application prints without the jars of {@code absent} on its class path. */
  private static String printed(String absent, String... arguments) throws Exception {
    String classPath =
        Stream.of(
                System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path"))
                    .split(File.pathSeparator))
            .filter(entry -> !entry.contains(absent))
            .collect(Collectors.joining(File.pathSeparator));
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath,
                FailedStartTest.class.getName()));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(printed).isEqualTo(1);
    return printed;
  }

  /** The application: nothing of its own. */
  public static void main(String[] arguments) {
    new SpringApplicationBuilder(Application.class).run(arguments);
  }

  /** Whatever is on the class path. */
  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Application {}
}
