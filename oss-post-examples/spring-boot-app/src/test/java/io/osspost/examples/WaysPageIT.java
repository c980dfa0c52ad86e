package io.osspost.examples;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Response;
import io.osspost.emulator.OssEmulator;
import io.osspost.emulator.StoredObject;
import io.osspost.emulator.fault.Fault;
import io.osspost.testsupport.Chromium;
import io.osspost.testsupport.PackagedProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page's other two ways to OSS, in the packaged application, with an emulator of the test. */
class WaysPageIT {
  private static final String ROLE = "acs:ram::1234567890123456:role/uploader";
  private static final Fault PART_REFUSED =
      Fault.refusal(403, "AccessDenied", "Not this part.").on("PUT");

  @TempDir static Path directory;
  @AutoClose private static Chromium chromium;
  @AutoClose private static OssEmulator oss;
  @AutoClose private static PackagedProgram application;
  private static Path large;
  private static Path clip;
  private static Path text;

  @BeforeAll
  static void start() throws Exception {
    chromium = Chromium.launch();
    Path sdk = AliOss.script().getParent();
    oss = OssEmulator.builder().stsPort(0).roleArn(ROLE).start();
    application =
        PackagedApplication.using(
            oss,
            "--oss.post.credentials.sts-endpoint=" + oss.stsEndpoint(),
            "--oss.post.token.role-arn=" + ROLE,
            "--oss.post.profiles.large.grants=token",
            "--oss.post.profiles.large.callback=false",
            "--oss.post.profiles.large.dir=uploads/large/",
            "--oss.post.profiles.large.token-multipart=true",
            "--spring.web.resources.static-locations=classpath:/META-INF/resources/,"
                + "classpath:/static/,file:"
                + sdk
                + "/");
    large = UploadPage.writeRandom(directory.resolve("holiday.mp4"), (41 << 20) + 4711);
    clip = UploadPage.writeRandom(directory.resolve("clip.mp4"), (5 << 20) + 4711);
    text = Files.writeString(directory.resolve("a & b, 100%.txt"), "Grüße aus 杭州");
  }

  @AfterEach
  void letAllGoWell() {
    oss.faults().clear();
  }

  @Test
  void aFileIsPutAtItsSignedUrl() throws Exception {
    try (Page tab = chromium.open(application.page(), 1280, 900)) {
      UploadPage page = new UploadPage(tab);
      page.way("url");
      page.choose(text, large);
      StoredObject stored = storedEqually(page, text);
      assertThat(stored.contentType()).isEqualTo("text/plain");
      storedEqually(page, large);
      assertThat(page.row(large).locator(".pause")).isHidden();
      Chromium.screenshot(tab, "put");
    }
  }

  @Test
  void largeFileUploadsInPartsWithPause() throws Exception {
    try (Page tab = chromium.open(application.page(), 1280, 900)) {
      List<String> stored = oss.keys();
      AtomicInteger parts = new AtomicInteger();
      AtomicInteger beginnings = new AtomicInteger();
      tab.onRequestFinished(
          request -> {
            if (request.method().equals("PUT") && request.url().contains("partNumber=")) {
              parts.incrementAndGet();
            }
            if (request.method().equals("POST") && request.url().contains("?uploads")) {
              beginnings.incrementAndGet();
            }
          });
      UploadPage page = new UploadPage(tab);
      page.way("sdk");
      page.throttle(4 << 20);
      page.choose(large);
      page.pressWhenSent(large, 0.2, ".pause");
      page.is(large, "paused");
      tab.waitForTimeout(1000); // Requests that were already sent when the button was pressed.
      final int before = parts.get();
      tab.waitForTimeout(1000);
      assertThat(parts.get()).as("parts sent while paused").isEqualTo(before);
      assertThat(oss.keys()).as("objects stored while paused").isEqualTo(stored);
      Chromium.screenshot(tab, "paused");

      page.throttle(-1);
      page.row(large).locator(".retry").click();
      storedEqually(page, large);
      assertThat(beginnings).as("multipart uploads begun").hasValue(1);
      assertThat(parts.get()).isBetween(42, 42 + 5);
      Chromium.screenshot(tab, "resumed");
    }
  }

  @Test
  void aPausedUploadThatIsCancelledLeavesNoParts() throws Exception {
    try (Page tab = chromium.open(application.page(), 390, 844)) {
      UploadPage page = new UploadPage(tab);
      page.way("sdk");
      page.throttle(4 << 20);
      page.choose(large);
      page.pressWhenSent(large, 0.05, ".pause");
      page.is(large, "paused");
      assertThat(page.scrollsSideways()).isFalse();
      Chromium.screenshot(tab, "paused-phone");
      partsAreDropped(tab, () -> page.row(large).locator(".cancel").click());
      page.is(large, "cancelled");
    }
  }

  @Test
  @Tag("full")
  void anUploadCancelledWhileItsPauseWaitsForAPartIsCancelled() throws Exception {
    try (Page tab = chromium.open(application.page(), 1280, 900)) {
      UploadPage page = new UploadPage(tab);
      page.way("sdk");
      oss.faults().add(Fault.delay(Duration.ofMillis(1500)).on("PUT").always());
      tab.waitForRequest(request -> isOfParts(request, "PUT"), () -> page.choose(clip));
      partsAreDropped(tab, () -> page.pressNow(clip, ".pause", ".cancel"));
      page.is(clip, "cancelled");
      assertThat(uploadsUnderWay(tab)).isEmpty();
    }
  }

  @Test
  void clearingTheListDropsThePartsOfRefusedUploads() throws Exception {
    try (Page tab = chromium.open(application.page(), 1280, 900)) {
      UploadPage page = new UploadPage(tab);
      page.way("sdk");
      oss.faults().add(PART_REFUSED);
      page.choose(clip);
      page.is(clip, "refused");
      assertThat(page.row(clip)).containsText("The uploaded parts are kept");
      assertThat(uploadsUnderWay(tab)).hasSize(1);
      partsAreDropped(tab, () -> tab.locator("#clear").click());
      assertThat(page.row(clip)).hasCount(0);
      assertThat(uploadsUnderWay(tab)).isEmpty();
    }
  }

  @Test
  @Tag("full")
  void secondRetrySendsRemovedPartsAgain() throws Exception {
    try (Page tab = chromium.open(application.page(), 1280, 900)) {
      UploadPage page = new UploadPage(tab);
      page.way("sdk");
      oss.faults().add(PART_REFUSED);
      page.choose(clip);
      page.is(clip, "refused");
      bucket(
          tab,
          "(await Promise.all((await client.listUploads({})).uploads.map("
              + "({ name, uploadId }) => client.abortMultipartUpload(name, uploadId)))).length");
      secondRetryStores(page, tab, "parts-gone");
    }
  }

  @Test
  void secondRetrySendsTheFileAfterALostAnswer() throws Exception {
    try (Page tab = chromium.open(application.page(), 390, 844)) {
      UploadPage page = new UploadPage(tab);
      tab.route(
          address -> address.contains("uploadId="),
          route -> {
            if (isOfParts(route.request(), "POST")) {
              oss.faults().add(Fault.cutAnswerAfter(10).on("POST"));
              tab.unrouteAll();
            }
            route.resume();
          });
      page.way("sdk");
      page.choose(clip);
      page.is(clip, "refused");
      secondRetryStores(page, tab, "parts-gone-phone");
    }
  }

  @Test
  void smallFileUploadsWithOneRequest() throws Exception {
    try (Page tab = chromium.open(application.page(), 390, 844)) {
      UploadPage page = new UploadPage(tab);
      page.way("sdk");
      page.choose(text);
      assertThat(storedEqually(page, text).key()).matches("uploads/large/[0-9a-f]{32}\\.txt");
    }
  }

  /** The first retry reports that the parts are gone; the second one sends the file again. */
  private static void secondRetryStores(UploadPage page, Page tab, String screenshot)
      throws Exception {
    page.row(clip).locator(".retry").click();
    saysThatThePartsAreGone(page);
    assertThat(page.scrollsSideways()).isFalse();
    Chromium.screenshot(tab, screenshot);
    page.row(clip).locator(".retry").click();
    storedEqually(page, clip);
  }

  private static void saysThatThePartsAreGone(UploadPage page) {
    page.is(clip, "refused"); // Waits longer than the following steps need.
    assertThat(page.row(clip)).containsText("OSS no longer has this upload");
    assertThat(page.row(clip)).not().containsText("are kept");
  }

  private static void partsAreDropped(Page tab, Runnable action) {
    Response answer =
        tab.waitForResponse(response -> isOfParts(response.request(), "DELETE"), action);
    assertThat(answer.status()).isEqualTo(204);
  }

  private static boolean isOfParts(Request request, String method) {
    return request.method().equals(method) && request.url().contains("uploadId=");
  }

  /** Returns the multipart uploads in the bucket, whose parts cost storage. */
  private static List<?> uploadsUnderWay(Page tab) {
    return (List<?>) bucket(tab, "(await client.listUploads({})).uploads");
  }

  /**
   * Returns the result of the bucket owner's call with the vendor's SDK, named {@code client} in
   * the code.
   */
  private static Object bucket(Page tab, String code) {
    return tab.evaluate(
        "async options => { const client = new OSS(options); return " + code + "; }",
        Map.of(
            "accessKeyId", oss.accessKeyId(),
            "accessKeySecret", oss.accessKeySecret(),
            "bucket", oss.bucket(),
            "region", "oss-" + oss.region(),
            "endpoint", oss.endpoint().toString(),
            "sldEnable", true,
            "authorizationV4", true));
  }

  private static StoredObject storedEqually(UploadPage page, Path file) throws Exception {
    StoredObject stored = oss.object(page.storedKey(file)).orElseThrow();
    assertThat(UploadPage.sha256(stored.content()))
        .isEqualTo(UploadPage.sha256(Files.newInputStream(file)));
    return stored;
  }
}
