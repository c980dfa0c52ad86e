package io.osspost.examples;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route.ResumeOptions;
import io.osspost.testsupport.Chromium;
import io.osspost.testsupport.PackagedProgram;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The main task of a user: the packaged application, its page, a real browser. */
class UploadPageIT {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build();
  private static final String IMAGE = "lantern.png";
  private static final String TEXT = "报告 – résumé ✓.txt";
  private static final String LARGE = "holiday.mp4";
  private static final int LARGE_BYTES = 200 << 20;

  @TempDir static Path directory;
  @AutoClose private static Chromium chromium;
  @AutoClose private static PackagedProgram application;

  @BeforeAll
  static void start() throws Exception {
    chromium = Chromium.launch();
    application = PackagedApplication.start("--oss.post.profiles.default.max-size=250MB");
    drawImage(directory.resolve(IMAGE));
    Files.writeString(directory.resolve(TEXT), "Grüße aus 杭州\n".repeat(1000));
    UploadPage.writeRandom(directory.resolve(LARGE), LARGE_BYTES);
    Files.writeString(directory.resolve("page.html"), "<script>alert(1)</script>");
    try (var sparse = new RandomAccessFile(directory.resolve("huge.mp4").toFile(), "rw")) {
      sparse.setLength(251L << 20);
    }
  }

  @Test
  void uploadsThreeFilesWithProgress() throws Exception {
    try (Page page = chromium.open(application.page(), 1280, 900)) {
      page.evaluate(
          "() => { window.seen = []; setInterval(() => {"
              + " const bar = document.querySelector(`[data-name=\"holiday.mp4\"] progress`);"
              + " if (bar && bar.position > 0 && bar.position < 1) seen.push(bar.position); }, 5) }");
      choose(page, IMAGE, TEXT, LARGE);

      for (String name : List.of(IMAGE, TEXT, LARGE)) {
        new UploadPage(page).is(directory.resolve(name), "stored");
        assertStoredEqually(row(page, name), directory.resolve(name));
      }

      List<?> seen = (List<?>) page.evaluate("() => window.seen");
      assertThat(seen.stream().distinct()).as("progress between 0 and 1").hasSizeGreaterThan(3);
      assertThat((Boolean) page.evaluate("() => seen.every((p, i) => !i || p >= seen[i - 1])"))
          .isTrue();
      assertThat(
              (Integer) row(page, IMAGE).locator("img").evaluate("picture => picture.naturalWidth"))
          .isPositive();
      assertThat(row(page, TEXT)).containsText("18.6 KB");
      assertThat(application.oss().getPort())
          .as("OSS is another origin than the page")
          .isNotEqualTo(URI.create(application.page()).getPort());
      Chromium.screenshot(page, "stored");
    }
  }

  @Test
  void refusalsShowTheirReason() throws Exception {
    try (Page page = chromium.open(application.page(), 1280, 900)) {
      choose(page, "huge.mp4", "page.html");
      assertThat(row(page, "huge.mp4")).hasAttribute("data-state", "refused");
      assertThat(row(page, "huge.mp4").locator(".reason"))
          .containsText("The file has 251 MB; at most 250 MB are allowed here.");
      assertThat(row(page, "page.html")).hasAttribute("data-state", "refused");
      assertThat(row(page, "page.html").locator(".reason"))
          .containsText("Files of type 'text/html' are not accepted here.");
      Chromium.screenshot(page, "refused");
    }
  }

  @Test
  void refusalsOfOssShowTheirReason() throws Exception {
    try (Page page = chromium.open(application.page(), 390, 844)) {
      // The page swaps the file after requesting the grant. OSS must reject it, not the server.
      page.route(
          "**/get_post_signature_for_oss_upload**",
          route ->
              route.resume(
                  new ResumeOptions()
                      .setUrl(route.request().url().replaceAll("size=\\d+", "size=7"))));
      choose(page, IMAGE);
      assertThat(row(page, IMAGE)).hasAttribute("data-state", "refused");
      assertThat(row(page, IMAGE).locator(".reason"))
          .containsText("has changed since it was chosen");
      assertThat(row(page, IMAGE).locator(".trace")).containsText("request ");
      Chromium.screenshot(page, "refused-by-oss-phone");
    }
  }

  @Test
  void cancelAndRetryOnAPhone() throws Exception {
    Path large = directory.resolve(LARGE);
    Path image = directory.resolve(IMAGE);
    try (Page tab = chromium.open(application.page(), 390, 844)) {
      UploadPage page = new UploadPage(tab);
      page.throttle(10 << 20);
      page.choose(large, image);
      page.is(large, "uploading");
      page.sent(large, 0.02);
      Chromium.screenshot(tab, "uploading-phone");
      page.row(large).locator(".cancel").click();
      page.is(large, "cancelled");

      page.throttle(-1);
      page.row(large).locator(".retry").click();
      page.is(large, "stored");
      page.is(image, "stored");
      assertThat(page.scrollsSideways()).isFalse();
      Chromium.screenshot(tab, "stored-phone");
    }
  }

  @Test
  void missingVendorSdkIsExplained() throws Exception {
    Path text = directory.resolve(TEXT);
    try (Page tab = chromium.open(application.page(), 390, 844)) {
      UploadPage page = new UploadPage(tab);
      page.way("sdk");
      assertThat(tab.locator("#way-note"))
          .containsText("npm install --ignore-scripts ali-oss@6.23.0");
      page.choose(text);
      page.is(text, "refused");
      assertThat(page.row(text).locator(".reason"))
          .containsText("npm install --ignore-scripts ali-oss@6.23.0");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"elsewhere/a.png", "uploads", "/uploads/a.png", "uploads/%s"})
  void aLinkToWhatIsNoUploadLeadsNowhere(String key) throws Exception {
    String tooLong = "long".repeat(300);
    URI link = URI.create(application.page() + "link?key=" + key.formatted(tooLong));
    assertThat(HTTP.send(get(link), BodyHandlers.discarding()).statusCode()).isEqualTo(404);
  }

  private static void choose(Page page, String... names) {
    page.locator("#files")
        .setInputFiles(Arrays.stream(names).map(directory::resolve).toArray(Path[]::new));
  }

  private static Locator row(Page page, String name) {
    return page.locator("li.upload[data-name=\"" + name + "\"]");
  }

  private static void assertStoredEqually(Locator row, Path file) throws Exception {
    String key = row.getAttribute("data-key");
    assertThat(row.locator(".key")).containsText(key);
    URI object = URI.create(application.oss() + "/examplebucket/" + key);
    assertThat(HTTP.send(get(object), BodyHandlers.discarding()).statusCode())
        .as("the bucket is private")
        .isEqualTo(403);
    URI link = URI.create(application.page()).resolve(row.locator(".key").getAttribute("href"));
    HttpResponse<InputStream> stored = HTTP.send(get(link), BodyHandlers.ofInputStream());
    assertThat(stored.statusCode()).isEqualTo(200);
    assertThat(UploadPage.sha256(stored.body()))
        .isEqualTo(UploadPage.sha256(Files.newInputStream(file)));
  }

  private static HttpRequest get(URI address) {
    return HttpRequest.newBuilder(address).build();
  }

  private static void drawImage(Path file) throws IOException {
    BufferedImage image = new BufferedImage(640, 480, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = image.createGraphics();
    pen.setPaint(new GradientPaint(0, 0, new Color(0x1b2a49), 640, 480, new Color(0xe4572e)));
    pen.fillRect(0, 0, 640, 480);
    pen.setColor(new Color(0xffd166));
    pen.fillOval(240, 140, 160, 200);
    pen.dispose();
    ImageIO.write(image, "png", file.toFile());
  }
}
