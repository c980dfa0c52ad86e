package io.osspost.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.osspost.emulator.OssEmulator;
import io.osspost.emulator.StoredObject;
import io.osspost.emulator.fault.Fault;
import io.osspost.testsupport.Chromium;
import io.osspost.testsupport.PackagedProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Large files on the example's page: pause, broken lines, a reload, a restart of the server. */
class LargeFilesIT {
  private static final int PART = 2 << 20;
  private static final int PARTS = 20;

  @TempDir static Path directory;
  @AutoClose private static Chromium chromium;
  @AutoClose private static OssEmulator oss;
  private static PackagedProgram application;
  private static int port;
  private static Path film;

  @BeforeAll
  static void start() throws Exception {
    chromium = Chromium.launch();
    oss = OssEmulator.builder().start();
    port = PackagedProgram.freePort();
    application = startApplication();
    film = UploadPage.writeRandom(directory.resolve("film.mp4"), (PARTS - 1) * PART + 4711);
  }

  private static PackagedProgram startApplication() throws Exception {
    return PackagedApplication.at(
        port,
        oss,
        PackagedApplication.key(oss),
        "--oss.post.multipart.part-size=2MB",
        "--oss.post.callback.ticket-secret=a secret of the tests, 32 characters");
  }

  @AfterAll
  static void stop() {
    application.close();
  }

  @AfterEach
  void letAllGoWell() {
    oss.faults().clear();
  }

  @Test
  void largeFileGoesInPartsByDefault() throws Exception {
    try (Page tab = chromium.open(application.page(), 1280, 900)) {
      UploadPage page = new UploadPage(tab);
      List<String> sent = partsSent(tab);
      page.choose(film);
      StoredObject stored = storedEqually(page);
      assertThat(stored.contentType()).isEqualTo("video/mp4");
      assertThat(sent).hasSize(PARTS).doesNotHaveDuplicates();
      assertThat(tab.evaluate("() => localStorage.length")).isEqualTo(0);
      Chromium.screenshot(tab, "parts");
    }
  }

  @Test
  void pauseAndResumeSendEachPartOnce() throws Exception {
    try (Page tab = chromium.open(application.page(), 1280, 900)) {
      UploadPage page = new UploadPage(tab);
      final List<String> sent = partsSent(tab);
      page.throttle(8 << 20);
      page.choose(film);
      page.pressWhenSent(film, 0.5, ".pause");
      page.is(film, "paused");
      Chromium.screenshot(tab, "parts-paused");
      Set<String> before = new HashSet<>(sent);
      page.throttle(-1);
      page.row(film).locator(".retry").click();
      storedEqually(page);
      assertThat(before).isNotEmpty();
      assertThat(sent).hasSize(PARTS).doesNotHaveDuplicates();
    }
  }

  /** The server restarts, too: the ticket contains all that its second process needs. */
  @Test
  void uploadContinuesAfterReloadAndRestart() throws Exception {
    try (Page tab = chromium.open(application.page(), 1280, 900)) {
      UploadPage page = new UploadPage(tab);
      List<String> sent = partsSent(tab);
      page.throttle(8 << 20);
      page.choose(film);
      page.sent(film, 0.5);
      List<String> before = List.copyOf(sent);
      application.close();
      application = startApplication();

      tab.onDialog(dialog -> dialog.accept());
      tab.navigate(application.page());
      page.throttle(-1);
      page.choose(film);
      storedEqually(page);
      assertThat(before).isNotEmpty();
      assertThat(sent).hasSize(PARTS).doesNotHaveDuplicates();
      Chromium.screenshot(tab, "parts-resumed");
    }
  }

  @Test
  void everyPartSurvivesABrokenLine() throws Exception {
    for (int number = 1; number <= PARTS; number++) {
      oss.faults().add(Fault.cutUploadAfter(100_000L * number).on("PUT"));
    }
    try (Page tab = chromium.open(application.page(), 1280, 900)) {
      UploadPage page = new UploadPage(tab);
      page.choose(film);
      storedEqually(page);
    }
  }

  @Test
  void cancelLeavesNothingBehind() throws Exception {
    int objects = oss.keys().size();
    try (Page tab = chromium.open(application.page(), 1280, 900)) {
      UploadPage page = new UploadPage(tab);
      page.throttle(8 << 20);
      page.choose(film);
      page.pressWhenSent(film, 0.3, ".cancel");
      page.is(film, "cancelled");
      tab.waitForCondition(() -> tab.evaluate("() => localStorage.length").equals(0));
      assertThat(oss.keys()).hasSize(objects);
    }
  }

  /** Chromium repeats a request by itself whose connection ends without an answer. */
  @Test
  void lostAnswerOfASmallFileIsNoSecondObject() throws Exception {
    Path note = Files.writeString(directory.resolve("note.txt"), "hello");
    int objects = oss.keys().size();
    oss.faults().add(Fault.cutAnswerAfter(0).on("POST"));
    try (Page tab = chromium.open(application.page(), 1280, 900)) {
      UploadPage page = new UploadPage(tab);
      page.choose(note);
      String key = page.storedKey(note);
      assertThat(oss.object(key)).isPresent();
      assertThat(oss.keys()).hasSize(objects + 1);
    }
  }

  /** Collects the numbers of parts that OSS has answered. */
  private static List<String> partsSent(Page tab) {
    List<String> sent = new CopyOnWriteArrayList<>();
    tab.onResponse(
        response -> {
          if (response.request().method().equals("PUT")
              && response.url().contains("partNumber=")
              && response.status() == 200) {
            sent.add(response.url().replaceFirst(".*partNumber=([0-9]+).*", "$1"));
          }
        });
    return sent;
  }

  private static StoredObject storedEqually(UploadPage page) throws Exception {
    StoredObject stored = oss.object(page.storedKey(film)).orElseThrow();
    assertThat(UploadPage.sha256(stored.content()))
        .isEqualTo(UploadPage.sha256(Files.newInputStream(film)));
    return stored;
  }
}
