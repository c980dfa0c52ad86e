package io.osspost.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.sun.net.httpserver.HttpServer;
import io.osspost.emulator.OssEmulator;
import io.osspost.emulator.fault.Fault;
import io.osspost.testsupport.Chromium;
import io.osspost.testsupport.PackagedProgram;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The browser module on bad lines, with files that change, and without a login: never a false
 * success, never a second object.
 */
@Tag("full")
class ModuleFaultsIT {
  private static final String GRANTS = "**/get_post_signature_for_oss_upload*";
  private static final String STARTS = "**/oss_multipart_upload/start";

  @TempDir static Path directory;
  @AutoClose private static Chromium chromium;
  @AutoClose private static OssEmulator oss;
  @AutoClose private static PackagedProgram application;
  private Path note;
  private Path film;
  private int objects;

  @BeforeAll
  static void start() throws Exception {
    chromium = Chromium.launch();
    oss = OssEmulator.builder().start();
    application =
        PackagedApplication.using(
            oss,
            "--oss.post.multipart.part-size=1MB",
            "--spring.web.resources.static-locations=classpath:/META-INF/resources/,"
                + "classpath:/static/,file:src/test/resources/static/");
  }

  @BeforeEach
  void writeFiles(@TempDir Path files) throws Exception {
    oss.faults().clear();
    note = UploadPage.writeRandom(files.resolve("note.txt"), 600_000);
    film = UploadPage.writeRandom(files.resolve("film.mp4"), (5 << 20) + 4711);
    objects = oss.keys().size();
  }

  static Stream<Fault> faults() {
    return Stream.of(
        Fault.delay(Duration.ofSeconds(4)),
        Fault.drop(),
        Fault.cutUploadAfter(100_000),
        Fault.loseAnswer(),
        Fault.cutAnswerAfter(10),
        Fault.loseCallback(),
        Fault.loseCallbackAnswer(),
        Fault.refusal(500),
        Fault.refusal(503));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void formIsStoredOnce(Fault fault) throws Exception {
    oss.faults().add(fault.on("POST"));
    try (ModulePage page = open(Map.of("answerTimeout", 1500))) {
      assertStoredOnce(page.send(note), note);
    }
  }

  @ParameterizedTest
  @MethodSource("faults")
  void partsAreStoredOnce(Fault fault) throws Exception {
    oss.faults().add(fault.on("PUT"));
    oss.faults().add(fault.on("PUT"));
    try (ModulePage page = open(Map.of("answerTimeout", 1500, "checksum", true))) {
      assertStoredOnce(page.send(film), film);
    }
  }

  /** OSS accepts the connection, and as many bytes as the systems buffer: a note, but no film. */
  @ParameterizedTest
  @ValueSource(strings = {"note.txt", "film.mp4"})
  void connectionThatStandsStillIsGivenUp(String name) throws Exception {
    Path file = name.equals("note.txt") ? note : film;
    try (ServerSocket still = new ServerSocket();
        ModulePage page =
            open(Map.of("kind", "form", "stallTimeout", 1500, "answerTimeout", 1500))) {
      still.setReceiveBufferSize(4096);
      still.bind(null);
      AtomicBoolean first = new AtomicBoolean(true);
      page.tab()
          .route(
              GRANTS,
              route -> {
                var answer = route.fetch();
                String body = answer.text();
                if (first.getAndSet(false)) {
                  body =
                      body.replace(
                          oss.endpoint().toString(), "http://127.0.0.1:" + still.getLocalPort());
                }
                route.fulfill(
                    new Route.FulfillOptions().setContentType("application/json").setBody(body));
              });
      JsonObject result = page.send(file);
      assertStoredOnce(result, file);
      assertThat(result.get("retries").getAsInt()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"note.txt", "film.mp4"})
  void removedFileIsNoNetworkError(String name) throws Exception {
    Path file = name.equals("note.txt") ? note : film;
    try (ModulePage page = open(Map.of("checksum", true))) {
      beforeAnswer(page, name.equals("note.txt") ? GRANTS : STARTS, () -> Files.delete(file));
      JsonObject result = page.send(file);
      assertThat(result.get("code").getAsString()).isEqualTo("file-unreadable");
      assertThat(result.get("message").getAsString()).contains("Choose it again");
      assertThat(result.get("retries").getAsInt()).isZero();
      assertThat(oss.keys()).hasSize(objects);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"note.txt", "film.mp4"})
  void changedFileIsNoSuccess(String name) throws Exception {
    Path file = name.equals("note.txt") ? note : film;
    Files.setLastModifiedTime(file, FileTime.fromMillis(System.currentTimeMillis() - 60_000));
    try (ModulePage page = open(Map.of())) {
      beforeAnswer(
          page,
          name.equals("note.txt") ? GRANTS : STARTS,
          () -> Files.write(file, new byte[1000], StandardOpenOption.WRITE));
      JsonObject result = page.send(file);
      assertThat(result.get("code").getAsString()).isIn("file-unreadable", "file-changed");
      assertThat(oss.keys()).hasSize(objects);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"note.txt", "film.mp4"})
  void expiredLoginAsksToLogIn(String name) throws Exception {
    Path file = name.equals("note.txt") ? note : film;
    try (ModulePage page = open(Map.of("kind", name.equals("note.txt") ? "form" : "multipart"))) {
      String asked = name.equals("note.txt") ? GRANTS : STARTS;
      page.tab().route(asked, route -> route.fulfill(new Route.FulfillOptions().setStatus(401)));
      assertThat(page.send(file).get("message").getAsString()).contains("Log in and try again.");
    }
  }

  /** A login filter of another site redirects, and browsers hide such answers from the page. */
  @ParameterizedTest
  @ValueSource(strings = {"note.txt", "film.mp4"})
  void redirectToALoginPageAsksToLogIn(String name) throws Exception {
    Path file = name.equals("note.txt") ? note : film;
    HttpServer login =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    login.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.close();
        });
    login.start();
    String address = "http://127.0.0.1:" + login.getAddress().getPort() + "/login";
    try (ModulePage page = open(Map.of("kind", name.equals("note.txt") ? "form" : "multipart"))) {
      page.tab()
          .route(
              name.equals("note.txt") ? GRANTS : STARTS,
              route ->
                  route.fulfill(
                      new Route.FulfillOptions()
                          .setStatus(302)
                          .setHeaders(Map.of("Location", address))));
      JsonObject result = page.send(file);
      assertThat(result.get("code").getAsString()).isEqualTo("login-required");
      assertThat(result.get("message").getAsString()).contains("Log in and try again.");
    } finally {
      login.stop(0);
    }
  }

  @Test
  void tooManyRequestsAreRepeatedWhenTheServerSays() throws Exception {
    try (ModulePage page = open(Map.of())) {
      AtomicBoolean first = new AtomicBoolean(true);
      page.tab()
          .route(
              GRANTS,
              route -> {
                if (first.getAndSet(false)) {
                  route.fulfill(
                      new Route.FulfillOptions()
                          .setStatus(429)
                          .setHeaders(Map.of("Retry-After", "2")));
                } else {
                  route.resume();
                }
              });
      long begin = System.nanoTime();
      JsonObject result = page.send(note);
      assertStoredOnce(result, note);
      assertThat(result.get("retries").getAsInt()).isEqualTo(1);
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofSeconds(2));
    }
  }

  /** The file reaches OSS after the user has cancelled, and is the same object after the retry. */
  @Test
  void cancelWhileOssStoresThenRetryIsOneObject() throws Exception {
    oss.faults().add(Fault.delay(Duration.ofMillis(1500)).on("POST"));
    try (Page tab = chromium.open(application.page(), 1280, 900)) {
      UploadPage page = new UploadPage(tab);
      tab.waitForRequest(oss.endpoint() + "/**", () -> page.choose(note));
      tab.waitForTimeout(500);
      page.row(note).locator(".cancel").click();
      page.is(note, "cancelled");
      tab.waitForTimeout(2500);
      page.row(note).locator(".retry").click();
      assertThat(oss.object(page.storedKey(note))).isPresent();
      assertThat(oss.keys()).hasSize(objects + 1);
    }
  }

  @Test
  void cachingServiceWorkerRepeatsNoGrant() throws Exception {
    try (ModulePage page = open(Map.of())) {
      startServiceWorker(page, "caching-worker.js");
      String first = page.send(note).get("key").getAsString();
      page.reload();
      String second = page.send(note).get("key").getAsString();
      assertThat(first).isNotEqualTo(second);
      assertThat(oss.keys()).hasSize(objects + 2).contains(first, second);
      page.reload();
      assertThat(page.send(film).keySet()).contains("key");
    }
  }

  /** Chromium then reports no progress to the page, which is no stall. */
  @ParameterizedTest
  @ValueSource(strings = {"form", "multipart"})
  void passingServiceWorkerIsNoStall(String kind) throws Exception {
    oss.faults().add(Fault.delay(Duration.ofSeconds(3)).on(kind.equals("form") ? "POST" : "PUT"));
    try (ModulePage page = open(Map.of("kind", kind, "stallTimeout", 1000))) {
      startServiceWorker(page, "passing-worker.js");
      JsonObject result = page.send(film);
      assertStoredOnce(result, film);
      assertThat(result.get("retries").getAsInt()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"form", "multipart"})
  void fileChangedWhileItIsSentIsNoSuccess(String kind) throws Exception {
    Files.setLastModifiedTime(film, FileTime.fromMillis(System.currentTimeMillis() - 60_000));
    try (ModulePage page = open(Map.of("kind", kind))) {
      new UploadPage(page.tab()).throttle(1 << 20);
      page.tab().waitForRequest(oss.endpoint() + "/**", () -> page.choose(film));
      page.tab().waitForTimeout(1000);
      Files.write(film, new byte[(int) Files.size(film)]);
      JsonObject result = page.result();
      assertThat(result.get("code").getAsString()).isIn("file-unreadable", "file-changed");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"form", "multipart"})
  void uploadWaitsForTheLine(String kind) throws Exception {
    try (ModulePage page = open(Map.of("kind", kind))) {
      new UploadPage(page.tab()).throttle(2 << 20);
      page.tab().waitForRequest(oss.endpoint() + "/**", () -> page.choose(film));
      page.tab().waitForTimeout(500);
      page.tab().context().setOffline(true);
      page.tab().waitForTimeout(2000);
      page.tab().context().setOffline(false);
      assertStoredOnce(page.result(), film);
    }
  }

  private static void startServiceWorker(ModulePage page, String script) {
    page.tab()
        .evaluate(
            "async (script) => { await navigator.serviceWorker.register(script);"
                + " await navigator.serviceWorker.ready; }",
            script);
    page.reload();
    assertThat(page.tab().evaluate("() => !!navigator.serviceWorker.controller")).isEqualTo(true);
  }

  private interface Action {
    void run() throws IOException;
  }

  /** Acts before the server answers the first request to that path. */
  private static void beforeAnswer(ModulePage page, String path, Action action) {
    page.tab()
        .route(
            path,
            route -> {
              try {
                action.run();
              } catch (IOException e) {
                throw new AssertionError(e);
              }
              route.resume();
            });
  }

  private static ModulePage open(Map<String, ?> options) throws Exception {
    return ModulePage.open(chromium, application.page(), options);
  }

  private void assertStoredOnce(JsonObject result, Path file) throws Exception {
    assertThat(result.keySet()).as("%s", result).contains("key");
    assertThat(oss.keys()).hasSize(objects + 1);
    assertThat(
            UploadPage.sha256(oss.object(result.get("key").getAsString()).orElseThrow().content()))
        .isEqualTo(UploadPage.sha256(Files.newInputStream(file)));
  }
}
