package io.osspost.spring.application;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Configuration;

/** An application in its own process, with fewer jars than the tests have. */
final class ApplicationProcess {
  /** Jars that would restart the application, or look for a compose file. */
  private static final String DEVELOPMENT = "spring-boot-(devtools|docker-compose)";

  private ApplicationProcess() {}

  /**
   * Returns its output without the jars that contain {@code absent}, until it ends with {@code
   * exit}.
   */
  static String printed(int exit, String absent, String... arguments) throws Exception {
    Predicate<String> left = Pattern.compile(absent + "|" + DEVELOPMENT).asPredicate().negate();
    String classPath =
        Stream.of(
                System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path"))
                    .split(File.pathSeparator))
            .filter(left)
            .collect(Collectors.joining(File.pathSeparator));
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath,
                ApplicationProcess.class.getName()));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(printed).isEqualTo(exit);
    return printed;
  }

  /** The application. It has no code of its own, and ends as soon as it has started. */
  public static void main(String[] arguments) {
    new SpringApplicationBuilder(Application.class).run(arguments).close();
  }

  /** Configures everything on the class path. */
  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Application {}
}
