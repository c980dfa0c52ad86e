package io.osspost.benchmarks.boot;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * A web application with only Boot, and with the starter if it is on the class path. When it
 * serves, it prints the milliseconds since {@code main}, those of CPU time since the JVM began, and
 * the number of the starter's beans.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class BareApplication {
  /**
   * Starts the application, and ends it.
   *
   * @param args Spring's
   */
  public static void main(String[] args) {
    long begin = System.nanoTime();
    try (ConfigurableApplicationContext application =
        SpringApplication.run(BareApplication.class, args)) {
      double started = (System.nanoTime() - begin) / 1e6;
      double cpu =
          ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e6;
      long ours =
          Arrays.stream(application.getBeanDefinitionNames())
              .filter(name -> name.startsWith("ossPost"))
              .count();
      System.out.printf(Locale.ROOT, "%n%.3f %.3f %d%n", started, cpu, ours);
    }
  }
}
