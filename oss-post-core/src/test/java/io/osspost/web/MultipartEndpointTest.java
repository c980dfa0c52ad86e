package io.osspost.web;

import static io.osspost.web.EndpointFixture.assertProblem;
import static io.osspost.web.EndpointFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.osspost.emulator.OssEmulator;
import io.osspost.settings.UploadSettings;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The five steps of an upload in parts, as a page requests them. */
class MultipartEndpointTest {
  private static final int PART = 100 << 10;

  private final HttpClient http = HttpClient.newHttpClient();
  private OssEmulator oss;
  private UploadEndpoints endpoints;

  @BeforeEach
  void start() {
    oss = OssEmulator.builder().inMemory().start();
    Map<String, String> settings =
        new HashMap<>(
            Map.of(
                "bucket", oss.bucket(),
                "region", oss.region(),
                "endpoint", oss.endpoint().toString(),
                "credentials.type", "static",
                "credentials.access-key-id", oss.accessKeyId(),
                "credentials.access-key-secret", oss.accessKeySecret(),
                "multipart.part-size", "100KB",
                "profiles.default.grants", "post, multipart",
                "profiles.default.max-size", "10GB"));
    settings.put("profiles.any.grants", "multipart");
    settings.put("profiles.any.min-size", "0");
    settings.put("profiles.editors.grants", "multipart");
    settings.put("profiles.editors.roles", "editor");
    endpoints = UploadSettings.read(settings).open();
  }

  @AfterEach
  void stop() {
    endpoints.close();
    oss.close();
  }

  @Test
  void pageSendsPartsAndTheServerCompletesThem() throws Exception {
    JsonNode upload = json(started(2 * PART + 5));
    assertThat(upload.get("partSize").asLong()).isEqualTo(PART);
    assertThat(upload.get("partCount").asInt()).isEqualTo(3);
    String ticket = upload.get("ticket").asText();
    put(upload.get("urls").get(0), PART);
    put(upload.get("urls").get(2), 5);

    WebResponse early = step("complete", "ticket", ticket);
    assertProblem(early, 409, "parts-missing");
    assertThat(json(early).get("parts")).hasSize(1).allMatch(part -> part.asInt() == 2);

    JsonNode second = json(step("sign", "ticket", ticket, "parts", "2")).get("urls").get(0);
    assertThat(second.get("number").asInt()).isEqualTo(2);
    put(second, PART);
    assertThat(json(step("parts", "ticket", ticket)).get("parts")).hasSize(3);

    JsonNode stored = json(step("complete", "ticket", ticket));
    assertThat(stored.get("size").asLong()).isEqualTo(2 * PART + 5);
    assertThat(stored.get("type").asText()).isEqualTo("video/mp4");
    assertThat(oss.object(stored.get("key").asText())).isPresent();
    assertProblem(step("abort", "ticket", ticket), 409, "already-stored");
  }

  @Test
  void abortedUploadIsGone() {
    String ticket = json(started(PART)).get("ticket").asText();
    assertThat(step("abort", "ticket", ticket).status()).isEqualTo(204);
    assertThat(step("abort", "ticket", ticket).status()).isEqualTo(204);
    assertProblem(step("complete", "ticket", ticket), 410, "upload-gone");
  }

  @Test
  void ticketServesItsCallerOnly() {
    String ticket = json(started(PART)).get("ticket").asText();
    for (String step : new String[] {"parts", "complete", "abort"}) {
      assertProblem(
          post(step).parameter("ticket", ticket).principal("bob").answeredBy(endpoints),
          403,
          "ticket-of-another-caller");
    }
    assertProblem(
        post("parts").parameter("ticket", ticket).answeredBy(endpoints), 401, "not-authenticated");
  }

  @Test
  void revokedRoleEndsTheUpload() {
    FakeRequest start =
        post("start").principal("alice").role("editor").parameter("profile", "editors");
    String ticket =
        json(start.parameter("filename", "a.mp4").parameter("size", "3").answeredBy(endpoints))
            .get("ticket")
            .asText();
    assertThat(
            post("parts")
                .principal("alice")
                .role("editor")
                .parameter("ticket", ticket)
                .answeredBy(endpoints)
                .status())
        .isEqualTo(200);
    for (String step : new String[] {"sign", "parts", "complete", "abort"}) {
      assertProblem(step(step, "ticket", ticket, "parts", "1"), 403, "not-allowed");
    }
  }

  @Test
  void emptyFileHasNoParts() {
    assertProblem(
        step("start", "profile", "any", "filename", "a.mp4", "size", "0"), 400, "file-too-small");
  }

  @ParameterizedTest
  @CsvSource({"crc64, abc", "crc64, -1", "crc64, 18446744073709551616", "CRC64, 1", "crc_64, 1"})
  void checksumThatIsNotOneIsRefused(String name, String value) {
    String ticket = json(started(PART)).get("ticket").asText();
    assertProblem(step("complete", "ticket", ticket, name, value), 400, "bad-parameter");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "4", "10001", "1,99", "1;2", "-1", "1,", "x"})
  void onlyPartsOfTheUploadAreSigned(String numbers) {
    String ticket = json(started(2 * PART + 5)).get("ticket").asText();
    assertProblem(step("sign", "ticket", ticket, "parts", numbers), 400, "bad-parameter");
  }

  @ParameterizedTest
  @CsvSource({
    "size, 0, 400, file-too-small",
    "size, 99999999999, 413, file-too-large",
    "type, text/html, 415, type-not-allowed",
    "profile, other, 404, unknown-profile"
  })
  void filesThatTheProfileForbidsAreNotStarted(String name, String value, int status, String code) {
    FakeRequest request =
        post("start").principal("alice").parameter("filename", "a.mp4").parameter("size", "3");
    assertProblem(request.parameter(name, value).answeredBy(endpoints), status, code);
  }

  @Test
  void stepsArePostsWithoutQuery() {
    assertProblem(
        new FakeRequest("GET", "/oss_multipart_upload/parts")
            .principal("alice")
            .answeredBy(endpoints),
        405,
        "method-not-allowed");
    assertProblem(
        post("parts").query("ticket=x").principal("alice").answeredBy(endpoints),
        400,
        "bad-parameter");
    assertProblem(step("complete", "ticket", "bm90IGEgdGlja2V0"), 400, "ticket-invalid");
    WebResponse options =
        new FakeRequest("OPTIONS", "/oss_multipart_upload/parts").answeredBy(endpoints);
    assertThat(options.headers()).containsEntry("Allow", "POST, OPTIONS");
    WebResponse json =
        post("parts")
            .header("Content-Type", "application/json")
            .principal("alice")
            .answeredBy(endpoints);
    assertProblem(json, 415, "unsupported-media-type");
    assertThat(json(json).get("fix").asText()).doesNotContain("query");
  }

  @Test
  void formOfAProfileForLargeFilesIsLimitedTo5Gb() {
    JsonNode grant =
        json(
            new FakeRequest("GET", "/get_post_signature_for_oss_upload")
                .principal("alice")
                .answeredBy(endpoints));
    assertThat(grant.at("/limits/maxSize").asLong()).isEqualTo(5L << 30);
    assertProblem(
        new FakeRequest("GET", "/get_post_signature_for_oss_upload")
            .principal("alice")
            .parameter("filename", "a.mp4")
            .parameter("size", Long.toString((5L << 30) + 1))
            .answeredBy(endpoints),
        413,
        "file-too-large");
  }

  private WebResponse started(long size) {
    return step("start", "filename", "a.mp4", "size", Long.toString(size), "type", "video/mp4");
  }

  private WebResponse step(String step, String... parameters) {
    FakeRequest request = post(step).principal("alice");
    for (int i = 0; i < parameters.length; i += 2) {
      request.parameter(parameters[i], parameters[i + 1]);
    }
    return request.answeredBy(endpoints);
  }

  private static FakeRequest post(String step) {
    return new FakeRequest("POST", "/oss_multipart_upload/" + step)
        .header("Content-Type", "application/x-www-form-urlencoded")
        .query("");
  }

  private void put(JsonNode part, int size) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(part.get("url").asText()))
            .PUT(BodyPublishers.ofByteArray(new byte[size]))
            .build();
    assertThat(http.send(request, BodyHandlers.discarding()).statusCode()).isEqualTo(200);
  }
}
