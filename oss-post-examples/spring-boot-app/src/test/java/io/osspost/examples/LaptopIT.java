package io.osspost.examples;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions;
import io.osspost.emulator.OssEmulator;
import io.osspost.testsupport.Chromium;
import io.osspost.testsupport.PackagedProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The example on a laptop without any address that OSS reaches: no callback is configured, and the
 * page shows how the server learned of each upload.
 */
class LaptopIT {
  private static final LocatorAssertions.ContainsTextOptions PATIENTLY =
      new LocatorAssertions.ContainsTextOptions().setTimeout(60_000);

  @TempDir static Path directory;
  @AutoClose private static Chromium chromium;
  @AutoClose private static OssEmulator oss;
  @AutoClose private static PackagedProgram application;

  @BeforeAll
  static void start() throws Exception {
    chromium = Chromium.launch();
    oss = OssEmulator.start();
    application =
        PackagedApplication.start(
            "--oss.post.bucket=" + oss.bucket(),
            "--oss.post.region=" + oss.region(),
            "--oss.post.endpoint=" + oss.endpoint(),
            "--oss.post.credentials.type=static",
            "--oss.post.credentials.access-key-id=" + oss.accessKeyId(),
            "--oss.post.credentials.access-key-secret=" + oss.accessKeySecret(),
            "--oss.post.profiles.default.validity=10s",
            "--oss.post.multipart.part-size=1MB",
            "--oss.post.ledger.grace=1s",
            "--oss.post.ledger.interval=1s");
  }

  @Test
  void pageConfirmsFormsAndUrlsAndTheServerCompletesParts() throws Exception {
    Path text = Files.writeString(directory.resolve("notes.txt"), "written by hand");
    Path film = UploadPage.writeRandom(directory.resolve("film.mp4"), 5 << 20);
    try (Page tab = chromium.open(application.page(), 1280, 900)) {
      UploadPage page = new UploadPage(tab);
      for (String way : new String[] {"upload", "url"}) {
        page.way(way);
        page.choose(text);
        String key = page.storedKey(text);
        assertThat(page.confirmed(key)).hasCount(1);
        assertThat(page.confirmed(key)).containsText("stored: the page told");
        tab.locator("#clear").click();
      }
      page.way("upload");
      page.choose(film);
      String key = page.storedKey(film);
      assertThat(page.confirmed(key)).containsText("stored: the server completed it");
      assertThat(oss.journal().entries().stream().filter(entry -> entry.method().equals("HEAD")))
          .as("the server looked at the objects")
          .hasSizeGreaterThanOrEqualTo(3);
      Chromium.screenshot(tab, "laptop");
    }
    try (Page phone = chromium.open(application.page(), 390, 844)) {
      assertThat(phone.locator("#states li").first()).isVisible();
      assertThat(new UploadPage(phone).scrollsSideways()).isFalse();
      Chromium.screenshot(phone, "laptop-phone");
    }
  }

  @Test
  void sweepFindsUploadsOfWhichThePageCouldNotTell() throws Exception {
    Path untold = Files.writeString(directory.resolve("untold.txt"), "written by hand");
    Path unsent = Files.writeString(directory.resolve("unsent.txt"), "never sent");
    try (Page tab = chromium.open(application.page(), 1280, 900)) {
      UploadPage page = new UploadPage(tab);
      tab.route("**/oss_upload_confirm", Route::abort);
      page.choose(untold);
      Locator listed = tab.locator("#states li", named("untold.txt"));
      assertThat(listed).containsText("granted, not stored yet");
      assertThat(page.row(untold)).containsText("waiting for the line");
      tab.route(oss.endpoint() + "/**", Route::abort);
      page.choose(unsent);
      Locator granted = tab.locator("#states li[data-state=granted]", named("unsent.txt"));
      assertThat(granted).containsText("granted, not stored yet");
      page.row(unsent).locator(".cancel").click();

      assertThat(listed).containsText("stored: the sweep found it", PATIENTLY);
      assertThat(tab.locator("#states li", named("unsent.txt")))
          .containsText("ended without a file", PATIENTLY);
      Chromium.screenshot(tab, "laptop-sweep");
    }
  }

  private static Page.LocatorOptions named(String file) {
    return new Page.LocatorOptions().setHasText(file);
  }
}
