package io.osspost.examples.wars;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.Cookie;
import io.osspost.testsupport.Chromium;
import io.osspost.testsupport.PackagedProgram;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two users upload with servlet-war in Chromium. */
class ServletWarIT {
  private static final String LEAVING_IS_ASKED =
      "() => !dispatchEvent(new Event('beforeunload', { cancelable: true }))";

  @TempDir static Path directory;
  @AutoClose private static Chromium chromium;
  @AutoClose private static PackagedProgram war;

  @BeforeAll
  static void start() throws Exception {
    chromium = Chromium.launch();
    war = PackagedWar.start("servlet-war");
  }

  @Test
  void userUploadsIntoTheOwnDirectory() throws Exception {
    byte[] content = new byte[3 << 20];
    new Random(7).nextBytes(content);
    Path file = Files.write(directory.resolve("夏 holiday.mp4"), content);
    try (Page page = chromium.open(war.page(), 1000, 800)) {
      logIn(page, "alice");
      assertThat(page.locator("#user")).hasText("alice");

      page.locator("#files").setInputFiles(file);

      Locator row = row(page, "夏 holiday.mp4");
      assertThat(row).hasAttribute("data-state", "stored");
      String key = row.getAttribute("data-key");
      assertThat(key).matches("users/alice/\\d{8}/[0-9a-f-]+\\.mp4");
      Locator confirmed = page.locator("#confirmed [data-key='" + key + "']");
      assertThat(confirmed).containsText("3 MB · video/mp4 · ETag ");
      assertThat(PackagedWar.stored(war).read(key)).isEqualTo(content);
      Chromium.screenshot(page, "servlet-war");

      page.locator("header button").click();
      assertThat(page.locator("input[name=j_username]")).isVisible();
    }
  }

  @Test
  void otherUserCannotWriteIntoTheDirectory() throws Exception {
    try (Page alices = chromium.open(war.page(), 800, 600);
        Page bobs = chromium.open(war.page(), 390, 844)) {
      logIn(alices, "alice");
      logIn(bobs, "bob");
      Map<String, Object> hers = grant(alices);
      Map<String, Object> his = grant(bobs);
      String key = (String) hers.get("key");
      assertThat(key).startsWith("users/alice/");
      assertThat((String) his.get("key")).startsWith("users/bob/");
      assertThat(post(alices, hers, Map.of(), "hers!").status()).isEqualTo(200);

      assertThat(post(bobs, his, Map.of("key", key), "evil!"))
          .as("his form, her object")
          .satisfies(answer -> assertRefused(answer, 403, "Policy Condition failed"));
      assertThat(post(bobs, his, Map.of("key", "users/alice/x.txt"), "evil!"))
          .as("his form, her directory")
          .satisfies(answer -> assertRefused(answer, 403, "Policy Condition failed"));
      assertThat(post(bobs, hers, Map.of("key", "users/alice/x.txt"), "evil!"))
          .as("her form, another object")
          .satisfies(answer -> assertRefused(answer, 403, "Policy Condition failed"));
      assertThat(post(bobs, hers, Map.of(), "evil!"))
          .as("her form, used before")
          .satisfies(answer -> assertRefused(answer, 409, "FileAlreadyExists"));
      assertThat(post(bobs, hers, Map.of("policy", policyOf(his)), "evil!"))
          .as("her signature, his policy")
          .satisfies(answer -> assertRefused(answer, 403, "SignatureDoesNotMatch"));

      assertThat(PackagedWar.stored(war).read(key)).asString(UTF_8).isEqualTo("hers!");
      bobs.reload();
      assertThat(bobs.locator("#user")).hasText("bob");
      assertThat(bobs.locator("#confirmed [data-key^='users/alice/']")).hasCount(0);
    }
  }

  @Test
  void moduleFindsTheContextPath() throws Exception {
    try (Page page = chromium.open(war.page(), 800, 600)) {
      logIn(page, "alice");
      Object key =
          page.evaluate(
              "async () => (await (await import('./oss-post/oss-post.js'))"
                  + ".requestGrant(new File(['x'], 'x.txt', { type: 'text/plain' }))).key");
      assertThat((String) key).startsWith("users/alice/");
    }
  }

  @Test
  void refusalsFitAPhone() throws Exception {
    Path script = Files.writeString(directory.resolve("page.html"), "<script>alert(1)</script>");
    Path photo = Files.write(directory.resolve("photo.png"), new byte[] {(byte) 0x89, 'P', 'N'});
    try (Page page = chromium.open(war.page(), 390, 844)) {
      logIn(page, "alice", "wrong");
      assertThat(page.locator(".reason")).containsText("No user has this name and password.");
      Chromium.screenshot(page, "servlet-war-login-refused-phone");

      logIn(page, "alice");
      page.locator("#files").setInputFiles(new Path[] {script, photo});
      assertThat(row(page, "photo.png")).hasAttribute("data-state", "stored");
      assertThat(row(page, "page.html")).hasAttribute("data-state", "refused");
      assertThat(row(page, "page.html")).containsText("Files of type 'text/html' are not accepted");
      assertThat((Boolean) page.evaluate("() => document.body.scrollWidth <= innerWidth"))
          .as("nothing scrolls sideways")
          .isTrue();
      Chromium.screenshot(page, "servlet-war-phone");
    }
  }

  @Test
  void filesChosenBeforeTheScriptRunsAreSent() throws Exception {
    Path photo = Files.write(directory.resolve("early.png"), new byte[] {(byte) 0x89, 'P', 'N'});
    List<Route> held = new CopyOnWriteArrayList<>();
    try (Page page = chromium.open(war.page(), 800, 600)) {
      page.route("**/app.js", held::add);
      logIn(page, "alice");
      page.locator("#files").setInputFiles(photo);
      page.waitForCondition(() -> !held.isEmpty());
      held.get(0).resume();
      assertThat(row(page, "early.png")).hasAttribute("data-state", "stored");
    }
  }

  @Test
  void logoutOfAnEndedSessionReturnsToThePage() throws Exception {
    try (Page page = chromium.open(war.page(), 800, 600)) {
      logIn(page, "alice");
      assertThat(page.locator("#user")).hasText("alice");
      endSessionElsewhere(page);

      page.locator("header button").click();
      assertThat(page.locator("input[name=j_username]")).isVisible();
      logIn(page, "alice");

      assertThat(page.locator("#user")).hasText("alice");
    }
  }

  @Test
  void storedFileIsShownWithoutTheConfirmation() throws Exception {
    Path file = Files.writeString(directory.resolve("unconfirmed.txt"), "Grüße");
    Path next = Files.writeString(directory.resolve("next.txt"), "Grüße");
    try (Page page = chromium.open(war.page(), 800, 600)) {
      logIn(page, "alice");
      assertThat(page.locator("#user")).hasText("alice");
      page.route("**/uploads", ServletWarIT::breakDown);

      page.locator("#files").setInputFiles(new Path[] {file, next});

      assertThat(row(page, "next.txt"))
          .isVisible(); // Its turn comes after all files of the first user.
      Locator row = row(page, "unconfirmed.txt");
      assertThat(row).hasAttribute("data-state", "stored");
      assertThat(row.locator(".state")).hasText("Stored");
      assertThat(row.locator(".reason")).isHidden();
    }
  }

  @Test
  void uploadsWorkAfterAFailedFirstRequest() throws Exception {
    Path file = Files.writeString(directory.resolve("later.txt"), "Grüße");
    try (Page page = chromium.open(war.page(), 800, 600)) {
      page.route("**/uploads", ServletWarIT::breakDown, new Page.RouteOptions().setTimes(1));
      page.waitForResponse("**/uploads", () -> logIn(page, "bob"));

      page.locator("#files").setInputFiles(file);

      Locator row = row(page, "later.txt");
      assertThat(row).hasAttribute("data-state", "stored");
      String key = row.getAttribute("data-key");
      assertThat(page.locator("#confirmed [data-key='" + key + "']")).isVisible();
      assertThat(page.locator("#user")).hasText("bob");
    }
  }

  @Test
  void queueWaitsForTheNextLogin() throws Exception {
    Path file = Files.writeString(directory.resolve("patient.txt"), "patient");
    try (Page page = chromium.open(war.page(), 800, 600)) {
      logIn(page, "alice");
      assertThat(page.locator("#user")).hasText("alice");
      endSessionElsewhere(page);
      page.locator("#files").setInputFiles(file);
      assertThat(page.locator("#ended")).isVisible();
      try (Page login = page.waitForPopup(() -> page.locator("#ended a").click())) {
        logIn(login, "alice");
        assertThat(login.locator("#user")).hasText("alice");
      }
      page.locator("#ended button").click();
      assertThat(row(page, "patient.txt")).hasAttribute("data-state", "stored");
      assertThat(page.locator("#ended")).isHidden();
    }
  }

  @Test
  void waitingFileCanBeCancelled() throws Exception {
    Path first = Files.writeString(directory.resolve("first.txt"), "first");
    Path second = Files.writeString(directory.resolve("second.txt"), "second");
    List<Route> held = new CopyOnWriteArrayList<>();
    try (Page page = chromium.open(war.page(), 800, 600)) {
      logIn(page, "alice");
      assertThat(page.locator("#user")).hasText("alice");
      page.route("**/get_post_signature_for_oss_upload?*", held::add);
      page.locator("#files").setInputFiles(new Path[] {first, second});
      row(page, "second.txt").locator(".cancel").click();
      assertThat((Boolean) page.evaluate(LEAVING_IS_ASKED)).isTrue();
      page.waitForCondition(() -> !held.isEmpty());
      held.get(0).resume();
      assertThat(row(page, "first.txt")).hasAttribute("data-state", "stored");
      assertThat(row(page, "second.txt").locator(".state")).hasText("Cancelled");
      assertThat((Boolean) page.evaluate(LEAVING_IS_ASKED)).isFalse();
    }
  }

  @Test
  void strangersGetNeitherThePageNorAGrantNorBelief() throws Exception {
    assertThat(get("").body()).contains("j_security_check").doesNotContain("Choose files");
    assertThat(get("index.html").body()).contains("j_security_check");
    assertThat(get("uploads").statusCode()).isEqualTo(401);
    HttpResponse<String> grant = get("get_post_signature_for_oss_upload?format=form");
    assertThat(grant.statusCode()).isEqualTo(401);
    assertThat(grant.headers().firstValue("Content-Type")).contains("application/problem+json");
    HttpRequest call =
        HttpRequest.newBuilder(URI.create(war.page() + "oss_upload_callback"))
            .POST(BodyPublishers.ofString("{}"))
            .build();
    HttpResponse<String> answer = HttpClient.newHttpClient().send(call, BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("\"code\":\"signature-missing\"");
  }

  private static void logIn(Page page, String name) {
    logIn(page, name, name);
  }

  private static void logIn(Page page, String name, String password) {
    page.locator("input[name=j_username]").fill(name);
    page.locator("input[name=j_password]").fill(password);
    page.locator("form button").click();
  }

  private static void breakDown(Route route) {
    route.fulfill(new Route.FulfillOptions().setStatus(500).setBody("<h1>It broke</h1>"));
  }

  /** Logs out with the cookie of that page, without the page's knowledge. */
  private static void endSessionElsewhere(Page page) throws Exception {
    Cookie session =
        page.context().cookies().stream()
            .filter(cookie -> cookie.name.equals("JSESSIONID"))
            .findFirst()
            .orElseThrow();
    HttpRequest logout =
        HttpRequest.newBuilder(URI.create(war.page() + "logout"))
            .header("Cookie", session.name + "=" + session.value)
            .POST(BodyPublishers.noBody())
            .build();
    assertThat(HttpClient.newHttpClient().send(logout, BodyHandlers.discarding()).statusCode())
        .isEqualTo(302);
  }

  private static Locator row(Page page, String name) {
    return page.locator("#sending [data-name='" + name + "']");
  }

  private static HttpResponse<String> get(String path) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(war.page() + path)).build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
  }

  /** Requests a grant for the file that the page posts below, as the page's user. */
  @SuppressWarnings("unchecked")
  private static Map<String, Object> grant(Page page) {
    page.locator("#files").waitFor();
    return (Map<String, Object>)
        page.evaluate(
            "async () => (await fetch('get_post_signature_for_oss_upload"
                + "?format=form&filename=a.txt&size=5&type=text/plain')).json()");
  }

  @SuppressWarnings("unchecked")
  private static String policyOf(Map<String, Object> grant) {
    return ((Map<String, String>) grant.get("fields")).get("policy");
  }

  /** Posts a grant's form from that page, with some of its fields changed. */
  @SuppressWarnings("unchecked")
  private static Answer post(
      Page page, Map<String, Object> grant, Map<String, String> changed, String content) {
    Map<String, String> fields = new HashMap<>((Map<String, String>) grant.get("fields"));
    fields.putAll(changed);
    List<Object> answer =
        (List<Object>)
            page.evaluate(
                "async ({ url, fields, content }) => {"
                    + "  const form = new FormData();"
                    + "  for (const [name, value] of Object.entries(fields)) form.append(name, value);"
                    + "  form.append('file', new Blob([content], { type: 'text/plain' }), 'a.txt');"
                    + "  const answer = await fetch(url, { method: 'POST', body: form });"
                    + "  return [answer.status, await answer.text()];"
                    + "}",
                Map.of("url", grant.get("url"), "fields", fields, "content", content));
    return new Answer((Integer) answer.get(0), (String) answer.get(1));
  }

  private static void assertRefused(Answer answer, int status, String said) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(answer.body()).contains(said);
  }

  private record Answer(int status, String body) {}
}
