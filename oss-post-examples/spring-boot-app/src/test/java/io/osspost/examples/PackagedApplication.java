package io.osspost.examples;

import io.osspost.credentials.OssCredentials;
import io.osspost.emulator.OssEmulator;
import io.osspost.testsupport.PackagedProgram;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Runs {@code java -jar target/spring-boot-app.jar} as a user does, but with the quicker compiler
 * only, because no test runs long enough to need the other.
 */
final class PackagedApplication {
  private PackagedApplication() {}

  static PackagedProgram start(String... properties) throws IOException {
    return start(jar(Path.of(System.getProperty("java.home"))), Path.of(""), properties);
  }

  /** Starts it with an emulator of the test, which calls back. */
  static PackagedProgram using(OssEmulator oss, String... properties) throws IOException {
    int port = PackagedProgram.freePort();
    List<String> all =
        new ArrayList<>(
            List.of(
                "--oss.post.callback.url=http://127.0.0.1:" + port + "/oss_upload_callback",
                "--oss.post.callback.public-key=" + oss.callbackPublicKeyPem()));
    all.addAll(List.of(properties));
    return at(port, oss, key(oss), all.toArray(String[]::new));
  }

  /** Starts it at that port, with an emulator of the test, one of its keys, and no callbacks. */
  static PackagedProgram at(int port, OssEmulator oss, OssCredentials key, String... properties)
      throws IOException {
    List<String> all =
        new ArrayList<>(
            List.of(
                "--server.port=" + port,
                "--oss.post.bucket=" + oss.bucket(),
                "--oss.post.region=" + oss.region(),
                "--oss.post.endpoint=" + oss.endpoint(),
                "--oss.post.credentials.type=static",
                "--oss.post.credentials.access-key-id=" + key.accessKeyId(),
                "--oss.post.credentials.access-key-secret=" + key.accessKeySecret()));
    key.securityToken()
        .ifPresent(token -> all.add("--oss.post.credentials.security-token=" + token));
    all.addAll(List.of(properties));
    return start(all.toArray(String[]::new));
  }

  /** Returns the emulator's own key. */
  static OssCredentials key(OssEmulator oss) {
    return OssCredentials.of(oss.accessKeyId(), oss.accessKeySecret());
  }

  /** Starts it with that command, in that directory. */
  static PackagedProgram start(List<String> command, Path directory, String... properties)
      throws IOException {
    List<String> whole = new ArrayList<>(command);
    whole.addAll(List.of(properties));
    if (Stream.of(properties).noneMatch(property -> property.startsWith("--server.port="))) {
      whole.add("--server.port=0");
    }
    return PackagedProgram.start(whole, directory, Map.of());
  }

  static List<String> jar(Path javaHome) {
    return List.of(
        javaHome.resolve("bin/java").toString(),
        "-XX:TieredStopAtLevel=1",
        "-jar",
        Path.of("target", "spring-boot-app.jar").toAbsolutePath().toString());
  }
}
