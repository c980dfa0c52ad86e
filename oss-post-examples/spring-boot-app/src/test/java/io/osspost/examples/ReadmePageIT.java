package io.osspost.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.WaitForConsoleMessageOptions;
import io.osspost.emulator.OssEmulator;
import io.osspost.testsupport.Chromium;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the JavaScript of README.md in its own page. */
class ReadmePageIT {
  @TempDir Path directory;

  @Test
  void theModuleUploadsAsTheReadmeShowsIt() throws Exception {
    Files.writeString(directory.resolve("readme.js"), ReadmeTest.block("js"));
    Files.writeString(
        directory.resolve("readme.html"),
        "<!doctype html><input type=file><script type=module src=readme.js></script>");
    Path file = Files.writeString(directory.resolve("notes.txt"), "as shown");

    try (Chromium chromium = Chromium.launch();
        OssEmulator oss = OssEmulator.start();
        RunningApplication application =
            RunningApplication.start(
                oss,
                oss.accessKeyId(),
                oss.accessKeySecret(),
                "",
                "spring.web.resources.static-locations=classpath:/META-INF/resources/,"
                    + directory.toUri());
        Page page = chromium.open(application.url("readme.html"), 800, 600)) {
      WaitForConsoleMessageOptions stored =
          new WaitForConsoleMessageOptions()
              .setPredicate(message -> message.text().startsWith("stored as "));
      ConsoleMessage said =
          page.waitForConsoleMessage(
              stored, () -> page.locator("input[type=file]").setInputFiles(file));

      assertThat(oss.keys()).containsExactly(said.text().substring("stored as ".length()));
    }
  }
}
