package io.osspost.examples.wars;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.osspost.examples.wars.LegacyPage.key;
import static io.osspost.examples.wars.LegacyPage.logIn;
import static io.osspost.examples.wars.LegacyPage.row;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.osspost.testsupport.Chromium;
import io.osspost.testsupport.PackagedProgram;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A user uploads with legacy-war in Chromium. */
class LegacyWarIT {
  @TempDir static Path directory;
  @AutoClose private static Chromium chromium;
  @AutoClose private static PackagedProgram war;

  @BeforeAll
  static void start() throws Exception {
    chromium = Chromium.launch();
    war = PackagedWar.start("legacy-war");
  }

  @Test
  void oldPageUploadsWithVerifiedCallbacks() throws Exception {
    byte[] content = new byte[2 << 20];
    new Random(8).nextBytes(content);
    Path large = Files.write(directory.resolve("report.pdf"), content);
    Path small = Files.writeString(directory.resolve("notes.txt"), "remember");
    try (Page page = chromium.open(war.page(), 1000, 700)) {
      logIn(page, "alice");
      assertThat(page.locator("#user")).hasText("alice");
      assertThat(page.locator(".small")).containsText("Apache Tomcat/9.0");

      page.locator("#files").setInputFiles(new Path[] {large, small});
      page.locator("#start").click();

      assertThat(row(page, "report.pdf")).hasClass("stored");
      assertThat(row(page, "notes.txt")).hasClass("stored");
      assertThat(key(page, "report.pdf")).startsWith("uploads/alice/");
      assertThat(PackagedWar.stored(war).read(key(page, "report.pdf"))).isEqualTo(content);
      assertThat(PackagedWar.stored(war).read(key(page, "notes.txt")))
          .asString()
          .isEqualTo("remember");
      // Without a listener the filter logs accepted callbacks.
      war.awaitOutput(key(page, "report.pdf") + ", 2097152 bytes");
      Chromium.screenshot(page, "legacy-war");
    }
  }

  @Test
  void filesOfOneNameAreBothStored() throws Exception {
    Path first = Files.writeString(directory.resolve("same.txt"), "first");
    Path other = Files.createDirectories(directory.resolve("other")).resolve("same.txt");
    Files.writeString(other, "second");
    try (Page page = chromium.open(war.page(), 800, 600)) {
      logIn(page, "alice");
      page.locator("#files").setInputFiles(first);
      page.locator("#files").setInputFiles(other);
      page.locator("#start").click();
      assertThat(page.locator("li.stored[data-name='same.txt']")).hasCount(2);
      List<String> keys =
          page.locator("li span").allTextContents().stream()
              .map(text -> text.substring("Stored as ".length()))
              .toList();
      assertThat(keys.get(1)).endsWith("/same (2).txt");
      assertThat(PackagedWar.stored(war).read(keys.get(0))).asString().isEqualTo("first");
      assertThat(PackagedWar.stored(war).read(keys.get(1))).asString().isEqualTo("second");
    }
  }

  @Test
  void cancelledFileIsNotSent() throws Exception {
    Path first = Files.writeString(directory.resolve("unwanted.txt"), "unwanted");
    Path second = Files.writeString(directory.resolve("wanted.txt"), "wanted");
    try (Page page = chromium.open(war.page(), 800, 600)) {
      logIn(page, "alice");
      page.locator("#files").setInputFiles(new Path[] {first, second});
      assertThat((String) page.evaluate("() => window.onbeforeunload()"))
          .isEqualTo("Files are still being uploaded.");
      row(page, "unwanted.txt").locator("button").click();
      page.locator("#start").click();
      assertThat(row(page, "wanted.txt")).hasClass("stored");
      assertThat(row(page, "unwanted.txt")).containsText("Cancelled");
      assertThat(page.evaluate("() => window.onbeforeunload()")).isNull();
    }
  }

  @Test
  void queueWaitsForTheNextLogin() throws Exception {
    Path notes = Files.writeString(directory.resolve("patient.txt"), "patient");
    try (Page page = chromium.open(war.page(), 800, 600)) {
      logIn(page, "alice");
      page.locator("#files").setInputFiles(notes);
      page.context().clearCookies();
      page.locator("#start").click();
      assertThat(page.locator("#ended")).isVisible();
      try (Page login = page.context().newPage()) {
        login.navigate(war.page());
        logIn(login, "alice");
        assertThat(login.locator("#user")).hasText("alice");
      }
      page.locator("#start").click();
      assertThat(row(page, "patient.txt")).hasClass("stored");
      assertThat(page.locator("#ended")).isHidden();
    }
  }

  @Test
  void scriptsWithoutALoginGet401() throws Exception {
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(war.page() + "get_post_signature_for_oss_upload"))
                    .header("X-Requested-With", "XMLHttpRequest")
                    .build(),
                BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(401);
  }

  @Test
  void refusalsOfOssFitAPhone() throws Exception {
    Path script = Files.writeString(directory.resolve("page.html"), "<script>alert(1)</script>");
    Path notes = Files.writeString(directory.resolve("more-notes.txt"), "remember");
    try (Page page = chromium.open(war.page(), 390, 844)) {
      logIn(page, "bob");
      page.locator("#files").setInputFiles(new Path[] {script, notes});
      page.locator("#start").click();
      assertThat(row(page, "page.html")).hasClass("failed");
      assertThat(row(page, "page.html")).containsText("OSS refused the file: ");
      assertThat(row(page, "page.html")).containsText("content-type");
      assertThat(row(page, "more-notes.txt")).hasClass("stored");
      assertThat((Boolean) page.evaluate("() => document.body.scrollWidth <= innerWidth"))
          .as("nothing scrolls sideways")
          .isTrue();
      Chromium.screenshot(page, "legacy-war-phone");
    }
  }

  @Test
  void temporaryKeysThatItsPageCouldNotSendAreARefusalInWords() throws Exception {
    Path notes = Files.writeString(directory.resolve("notes.txt"), "remember");
    try (PackagedProgram temporary =
            PackagedWar.start(
                "legacy-war",
                0,
                Map.of(
                    "OSS_POST_BUCKET", "examplebucket",
                    "OSS_POST_REGION", "cn-hangzhou",
                    "OSS_ACCESS_KEY_ID", "STS.id",
                    "OSS_ACCESS_KEY_SECRET", "secret",
                    "OSS_SESSION_TOKEN", "token"));
        Page page = chromium.open(temporary.page(), 390, 844)) {
      logIn(page, "alice");
      page.locator("#files").setInputFiles(notes);
      page.locator("#start").click();
      assertThat(row(page, "notes.txt")).hasClass("failed");
      assertThat(row(page, "notes.txt")).containsText("security token");
    }
  }

  @Test
  void aSettingThatIsWrongStopsTheStartWithItsName() throws Exception {
    try (PackagedProgram misspelt =
        PackagedWar.start("legacy-war", 0, Map.of("JAVA_TOOL_OPTIONS", "-Doss.post.bukcet=x"))) {
      assertThat(misspelt.exitCode()).isEqualTo(1);
      assertThat(misspelt.output()).contains("bukcet").contains("Did you mean 'bucket'?");
    }
  }

  @Test
  void usedPortStopsTheStartWithTheFix() throws Exception {
    try (PackagedProgram second =
        PackagedWar.start("legacy-war", URI.create(war.page()).getPort(), Map.of())) {
      assertThat(second.exitCode()).isEqualTo(1);
      assertThat(second.output())
          .contains("is in use. Name another: java -jar legacy-war.war 8081");
    }
  }
}
