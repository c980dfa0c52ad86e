package io.osspost.web;

import static io.osspost.web.EndpointFixture.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.osspost.callback.ReportSource;
import io.osspost.callback.UploadListener;
import io.osspost.callback.UploadedObject;
import io.osspost.emulator.OssEmulator;
import io.osspost.ledger.GrantState;
import io.osspost.ledger.LedgerView;
import io.osspost.ledger.MemoryLedger;
import io.osspost.settings.Collaborators;
import io.osspost.settings.InvalidSettingException;
import io.osspost.settings.UploadSettings;
import io.osspost.testsupport.FormPost;
import io.osspost.testsupport.LoggedLines;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Endpoints with a ledger, as settings open them. */
class RecordedGrantsTest {
  private final List<UploadedObject> events = new CopyOnWriteArrayList<>();
  private final MemoryLedger ledger = new MemoryLedger();
  private OssEmulator oss;

  @BeforeEach
  void start() {
    oss = OssEmulator.builder().inMemory().start();
  }

  @AfterEach
  void stop() {
    oss.close();
  }

  @Test
  void sweepReportsUploadWhosePageWasClosed() throws Exception {
    LedgerView view;
    try (UploadEndpoints endpoints =
        open("ledger.grace", "1s", "ledger.interval", "1s", "profiles.default.validity", "6s")) {
      JsonNode grant = EndpointFixture.json(grant(endpoints));
      assertThat(ledger.states()).containsExactly(GrantState.OPEN);
      Map<String, String> fields = new HashMap<>();
      grant.get("fields").properties().forEach(f -> fields.put(f.getKey(), f.getValue().asText()));
      URI url = URI.create(grant.get("url").asText());
      byte[] photo = "a photo".getBytes(StandardCharsets.UTF_8);
      assertThat(FormPost.send(url, fields, "a.png", "image/png", photo).statusCode())
          .isEqualTo(200);
      await().atMost(Duration.ofSeconds(20)).until(() -> !events.isEmpty());
      assertThat(events.get(0).caller().principal()).contains("alice");
      await().until(() -> ledger.waiting() == 0);
      assertThat(ledger.states()).containsExactly(GrantState.REPORTED);
      assertThat(events.get(0).source()).isEqualTo(ReportSource.SWEEP);
      assertThat(sweeps()).isEqualTo(1);
      assertThat(endpoints.ledger().orElseThrow().sweep().running()).isTrue();
      view = endpoints.ledger().orElseThrow();
    }
    assertThat(sweeps()).isZero();
    assertThat(view.sweep().running()).isFalse();
    assertThat(view.sweep().lastPass()).isPresent();
    assertThat(view.reader()).as("a ledger that is not a reader").isEmpty();
  }

  @Test
  void requiredLedgerThatDoesNotAnswerRefusesGrants() {
    try (UploadEndpoints endpoints = open("ledger.required", "true")) {
      ledger.available(false);
      WebResponse response = grant(endpoints);
      assertProblem(response, 503, "store-unavailable");
      assertThat(response.headers()).containsKey("Retry-After");
    }
  }

  @Test
  void ledgerThatDoesNotAnswerIsShownToOperators() {
    try (UploadEndpoints endpoints = open("ledger.interval", "1s")) {
      LedgerView view = endpoints.ledger().orElseThrow();
      await().until(() -> view.sweep().lastPass().isPresent());
      assertThat(view.sweep().problem()).isEmpty();
      ledger.available(false);
      await().until(() -> view.sweep().problem().isPresent());
      assertThat(view.sweep().problem())
          .contains(
              "Uploads are not looked at until the ledger answers: The database does not answer."
                  + " Start it.");
      ledger.available(true);
      await().until(() -> view.sweep().problem().isEmpty());
    }
  }

  @Test
  void imageOfAnotherSiteRecordsNoGrant() {
    try (UploadEndpoints endpoints = open()) {
      String path = "/get_post_signature_for_oss_upload";
      FakeRequest image = new FakeRequest("GET", path).principal("alice");
      assertProblem(
          image.parameter("filename", "a.png").answeredBy(endpoints), 403, "foreign-origin");
      assertThat(ledger.states()).isEmpty();

      FakeRequest directory = new FakeRequest("GET", path).principal("alice");
      assertThat(directory.answeredBy(endpoints).status()).as("not recorded").isEqualTo(200);
      FakeRequest own = new FakeRequest("GET", path).principal("alice");
      own.header("Sec-Fetch-Site", "same-origin").parameter("filename", "a.png");
      assertThat(own.answeredBy(endpoints).status()).isEqualTo(200);
      FakeRequest post = new FakeRequest("POST", path).principal("alice");
      post.header("Content-Type", Path.FORM).parameter("filename", "a.png");
      assertThat(post.answeredBy(endpoints).status()).isEqualTo(200);
      assertThat(ledger.states()).hasSize(2);
    }
  }

  @Test
  void objectsThatCannotBeRecognizedPreventTheStart() {
    assertThatThrownBy(() -> open("mark", "false"))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("mark")
        .hasMessageContaining("ledger");
    assertThatThrownBy(() -> open("callback.confirm", "off"))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("callback.confirm")
        .hasMessageContaining("Write auto or required");
    assertThat(sweeps()).isZero();
  }

  @Test
  void profilesWithUnrecordedGrantsAreWarnedOf() {
    assertThat(warnings("profiles.open.dir", "all/"))
        .anyMatch(line -> line.startsWith("The ledger does not record all uploads of open:"));
    assertThat(warnings("profiles.named.require-filename", "true"))
        .noneMatch(line -> line.contains("ledger"));
    assertThat(warnings("upload-listener", NamedListener.class.getName()))
        .as("the sweep reports uploads")
        .noneMatch(line -> line.contains("hears of no upload"));
    assertThat(warnings("profiles.parts.grants", "multipart"))
        .noneMatch(line -> line.contains("ledger"));
  }

  @Test
  void storeThatIsNotOnTheClassPathIsTold() {
    assertThatThrownBy(() -> open("store.type", "jdbc"))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("store.type")
        .hasMessageContaining("Add the dependency io.osspost:oss-post-store");
    assertThatThrownBy(() -> open("store.type", "redis"))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("There is no store 'redis'. Write jdbc.");
  }

  @Test
  void settingsWithoutLedgerAreWarnedOf() {
    assertThat(
            LoggedLines.warnings(
                UploadSettings.class.getName(),
                () -> UploadSettings.read(settings("ledger.grace", "5m")).open().close()))
        .anyMatch(line -> line.startsWith("ledger.grace has no effect"));
  }

  /** A listener that a setting names. */
  public static final class NamedListener implements UploadListener {
    @Override
    public void uploaded(UploadedObject object) {}
  }

  private List<String> warnings(String... more) {
    return LoggedLines.warnings(UploadSettings.class.getName(), () -> open(more).close());
  }

  private static long sweeps() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("oss-post-sweep"))
        .count();
  }

  private UploadEndpoints open(String... more) {
    return UploadSettings.read(settings(more))
        .open(Collaborators.builder().uploadListener(events::add).ledger(ledger).build());
  }

  private Map<String, String> settings(String... more) {
    Map<String, String> settings =
        new HashMap<>(
            Map.of(
                "bucket", oss.bucket(),
                "region", oss.region(),
                "endpoint", oss.endpoint().toString(),
                "credentials.type", "static",
                "credentials.access-key-id", oss.accessKeyId(),
                "credentials.access-key-secret", oss.accessKeySecret()));
    for (int i = 0; i < more.length; i += 2) {
      settings.put(more[i], more[i + 1]);
    }
    return settings;
  }

  private static WebResponse grant(UploadEndpoints endpoints) {
    return new FakeRequest("GET", "/get_post_signature_for_oss_upload")
        .principal("alice")
        .header("X-Requested-With", "XMLHttpRequest")
        .parameter("filename", "a.png")
        .answeredBy(endpoints);
  }
}
