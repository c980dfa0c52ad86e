package io.osspost.benchmarks.boot;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * A web application that is nothing but Boot, and the starter where it is on the class path. Once
 * it serves it says the milliseconds since {@code main}, those of CPU time since the JVM began, and
 * how many beans are ours.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class BareApplication {
  /**
   * Starts it, and ends.
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
