package io.osspost.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import io.osspost.credentials.OssCredentials;
import io.osspost.emulator.OssEmulator;
import io.osspost.emulator.StoredObject;
import io.osspost.emulator.fault.Fault;
import io.osspost.testsupport.Chromium;
import io.osspost.testsupport.PackagedProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * 3 GB in Chromium. Everything that can break does: the line in every part, the tab, the server,
 * and its credentials.
 */
@Tag("full")
class HugeFileIT {
  private static final long SIZE = (3L << 30) + 4711;
  private static final int PARTS = 49;
  private static final OssCredentials LATER =
      OssCredentials.temporary("STS.later", "later", "token");

  @TempDir static Path directory;
  @AutoClose private static Chromium chromium;
  @AutoClose private static OssEmulator oss;
  private static Path huge;
  private static int port;

  @BeforeAll
  static void start() throws Exception {
    chromium = Chromium.launch();
    oss =
        OssEmulator.builder()
            .data(Files.createDirectory(directory.resolve("data")))
            .temporaryKey(
                LATER.accessKeyId(),
                LATER.accessKeySecret(),
                LATER.securityToken().orElseThrow(),
                Instant.now().plus(Duration.ofHours(2)))
            .start();
    port = PackagedProgram.freePort();
    huge = UploadPage.writeRandom(directory.resolve("huge.mp4"), SIZE);
  }

  @Test
  void everyPartIsStoredOnce() throws Exception {
    BrowserContext window;
    try (PackagedProgram first = startApplication(PackagedApplication.key(oss));
        Page tab = chromium.open(first.page(), 1000, 700)) {
      window = tab.context();
      oss.faults().add(Fault.cutUploadAfter(1 << 20).inEachPart());
      UploadPage page = new UploadPage(tab);
      page.choose(huge);
      page.pressWhenSent(huge, 0.3, ".pause");
      page.is(huge, "paused");
      page.row(huge).locator(".retry").click();
      page.sent(huge, 0.5);
    }
    assertThat(storedParts()).isBetween(5L, PARTS - 5L);

    try (PackagedProgram second = startApplication(LATER);
        Page tab = window.newPage()) {
      tab.navigate(second.page());
      UploadPage page = new UploadPage(tab);
      tab.setDefaultTimeout(300_000);
      page.choose(huge);
      page.sent(huge, 0.999);
      StoredObject stored = oss.object(page.storedKey(huge)).orElseThrow();
      assertThat(storedParts()).as("parts, each sent once").isEqualTo(PARTS);
      assertThat(stored.size()).isEqualTo(SIZE);
      assertThat(UploadPage.sha256(stored.content()))
          .isEqualTo(UploadPage.sha256(Files.newInputStream(huge)));
    }
  }

  /** Returns the number of parts that OSS stored, from its journal. */
  private static long storedParts() {
    return oss.journal().entries().stream()
        .filter(entry -> entry.method().equals("PUT") && entry.succeeded())
        .count();
  }

  private static PackagedProgram startApplication(OssCredentials key) throws Exception {
    return PackagedApplication.at(
        port,
        oss,
        key,
        "--oss.post.multipart.part-size=64MB",
        "--oss.post.callback.ticket-secret=a secret of the tests, 32 characters");
  }
}
