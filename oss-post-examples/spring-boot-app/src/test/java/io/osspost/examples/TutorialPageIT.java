package io.osspost.examples;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import io.osspost.credentials.OssCredentials;
import io.osspost.emulator.OssEmulator;
import io.osspost.emulator.StoredObject;
import io.osspost.policy.Condition;
import io.osspost.policy.PostPolicy;
import io.osspost.sign.PolicyTemplate;
import io.osspost.sign.SignedPolicy;
import io.osspost.testsupport.Chromium;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Pages of the tutorials' kinds work unchanged, with the credentials that they were written for.
 */
class TutorialPageIT {
  private static final String OFFERING_V4 = "oss.post.profiles.default.formats=v4,form";
  private static final String TOKEN = "CAISemulated+token/with=signs";

  @TempDir static Path directory;
  @AutoClose private static Chromium chromium;
  @AutoClose private static OssEmulator oss;

  @BeforeAll
  static void start() throws Exception {
    chromium = Chromium.launch();
    oss =
        OssEmulator.builder()
            .accessKey("LTAIlongterm", "longtermsecret")
            .temporaryKey(
                "STS.temporary", "temporarysecret", TOKEN, Instant.now().plus(Duration.ofHours(1)))
            .start();
    Files.writeString(directory.resolve("notes.txt"), "written by hand");
  }

  @Test
  void withTemporaryCredentialsItUploads() throws Exception {
    try (RunningApplication application =
            RunningApplication.start(oss, "STS.temporary", "temporarysecret", TOKEN, OFFERING_V4);
        Page page = chromium.open(application.url("v4-page.html"), 800, 600)) {
      Locator status = send(page);
      assertThat(status).hasText("200");

      assertStored(status, "/notes.txt", "text/plain", "written by hand");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"v1", "legacy"})
  void olderPagesUploadWithTheLongTermKeyTheyWereWrittenFor(String format) throws Exception {
    try (RunningApplication application =
            RunningApplication.start(
                oss,
                "LTAIlongterm",
                "longtermsecret",
                "",
                "oss.post.profiles.default.formats=" + format);
        Page page = chromium.open(application.url(format + "-page.html"), 800, 600)) {
      Locator status = send(page);
      assertThat(status).hasText("200");
      assertThat(oss.object(status.getAttribute("data-key"))).isPresent();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "v4, LTAIlongterm, longtermsecret,''",
    "v1, STS.temporary, temporarysecret, CAIS",
    "legacy, STS.temporary, temporarysecret, CAIS"
  })
  void withCredentialsItCannotSendItIsToldSoAndPostsNothing(
      String format, String id, String secret, String token) throws Exception {
    try (RunningApplication application =
            RunningApplication.start(
                oss,
                id,
                secret,
                token.isEmpty() ? "" : TOKEN,
                "oss.post.profiles.default.formats=" + format);
        Page page = chromium.open(application.url(format + "-page.html"), 800, 600)) {
      Locator status = send(page);
      assertThat(status).hasText("503");
      assertThat(status.getAttribute("data-body"))
          .contains("\"code\":\"credentials-do-not-fit-page\"", "format=form");
    }
  }

  /** Answers like a server without the check, to show the reason for the 503 above. */
  @Test
  void v4PageFailsWithALongTermKey() throws Exception {
    try (RunningApplication application =
            RunningApplication.start(oss, "STS.temporary", "temporarysecret", TOKEN, OFFERING_V4);
        Page page = chromium.open(application.url("v4-page.html"), 800, 600)) {
      byte[] granted = grantOfAServerThatDoesNotLook();
      page.route(
          "**/get_post_signature_for_oss_upload",
          route -> route.fulfill(new Route.FulfillOptions().setBodyBytes(granted)));
      page.evaluate(
          "() => { const append = FormData.prototype.append; window.sent = {};"
              + " FormData.prototype.append = function (name, value) {"
              + " append.call(this, name, value); sent[name] = this.get(name); } }");
      Locator status = send(page);
      assertThat(status).hasText("403");
      assertThat(page.evaluate("() => sent['x-oss-security-token']")).isEqualTo("undefined");
      assertThat(status.getAttribute("data-body")).contains("<Code>", "<EC>");
      assertThat(oss.object(status.getAttribute("data-key"))).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a&b.png", "50%.png", "x.jpg"})
  void thePageThatPutsUploadsWhateverTheFileIsCalled(String name) throws Exception {
    Path file = Files.writeString(directory.resolve(name), "drawn by hand");
    try (RunningApplication application =
            RunningApplication.start(
                oss,
                "LTAIlongterm",
                "longtermsecret",
                "",
                "oss.post.profiles.default.grants=put",
                "oss.post.profiles.default.formats=text",
                "oss.post.profiles.default.content-types=image/png");
        Page page = chromium.open(application.url("put-page.html"), 800, 600)) {
      Locator status = send(page, file);
      assertThat(status).hasText("200");
      assertStored(status, ".png", "image/png", "drawn by hand");
    }
  }

  @Test
  void putPageGetsTheReasonWithoutPutGrants() throws Exception {
    try (RunningApplication application =
        RunningApplication.start(
            oss, "LTAIlongterm", "longtermsecret", "", "oss.post.profiles.default.grants=post")) {
      for (String route :
          List.of("get_presigned_url_for_oss_upload", "get_sts_token_for_oss_upload")) {
        HttpResponse<String> answer =
            HttpClient.newHttpClient()
                .send(
                    HttpRequest.newBuilder(URI.create(application.url(route))).build(),
                    BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("\"code\":\"grant-not-offered\"");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'', oss.post.profiles.default.whole-bucket=true, notes.txt",
    "?dir, oss.post.profiles.default.dir=shared, shared/notes.txt"
  })
  void thePageOfTheStsTutorialUploadsWithTheVendorsSdk(String edit, String property, String key)
      throws Exception {
    OssCredentials token =
        OssCredentials.temporary(
            "STS.temporary", "temporarysecret", TOKEN, Instant.now().plusSeconds(900));
    Path script = AliOss.script();
    try (RunningApplication application =
            RunningApplication.vending(
                scope -> token, oss, "oss.post.profiles.default.grants=token", property);
        Chromium mapped = Chromium.launchWithOssAt(oss.port());
        Page page = mapped.open("about:blank", 800, 600)) {
      page.route(
          "**/ali-oss.js", route -> route.fulfill(new Route.FulfillOptions().setPath(script)));
      page.navigate(application.url("sts-page.html" + edit));
      Locator status = send(page, directory.resolve("notes.txt"));
      assertThat(status).hasText("200");
      assertThat(status).hasAttribute("data-key", key);
      assertThat(oss.object(key)).isPresent();
    }
  }

  @Test
  void formPageUploadsWithALongTermKey() throws Exception {
    try (RunningApplication application =
            RunningApplication.start(oss, "LTAIlongterm", "longtermsecret", "");
        Page page = chromium.open(application.url(""), 800, 600)) {
      page.locator("#files").setInputFiles(directory.resolve("notes.txt"));
      Locator row = page.locator("li.upload");
      assertThat(row).hasAttribute("data-state", "stored");
      assertThat(oss.object(row.getAttribute("data-key"))).isPresent();
    }
  }

  private static byte[] grantOfAServerThatDoesNotLook() throws IOException {
    Instant now = Instant.now();
    PostPolicy policy =
        PostPolicy.builder(oss.bucket(), now.plusSeconds(600))
            .require(new Condition.Eq("success_action_status", "200"))
            .size(1, 1 << 20)
            .keyUnder("uploads/")
            .build();
    SignedPolicy signed =
        PolicyTemplate.openV4(
                policy, OssCredentials.of("LTAIlongterm", "longtermsecret"), oss.region(), now)
            .sign();
    return new ObjectMapper()
        .writeValueAsBytes(
            Map.of(
                "host", oss.endpoint() + "/" + oss.bucket() + "/",
                "dir", "uploads/",
                "policy", signed.policy(),
                "signature", signed.signature(),
                "x_oss_credential", signed.fields().get("x-oss-credential"),
                "x_oss_date", signed.fields().get("x-oss-date")));
  }

  private static void assertStored(Locator status, String end, String type, String text)
      throws IOException {
    StoredObject stored = oss.object(status.getAttribute("data-key")).orElseThrow();
    assertThat(stored.key()).startsWith("uploads/").endsWith(end);
    assertThat(stored.contentType()).isEqualTo(type);
    try (InputStream content = stored.content()) {
      assertThat(content).hasContent(text);
    }
  }

  private static Locator send(Page page) {
    return send(page, directory.resolve("notes.txt"));
  }

  private static Locator send(Page page, Path file) {
    page.locator("#file").setInputFiles(file);
    page.locator("#send").click();
    Locator status = page.locator("#status");
    assertThat(status).not().hasText("");
    return status;
  }
}
