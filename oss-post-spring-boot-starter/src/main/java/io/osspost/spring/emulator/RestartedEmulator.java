package io.osspost.spring.emulator;

import io.osspost.emulator.OssEmulator;
import java.util.Set;
import org.springframework.boot.devtools.restart.Restarter;

/**
 * Keeps an emulator while Spring Boot's developer tools restart the application, so that its port
 * and its objects remain. The classes of jars, like this one, are not loaded anew by a restart.
 */
final class RestartedEmulator {
  private RestartedEmulator() {}

  /**
   * Returns the emulator of the previous start. Starts one if there is none, or if it has other
   * buckets. It is closed when the process ends.
   */
  static OssEmulator of(Set<String> buckets) {
    Object kept =
        Restarter.getInstance()
            .getOrAddAttribute(OssEmulator.class.getName() + buckets, () -> untilExit(buckets));
    return (OssEmulator) kept;
  }

  static OssEmulator start(Set<String> buckets) {
    OssEmulator.Builder builder = OssEmulator.builder().stsPort(0);
    buckets.forEach(builder::bucket);
    return builder.start();
  }

  private static OssEmulator untilExit(Set<String> buckets) {
    OssEmulator emulator = start(buckets);
    Runtime.getRuntime().addShutdownHook(new Thread(emulator::close, "oss-emulator-stop"));
    return emulator;
  }
}
