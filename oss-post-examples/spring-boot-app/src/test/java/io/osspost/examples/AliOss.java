package io.osspost.examples;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The vendor's own SDK for browsers, from its npm package. Where npm cannot get it the test is
 * skipped, unless {@code OSS_POST_REQUIRE} lists {@code node}: then it fails.
 */
final class AliOss {
  private static final Path PACKAGE = Path.of("src", "test", "node");
  private static final Path INSTALLED = Path.of("target", "node");

  private AliOss() {}

  /** The script a page loads. */
  static Path script() throws IOException, InterruptedException {
    Path script = INSTALLED.resolve("node_modules/ali-oss/dist/aliyun-oss-sdk.min.js");
    if (!Files.exists(script)) {
      install();
    }
    return script;
  }

  private static void install() throws IOException, InterruptedException {
    Files.createDirectories(INSTALLED);
    for (String file : List.of("package.json", "package-lock.json", ".npmrc")) {
      Files.copy(
          PACKAGE.resolve(file), INSTALLED.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }
    Path log = INSTALLED.resolve("npm.log");
    try {
      Process npm =
          new ProcessBuilder("npm", "ci", "--ignore-scripts", "--no-audit", "--prefer-offline")
              .directory(INSTALLED.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      if (!npm.waitFor(3, TimeUnit.MINUTES) || npm.exitValue() != 0) {
        npm.destroyForcibly();
        missing("npm did not install ali-oss; see " + log.toAbsolutePath());
      }
    } catch (IOException e) {
      missing("No npm found. Install Node.js 20 or newer.");
    }
  }

  private static void missing(String message) {
    if (List.of(System.getenv().getOrDefault("OSS_POST_REQUIRE", "").split(",")).contains("node")) {
      fail(message);
    }
    abort(message);
  }
}
