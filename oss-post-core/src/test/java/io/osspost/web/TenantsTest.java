package io.osspost.web;

import static io.osspost.web.EndpointFixture.assertProblem;
import static io.osspost.web.EndpointFixture.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.osspost.callback.UploadedObject;
import io.osspost.emulator.OssEmulator;
import io.osspost.settings.Collaborators;
import io.osspost.settings.UploadSettings;
import io.osspost.testsupport.FormPost;
import io.osspost.web.TenantTable.Row;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Profiles of tenants that are found at run time, with buckets and keys of their own. */
class TenantsTest {
  private static final byte[] PHOTO = "a photo".getBytes(UTF_8);

  private final List<UploadedObject> events = new CopyOnWriteArrayList<>();
  private final TenantTable table = new TenantTable();
  private OssEmulator oss;
  private UploadEndpoints endpoints;

  @BeforeEach
  void start() {
    oss =
        OssEmulator.builder()
            .inMemory()
            .bucket("acme-files")
            .bucket("acme-new")
            .bucket("globex-files")
            .accessKey("LTAIacme", "acme-secret")
            .accessKey("LTAIglobex", "globex-secret")
            .start();
    table.put("acme", row("acme-files", "acme"));
    table.put("globex", row("globex-files", "globex"));
    endpoints = open(Map.of("tenants.endpoints", oss.endpoint().toString()));
  }

  @AfterEach
  void stop() {
    endpoints.close();
    oss.close();
  }

  @Test
  void grantIsForBucketAndKeyOfTheTenant() throws Exception {
    for (String tenant : List.of("acme", "globex")) {
      JsonNode grant = json(grant(tenant, "images"));
      assertThat(grant.get("url").asText()).contains("/" + tenant + "-files");
      assertThat(grant.at("/fields/x-oss-credential").asText()).startsWith("LTAI" + tenant + "/");
      assertThat(post(grant)).isEqualTo(200);
      assertThat(oss.keys(tenant + "-files")).containsExactly(grant.get("key").asText());
      assertThat(json(confirm(tenant, grant)).get("key")).isEqualTo(grant.get("key"));
    }
    assertThat(events)
        .extracting(event -> event.profileId().orElseThrow().toString())
        .containsExactly("acme/images", "globex/images");
    assertThat(endpoints.grants().cachedProfiles()).isEqualTo(2);
    assertThat(table.opened).hasValue(2);
  }

  @Test
  void configuredProfileServesOtherHosts() {
    JsonNode grant = json(grant("elsewhere", "images"));
    assertThat(grant.get("url").asText()).contains("/main-files");
    assertProblem(grant("elsewhere", "unknown"), 404, "unknown-profile");
  }

  @Test
  void sourceSeesNoMalformedName() {
    for (String name : List.of("../images", "a'--", "", "X", "é", "a\nb")) {
      assertThat(grant("acme", name).status()).isIn(400, 404);
    }
    assertThat(table.asked).isEmpty();
  }

  @Test
  void changedBucketRefusesOldTickets() throws Exception {
    JsonNode form = json(grant("acme", "images"));
    assertThat(post(form)).isEqualTo(200);
    JsonNode parts = json(start("acme"));
    table.put("acme", row("acme-new", "acme"));

    assertProblem(confirm("acme", form), 409, "profile-changed");
    assertProblem(retry("acme", form), 409, "profile-changed");
    for (String step : List.of("sign", "parts", "complete", "abort")) {
      assertProblem(step("acme", step, parts), 409, "profile-changed");
    }
    assertThat(json(grant("acme", "images")).get("url").asText()).contains("/acme-new");
    assertThat(events).isEmpty();
  }

  @Test
  void changedLimitKeepsTheTicketsOfTheSameBucket() throws Exception {
    JsonNode form = json(grant("acme", "images"));
    assertThat(post(form)).isEqualTo(200);
    JsonNode parts = json(start("acme"));
    table.put("acme", new Row("acme-files", oss.endpoint(), "LTAIacme", "acme-secret", 9_000_000));

    assertThat(confirm("acme", form).status()).isEqualTo(200);
    assertThat(step("acme", "sign", parts).status()).isEqualTo(200);
    assertThat(events).hasSize(1);
  }

  @Test
  void ticketOfAnotherTenantIsRefused() throws Exception {
    JsonNode form = json(grant("acme", "images"));
    assertThat(post(form)).isEqualTo(200);
    JsonNode parts = json(start("acme"));

    for (String other : List.of("globex", "elsewhere")) {
      assertProblem(confirm(other, form), 409, "profile-changed");
      assertProblem(retry(other, form), 409, "profile-changed");
      assertProblem(step(other, "sign", parts), 409, "profile-changed");
    }
    // Even if both tenants share a bucket.
    table.put("globex", row("acme-files", "acme"));
    assertProblem(confirm("globex", form), 409, "profile-changed");
    assertProblem(step("globex", "complete", parts), 409, "profile-changed");
    assertThat(events).isEmpty();
  }

  @Test
  void deletedTenantRefusesItsTickets() throws Exception {
    JsonNode form = json(grant("acme", "images"));
    assertThat(post(form)).isEqualTo(200);
    table.remove("acme");
    assertProblem(confirm("acme", form), 409, "profile-changed");
    assertThat(json(grant("acme", "images")).get("url").asText())
        .as("the configured profile")
        .contains("/main-files");
  }

  @Test
  void uploadInPartsUsesTheTenantsKey() throws Exception {
    JsonNode parts = json(start("acme"));
    HttpRequest put =
        HttpRequest.newBuilder(URI.create(parts.at("/urls/0/url").asText()))
            .PUT(BodyPublishers.ofByteArray(PHOTO))
            .build();
    assertThat(put.uri().getQuery()).contains("x-oss-credential=LTAIacme/");
    assertThat(HttpClient.newHttpClient().send(put, BodyHandlers.discarding()).statusCode())
        .isEqualTo(200);
    JsonNode stored = json(step("acme", "complete", parts));
    assertThat(oss.keys("acme-files")).containsExactly(stored.get("key").asText());
    assertThat(events).hasSize(1);
  }

  @Test
  void limitsAreThoseOfTheTenant() {
    table.put("acme", new Row("acme-files", oss.endpoint(), "LTAIacme", "acme-secret", 12_345));
    JsonNode limits =
        json(
            new FakeRequest("GET", "/get_upload_limits")
                .principal("alice")
                .header("Host", "acme.example.com")
                .parameter("profile", "images")
                .answeredBy(endpoints));
    assertThat(limits.get("maxSize").asLong()).isEqualTo(12_345);
  }

  private Row row(String bucket, String tenant) {
    return new Row(bucket, oss.endpoint(), "LTAI" + tenant, tenant + "-secret", 1_000_000);
  }

  private UploadEndpoints open(Map<String, String> more) {
    Map<String, String> settings = new HashMap<>();
    settings.put("bucket", "main-files");
    settings.put("region", "cn-hangzhou");
    settings.put("endpoint", oss.endpoint().toString());
    settings.put("credentials.type", "static");
    settings.put("credentials.access-key-id", "LTAIacme");
    settings.put("credentials.access-key-secret", "acme-secret");
    settings.put("profiles.images.grants", "post, put, multipart");
    settings.putAll(more);
    return UploadSettings.read(settings)
        .open(Collaborators.builder().uploadListener(events::add).profileSource(table).build());
  }

  private WebResponse grant(String tenant, String profile) {
    return request("GET", "/get_post_signature_for_oss_upload", tenant)
        .parameter("profile", profile)
        .parameter("filename", "a.png")
        .answeredBy(endpoints);
  }

  private WebResponse retry(String tenant, JsonNode grant) {
    return request("GET", "/get_post_signature_for_oss_upload", tenant)
        .parameter("profile", "images")
        .parameter("filename", "a.png")
        .parameter("retry", grant.get("ticket").asText())
        .answeredBy(endpoints);
  }

  private WebResponse confirm(String tenant, JsonNode grant) {
    return request("POST", "/oss_upload_confirm", tenant)
        .parameter("ticket", grant.get("ticket").asText())
        .answeredBy(endpoints);
  }

  private WebResponse start(String tenant) {
    return request("POST", "/oss_multipart_upload/start", tenant)
        .parameter("profile", "images")
        .parameter("filename", "a.png")
        .parameter("size", String.valueOf(PHOTO.length))
        .answeredBy(endpoints);
  }

  private WebResponse step(String tenant, String step, JsonNode parts) {
    FakeRequest request =
        request("POST", "/oss_multipart_upload/" + step, tenant)
            .parameter("ticket", parts.get("ticket").asText());
    return (step.equals("sign") ? request.parameter("parts", "1") : request).answeredBy(endpoints);
  }

  private static FakeRequest request(String method, String path, String tenant) {
    FakeRequest request =
        new FakeRequest(method, path).principal("alice").header("Host", tenant + ".example.com");
    return method.equals("POST") ? request.header("Content-Type", Path.FORM) : request;
  }

  private static int post(JsonNode grant) throws Exception {
    Map<String, String> fields = new LinkedHashMap<>();
    grant.get("fields").properties().forEach(f -> fields.put(f.getKey(), f.getValue().asText()));
    return FormPost.send(URI.create(grant.get("url").asText()), fields, "a.png", "image/png", PHOTO)
        .statusCode();
  }
}
