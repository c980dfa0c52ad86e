package io.osspost.emulator.clients;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The npm packages of the lock file, installed below {@code target}. Where Node.js or the registry
 * cannot be reached, tests are skipped, unless {@code OSS_POST_REQUIRE} lists {@code node}: then
 * they fail.
 */
final class NodePackages {
  private static final Path SOURCE = Path.of("src", "test", "node");
  private static final Path TARGET = Path.of("target", "node");

  private NodePackages() {}

  /** The folder with the scripts and, beside them, {@code node_modules}. */
  static synchronized Path folder() throws IOException {
    Files.createDirectories(TARGET);
    try (Stream<Path> files = Files.list(SOURCE)) {
      for (Path file : files.toList()) {
        Files.copy(file, TARGET.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    Path installed = TARGET.resolve("node_modules/.package-lock.json");
    if (!Files.exists(installed)
        || Files.getLastModifiedTime(installed)
                .compareTo(Files.getLastModifiedTime(SOURCE.resolve("package-lock.json")))
            < 0) {
      run(List.of("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"));
    }
    return TARGET;
  }

  private static void run(List<String> command) throws IOException {
    Path log = TARGET.resolve("npm.log");
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(TARGET.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      if (process.waitFor(3, TimeUnit.MINUTES) && process.exitValue() == 0) {
        return;
      }
      process.destroyForcibly();
      missing("npm ci did not install ali-oss; see " + log.toAbsolutePath());
    } catch (IOException e) {
      missing("No npm found. Install Node.js 20 or newer.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      fail("Interrupted while npm was at work");
    }
  }

  private static void missing(String message) {
    if (List.of(System.getenv().getOrDefault("OSS_POST_REQUIRE", "").split(",", -1))
        .contains("node")) {
      fail(message);
    }
    abort(message);
  }
}
