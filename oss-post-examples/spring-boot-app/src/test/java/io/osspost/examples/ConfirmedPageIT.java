package io.osspost.examples;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import io.osspost.emulator.OssEmulator;
import io.osspost.emulator.fault.Fault;
import io.osspost.testsupport.Chromium;
import io.osspost.testsupport.PackagedProgram;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page's list of uploads that OSS reported: verified ones, each once, and no others. */
class ConfirmedPageIT {
  private static final String ID = "LTAIlongterm";
  private static final String SECRET = "longtermsecret";

  @TempDir static Path directory;
  @AutoClose private static Chromium chromium;
  @AutoClose private static OssEmulator oss;
  @AutoClose private static PackagedProgram application;
  private static Path text;
  private Page tab;
  private UploadPage page;

  @BeforeAll
  static void start() throws Exception {
    chromium = Chromium.launch();
    oss = OssEmulator.builder().accessKey(ID, SECRET).start();
    application =
        PackagedApplication.using(
            oss,
            "--oss.post.profiles.default.formats=legacy,form",
            "--spring.web.resources.static-locations=classpath:/META-INF/resources/,"
                + "classpath:/static/,file:src/test/resources/static/");
    text = Files.writeString(directory.resolve("notes.txt"), "written by hand");
  }

  @BeforeEach
  void open() throws Exception {
    oss.faults().clear();
    tab = chromium.open(application.page(), 1280, 900);
    page = new UploadPage(tab);
  }

  @Test
  void formsAndUrlsOfThePageShowUpByTheirFilesNames() throws Exception {
    for (String way : new String[] {"upload", "url"}) {
      page.way(way);
      page.choose(text);
      assertThat(page.confirmed(page.storedKey(text))).containsText("notes.txt15 B · text/plain");
      tab.locator("#clear").click();
    }
    Chromium.screenshot(tab, "confirmed");
  }

  @Test
  void uploadOfAnOldPageIsListedToo() throws Exception {
    try (Page old = chromium.open(application.page() + "legacy-page.html", 800, 600)) {
      old.locator("#file").setInputFiles(text);
      old.locator("#send").click();
      assertThat(old.locator("#status")).hasText("200");
      assertThat(page.confirmed(old.locator("#status").getAttribute("data-key")))
          .containsText("notes.txt");
    }
  }

  @Test
  void repeatedCallbackIsListedOnce() throws Exception {
    oss.faults().add(Fault.doubleCallback());
    page.choose(text);
    String key = page.storedKey(text);
    assertThat(page.confirmed(key)).hasCount(1);
    tab.waitForTimeout(1500); // Waits long enough for a second entry.
    assertThat(page.confirmed(key)).hasCount(1);
  }

  @Test
  void aCallThatIsNotSignedDoesNotShowUp() throws Exception {
    page.choose(text);
    assertThat(page.confirmed(page.storedKey(text))).hasCount(1);
    int before = tab.locator("#states li").count();
    HttpRequest forged =
        HttpRequest.newBuilder(URI.create(application.page()).resolve("oss_upload_callback"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{\"bucket\":\"examplebucket\",\"object\":\"forged\"}"))
            .build();
    assertThat(HttpClient.newHttpClient().send(forged, BodyHandlers.ofString()).statusCode())
        .isEqualTo(403);
    tab.waitForTimeout(1500);
    assertThat(tab.locator("#states li")).hasCount(before);
  }

  /** Another OSS accepts the same form, and calls back with a signature of an untrusted key. */
  @Test
  void callbackOfAnotherSignerIsNotListed() throws Exception {
    try (OssEmulator other = OssEmulator.builder().accessKey(ID, SECRET).start()) {
      tab.route(
          oss.endpoint() + "/**",
          route ->
              route.resume(
                  new Route.ResumeOptions()
                      .setUrl(route.request().url().replace(authority(oss), authority(other)))));
      page.choose(text);
      page.is(text, "refused");
      assertThat(page.row(text)).containsText("Stored, but not confirmed");
      assertThat(other.keys()).hasSize(1);
      tab.waitForTimeout(1500);
      assertThat(page.confirmed(other.keys().get(0))).hasCount(0);
    }
  }

  private static String authority(OssEmulator oss) {
    return oss.endpoint().getAuthority();
  }
}
