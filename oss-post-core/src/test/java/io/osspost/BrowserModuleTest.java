package io.osspost;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Runs the browser module's own tests in Node.js. */
class BrowserModuleTest {
  @Test
  void theModulesOwnTestsPass() throws Exception {
    Process node = start();
    String output = new String(node.getInputStream().readAllBytes(), UTF_8);
    assertThat(node.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(node.exitValue()).as(output).isZero();
    assertThat(output).containsPattern("# pass [1-9][0-9]").contains("# fail 0", "# skipped 0");
  }

  private static Process start() {
    try {
      return new ProcessBuilder(
              "node", "--test", "--test-reporter=tap", "src/test/js/oss-post.test.mjs")
          .redirectErrorStream(true)
          .start();
    } catch (IOException e) {
      String message = "No Node.js found. Install version 20 or newer.";
      boolean required =
          List.of(System.getenv().getOrDefault("OSS_POST_REQUIRE", "").split(",")).contains("node");
      return required ? fail(message, e) : abort(message);
    }
  }
}
