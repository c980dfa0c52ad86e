package io.osspost.web;

import static io.osspost.web.EndpointFixture.assertProblem;
import static io.osspost.web.EndpointFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.osspost.callback.UploadedObject;
import io.osspost.emulator.OssEmulator;
import io.osspost.settings.Collaborators;
import io.osspost.settings.UploadSettings;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The path at which a page reports that its upload is done. */
class ConfirmEndpointTest {
  private static final String PHOTO = "a photo";

  private final HttpClient http = HttpClient.newHttpClient();
  private final List<UploadedObject> events = new CopyOnWriteArrayList<>();
  private OssEmulator oss;
  private UploadEndpoints endpoints;

  @BeforeEach
  void start() {
    oss = OssEmulator.builder().inMemory().start();
    endpoints =
        open(
            Map.of(
                "profiles.default.grants", "post, put, multipart",
                "profiles.shared.dir", "all/",
                "profiles.silent.callback", "false"));
  }

  @AfterEach
  void stop() {
    endpoints.close();
    oss.close();
  }

  @Test
  void uploadByFormIsReportedOnce() throws Exception {
    JsonNode grant = json(grant("filename", "a.png"));
    assertProblem(confirm(grant), 409, "not-stored-yet");
    assertThat(events).isEmpty();
    assertThat(post(grant, "")).isEqualTo(200);

    JsonNode stored = json(confirm(grant));
    assertThat(stored.get("key")).isEqualTo(grant.get("key"));
    assertThat(stored.get("size").asLong()).isEqualTo(PHOTO.length());
    assertThat(stored.get("type").asText()).isEqualTo("image/png");
    assertThat(json(confirm(grant))).isEqualTo(stored);
    assertThat(events).hasSize(1);
    assertThat(events.get(0).key().value()).isEqualTo(grant.get("key").asText());
    assertThat(events.get(0).caller().principal()).contains("alice");
  }

  @Test
  void uploadByPutIsReported() throws Exception {
    JsonNode grant =
        json(
            new FakeRequest("GET", "/get_presigned_url_for_oss_upload")
                .principal("alice")
                .parameter("filename", "a.png")
                .answeredBy(endpoints));
    HttpRequest.Builder put =
        HttpRequest.newBuilder(URI.create(grant.get("url").asText()))
            .PUT(BodyPublishers.ofString(PHOTO));
    grant
        .get("headers")
        .properties()
        .forEach(header -> put.header(header.getKey(), header.getValue().asText()));
    assertThat(http.send(put.build(), BodyHandlers.discarding()).statusCode()).isEqualTo(200);
    assertThat(confirm(grant).status()).isEqualTo(200);
    assertThat(events).hasSize(1);
  }

  @Test
  void pageNamesTheObjectOfADirectoryGrant() throws Exception {
    JsonNode grant = json(grant("profile", "default"));
    String key = grant.at("/limits/keyPrefix").asText() + "mine.png";
    assertThat(post(grant, key)).isEqualTo(200);
    assertProblem(confirm(grant), 400, "bad-parameter");
    assertProblem(confirm(grant, "key", "elsewhere/mine.png"), 400, "bad-parameter");
    assertProblem(confirm(grant, "key", ""), 400, "bad-parameter");
    assertProblem(confirm(grant, "key", key + "x"), 409, "not-stored-yet");
    assertThat(json(confirm(grant, "key", key)).get("key").asText()).isEqualTo(key);
    assertThat(events).hasSize(1);
  }

  @Test
  void objectOfAnotherGrantIsNotConfirmed() throws Exception {
    JsonNode one = json(grant("profile", "shared"));
    JsonNode other = json(grant("profile", "shared"));
    String key = one.at("/limits/keyPrefix").asText() + "mine.png";
    assertThat(post(one, key)).isEqualTo(200);
    assertProblem(confirm(other, "key", key), 409, "not-stored-yet");
    assertThat(events).isEmpty();
  }

  @Test
  void ticketServesItsCallerAndItsKindOnly() throws Exception {
    JsonNode grant = json(grant("filename", "a.png"));
    post(grant, "");
    String ticket = grant.get("ticket").asText();
    assertProblem(
        request().principal("bob").parameter("ticket", ticket).answeredBy(endpoints),
        403,
        "ticket-of-another-caller");
    assertProblem(
        request().parameter("ticket", ticket).answeredBy(endpoints), 401, "not-authenticated");
    assertProblem(request().principal("alice").answeredBy(endpoints), 400, "bad-parameter");
    assertProblem(
        request().principal("alice").query("ticket=" + ticket).answeredBy(endpoints),
        400,
        "bad-parameter");
    JsonNode parts =
        json(
            new FakeRequest("POST", "/oss_multipart_upload/start")
                .header("Content-Type", Path.FORM)
                .principal("alice")
                .parameter("filename", "a.png")
                .parameter("size", "7")
                .answeredBy(endpoints));
    assertProblem(confirm(parts), 400, "ticket-invalid");
    assertThat(events).isEmpty();
  }

  @Test
  void profileWithoutCallbacksIsNotReported() throws Exception {
    JsonNode grant =
        json(
            new FakeRequest("GET", "/get_post_signature_for_oss_upload")
                .principal("alice")
                .parameter("profile", "silent")
                .parameter("filename", "a.png")
                .answeredBy(endpoints));
    assertThat(post(grant, "")).isEqualTo(200);
    assertProblem(confirm(grant), 403, "grant-not-offered");
    assertThat(events).isEmpty();
  }

  @Test
  void unreachableOssIsTemporary() throws Exception {
    JsonNode grant = json(grant("filename", "a.png"));
    oss.close();
    WebResponse response = confirm(grant);
    assertProblem(response, 503, "not-confirmed");
    assertThat(response.headers()).containsKey("Retry-After");
  }

  @Test
  void thereIsNoPathWithoutTheMark() {
    for (String setting : new String[] {"mark=false", "callback.confirm=off"}) {
      String[] pair = setting.split("=", 2);
      try (UploadEndpoints silent = open(Map.of(pair[0], pair[1]))) {
        assertThat(silent.paths()).as(setting).doesNotContain("/oss_upload_confirm");
        assertThat(silent.paths()).contains("/get_upload_limits");
      }
    }
  }

  private UploadEndpoints open(Map<String, String> more) {
    Map<String, String> settings =
        new HashMap<>(
            Map.of(
                "bucket", oss.bucket(),
                "region", oss.region(),
                "endpoint", oss.endpoint().toString(),
                "credentials.type", "static",
                "credentials.access-key-id", oss.accessKeyId(),
                "credentials.access-key-secret", oss.accessKeySecret()));
    settings.putAll(more);
    return UploadSettings.read(settings)
        .open(Collaborators.builder().uploadListener(events::add).build());
  }

  private WebResponse grant(String name, String value) {
    return new FakeRequest("GET", "/get_post_signature_for_oss_upload")
        .principal("alice")
        .parameter(name, value)
        .answeredBy(endpoints);
  }

  private static FakeRequest request() {
    return new FakeRequest("POST", "/oss_upload_confirm").header("Content-Type", Path.FORM);
  }

  private WebResponse confirm(JsonNode grant, String... more) {
    FakeRequest request =
        request().principal("alice").parameter("ticket", grant.get("ticket").asText());
    for (int i = 0; i < more.length; i += 2) {
      request.parameter(more[i], more[i + 1]);
    }
    return request.answeredBy(endpoints);
  }

  /** Posts the photo with the granted fields; {@code key} is empty if the server named it. */
  private int post(JsonNode grant, String key) throws Exception {
    Map<String, String> fields = new HashMap<>();
    grant.get("fields").properties().forEach(f -> fields.put(f.getKey(), f.getValue().asText()));
    if (!key.isEmpty()) {
      fields.put("key", key);
      fields.put("Content-Type", "image/png");
      fields.put("x-oss-content-type", "image/png");
    }
    StringBuilder form = new StringBuilder();
    String head = "--b\r\nContent-Disposition: form-data; name=";
    fields.forEach(
        (name, value) -> form.append(head).append('"' + name + "\"\r\n\r\n" + value + "\r\n"));
    form.append(head).append("\"file\"; filename=\"a.png\"\r\n");
    form.append("Content-Type: image/png\r\n\r\n").append(PHOTO).append("\r\n--b--\r\n");
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(grant.get("url").asText()))
            .header("Content-Type", "multipart/form-data; boundary=b")
            .POST(BodyPublishers.ofString(form.toString()))
            .build();
    return http.send(request, BodyHandlers.discarding()).statusCode();
  }
}
