package io.osspost.examples.wars;

import io.osspost.testsupport.Java8;
import io.osspost.testsupport.PackagedProgram;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs {@code java -jar target/NAME.war} as a user does. */
final class PackagedWar {
  private static final String SECRET = "secretOfTheEmbeddedEmulator";

  private PackagedWar() {}

  static PackagedProgram start(String name) throws IOException {
    return start(name, 0, Map.of());
  }

  static PackagedProgram start(String name, int port, Map<String, String> environment)
      throws IOException {
    Map<String, String> all = new HashMap<>(environment);
    if (!environment.containsKey("OSS_POST_BUCKET")) {
      // The secret of the WAR's own emulator.
      all.put("OSS_POST_CREDENTIALS_ACCESS_KEY_SECRET", SECRET);
    }
    return PackagedProgram.start(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-jar",
            file(name).toString(),
            Integer.toString(port)),
        Path.of(""),
        all);
  }

  /** Starts legacy-war on Java 8 with the command of the README. */
  static PackagedProgram startOnJava8(Map<String, String> environment) throws IOException {
    Map<String, String> all = new HashMap<>(environment);
    all.put("OSS_EMULATOR_ACCESS_KEY_SECRET", SECRET);
    all.put("OSS_POST_JAVA8", Java8.launcher().getParent().getParent().toString());
    return PackagedProgram.start(
        List.of(
            Path.of("../legacy-war/on-java-8/run").toAbsolutePath().toString(),
            Integer.toString(PackagedProgram.freePort())),
        Path.of(""),
        all);
  }

  /** Returns the WAR of that name in the build's folder. */
  static Path file(String name) {
    return Path.of("..", name, "target", name + ".war");
  }

  /** Returns the objects in the emulator of {@code war}. */
  static StoredObjects stored(PackagedProgram war) throws Exception {
    return StoredObjects.at(war.oss(), SECRET);
  }
}
