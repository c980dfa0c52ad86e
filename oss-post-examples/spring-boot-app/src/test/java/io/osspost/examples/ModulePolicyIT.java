package io.osspost.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.osspost.emulator.OssEmulator;
import io.osspost.testsupport.Chromium;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The browser module under strict Content-Security-Policies, in pages and in workers. */
class ModulePolicyIT {
  private static final String TRUSTED =
      "; require-trusted-types-for 'script'; trusted-types oss-post";

  @TempDir static Path directory;
  @AutoClose private static Chromium chromium;
  @AutoClose private static OssEmulator oss;
  @AutoClose private static RunningApplication application;
  private static Path note;
  private static Path film;

  @BeforeAll
  static void start() throws Exception {
    chromium = Chromium.launch();
    oss = OssEmulator.builder().start();
    application =
        RunningApplication.start(
            oss,
            oss.accessKeyId(),
            oss.accessKeySecret(),
            "",
            "oss.post.profiles.default.grants=post,multipart",
            "oss.post.multipart.part-size=1MB",
            "spring.web.resources.static-locations=file:src/test/resources/static/,"
                + directory.toUri());
    note = Files.writeString(directory.resolve("note.txt"), "Grüße aus 杭州");
    film = UploadPage.writeRandom(directory.resolve("film.mp4"), (6 << 20) + 4711);
  }

  @ParameterizedTest
  @ValueSource(strings = {"page", "worker"})
  void uploadsUnderTheDocumentedPolicy(String from) throws Exception {
    try (ModulePage page =
        open(
            policy("'self' " + oss.endpoint()) + TRUSTED + (from.equals("page") ? "" : " page"),
            Map.of("checksum", true, "from", from))) {
      List<String> workers = workersOf(page);
      storedEqually(page.send(note), note);
      assertThat(workers).as("workers of a form").noneMatch(url -> url.endsWith("crc64.js"));
      page.reload();
      storedEqually(page.send(film), film);
      if (from.equals("page")) {
        assertThat(workers).as("workers of parts").containsExactly(moduleUrl("crc64.js"));
      }
      assertThat(page.violations()).isEmpty();
    }
  }

  /** The page then computes the checksums itself. */
  @Test
  void uploadsWithoutItsTrustedType() throws Exception {
    try (ModulePage page =
        open(
            policy("'self' " + oss.endpoint())
                + "; require-trusted-types-for 'script'; trusted-types page",
            Map.of("checksum", true))) {
      List<String> workers = workersOf(page);
      storedEqually(page.send(note), note);
      page.reload();
      storedEqually(page.send(film), film);
      assertThat(workers).isEmpty();
    }
  }

  @Test
  void uploadsWithoutWorkers() throws Exception {
    try (ModulePage page =
        open(
            policy("'self' " + oss.endpoint()).replace("worker-src 'self'", "worker-src 'none'"),
            Map.of("checksum", true))) {
      storedEqually(page.send(film), film);
      assertThat(page.violations()).contains("worker-src");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"note.txt", "film.mp4"})
  void namesThePolicyThatBlocksTheBucket(String name) throws Exception {
    int objects = oss.keys().size();
    try (ModulePage page = open(policy("'self'") + TRUSTED, Map.of())) {
      JsonObject result = page.send(directory.resolve(name));
      assertThat(result.get("code").getAsString()).isEqualTo("blocked-by-csp");
      assertThat(result.get("message").getAsString())
          .contains("Add " + oss.endpoint() + " to its connect-src.");
      assertThat(result.get("retries").getAsInt()).isZero();
      assertThat(oss.keys()).hasSize(objects);
    }
  }

  @Test
  void namesThePolicyThatBlocksTheServer() throws Exception {
    try (ModulePage page = open(policy(oss.endpoint().toString()) + TRUSTED, Map.of())) {
      JsonObject result = page.send(note);
      assertThat(result.get("code").getAsString()).isEqualTo("blocked-by-csp");
      assertThat(result.get("retries").getAsInt()).isZero();
    }
  }

  private static String policy(String connections) {
    return "default-src 'none'; script-src 'self'; worker-src 'self'; connect-src " + connections;
  }

  private static ModulePage open(String contentPolicy, Map<String, ?> options) throws IOException {
    String name = ModulePage.withPolicy(contentPolicy, directory);
    return ModulePage.open(chromium, application.url(""), name, options);
  }

  private static List<String> workersOf(ModulePage page) {
    List<String> urls = new CopyOnWriteArrayList<>();
    page.tab().onWorker(worker -> urls.add(worker.url()));
    return urls;
  }

  private static String moduleUrl(String name) {
    return application.url("oss-post/" + name);
  }

  private static void storedEqually(JsonObject result, Path file) throws Exception {
    assertThat(result.keySet()).as("%s", result).contains("key");
    assertThat(
            UploadPage.sha256(oss.object(result.get("key").getAsString()).orElseThrow().content()))
        .isEqualTo(UploadPage.sha256(Files.newInputStream(file)));
  }
}
