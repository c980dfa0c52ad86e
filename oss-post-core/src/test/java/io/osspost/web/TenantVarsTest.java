package io.osspost.web;

import static io.osspost.web.EndpointFixture.assertProblem;
import static io.osspost.web.EndpointFixture.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.osspost.Download;
import io.osspost.GrantKind;
import io.osspost.OfferLease;
import io.osspost.ProfileSource;
import io.osspost.TenantProfile;
import io.osspost.callback.AnsweringListener;
import io.osspost.callback.UploadAnswer;
import io.osspost.callback.UploadedObject;
import io.osspost.credentials.OssCredentials;
import io.osspost.credentials.OssCredentialsProvider;
import io.osspost.emulator.OssEmulator;
import io.osspost.object.ObjectKey;
import io.osspost.object.OssBucket;
import io.osspost.object.ProfileId;
import io.osspost.profile.Caller;
import io.osspost.profile.UploadProfile;
import io.osspost.settings.Collaborators;
import io.osspost.settings.UploadSettings;
import io.osspost.testsupport.FormPost;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Variables, headers, answers and links of profiles that are found at run time. */
class TenantVarsTest {
  private static final byte[] PHOTO = "a photo".getBytes(UTF_8);
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final String LONG = "x".repeat(63);

  private final List<UploadedObject> events = new CopyOnWriteArrayList<>();
  private final AnsweringListener listener =
      object -> {
        events.add(object);
        return UploadAnswer.of(Map.of("row", events.size()));
      };
  private ProfileId id = new ProfileId("acme", "images");
  private String dir = "uploads/{principal}/";
  private long revision = 1;
  private OssEmulator oss;
  private UploadEndpoints endpoints;

  @BeforeEach
  void start() {
    oss =
        OssEmulator.builder()
            .inMemory()
            .bucket("acme-files")
            .accessKey("LTAIacme", "acme-secret")
            .start();
  }

  @AfterEach
  void stop() {
    endpoints.close();
    oss.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"v4", "v1"})
  void formOfATenantHasThemAll(String version) throws Exception {
    open(version);
    JsonNode grant = json(form("alice", "vars.order", "17").answeredBy(endpoints));
    assertThat(post(grant)).isEqualTo(200);
    JsonNode confirmed = json(confirm(grant));
    assertThat(confirmed.at("/answer/row").asInt()).isEqualTo(1);
    assertThat(json(confirm(grant))).as("repeated").isEqualTo(confirmed);
    requireEventAndHeaders();
  }

  @ParameterizedTest
  @ValueSource(strings = {"v4", "v1"})
  void uploadInPartsOfATenantHasThemAll(String version) throws Exception {
    open(version);
    JsonNode upload = json(start("alice", "17"));
    HttpRequest part =
        HttpRequest.newBuilder(URI.create(upload.at("/urls/0/url").asText()))
            .PUT(BodyPublishers.ofByteArray(PHOTO))
            .build();
    assertThat(HTTP.send(part, BodyHandlers.discarding()).statusCode()).isEqualTo(200);
    JsonNode stored =
        json(
            step("complete", "alice")
                .parameter("ticket", upload.get("ticket").asText())
                .answeredBy(endpoints));
    assertThat(stored.at("/answer/row").asInt()).isEqualTo(1);
    requireEventAndHeaders();
  }

  private void requireEventAndHeaders() {
    UploadedObject event = events.get(0);
    assertThat(events).hasSize(1);
    assertThat(event.profileId()).contains(id);
    assertThat(event.profile()).isEqualTo("images");
    assertThat(event.vars()).isEqualTo(Map.of("order", "17"));
    assertThat(event.filename()).contains("我的照片.png");
    assertThat(oss.object("acme-files", event.key().value()).orElseThrow().headers())
        .containsEntry("Cache-Control", "max-age=60");
  }

  @Test
  void unknownVariableOfATenantIsRefused() {
    open("v4");
    assertProblem(form("alice", "vars.other", "17").answeredBy(endpoints), 400, "bad-parameter");
  }

  /** The configured profile of that name is in another bucket, with another key. */
  @ParameterizedTest
  @ValueSource(strings = {"v4", "v1"})
  void linkIsSignedWithTheKeyOfTheTenant(String version) throws Exception {
    open(version);
    JsonNode grant = json(form("alice", "vars.order", "17").answeredBy(endpoints));
    assertThat(post(grant)).isEqualTo(200);
    Download download =
        Download.of(new ObjectKey(grant.get("key").asText())).savedAs("合同.png").type("image/png");
    URI link;
    try (OfferLease lease =
        endpoints.grants().lease("images", Caller.named("alice"), form("alice")).orElseThrow()) {
      link = lease.offer().link(download).url();
    }
    assertThat(link.toString()).contains("/acme-files/", "LTAIacme");
    HttpResponse<byte[]> answer = get(link);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(PHOTO);
    assertThat(answer.headers().firstValue("Content-Disposition").orElseThrow())
        .contains("filename*=UTF-8''%E5%90%88%E5%90%8C.png");
    URI bare = URI.create(link.toString().substring(0, link.toString().indexOf('?')));
    assertThat(get(bare).statusCode()).as("without a signature").isEqualTo(403);
  }

  /** With the longest directory that is accepted, the longest caller and variables have room. */
  @Test
  void longestTicketIncludesTheTenant() {
    open("v4");
    int withShortId = longestDirectory(new ProfileId("a", "images"));
    int withLongId = longestDirectory(new ProfileId(LONG, LONG));
    int bytesMore = 2 * 63 - "aimages".length();
    assertThat(withShortId - withLongId)
        .as("the directory is in the ticket once")
        .isEqualTo(bytesMore);

    directory(withLongId);
    String caller = "x".repeat(200);
    String order = "x".repeat(512 - "order".length());
    JsonNode form = json(form(caller, "vars.order", order).answeredBy(endpoints));
    assertThat(form.get("ticket").asText().length()).isBetween(1_800, 2_048);
    assertThat(json(start(caller, order)).get("ticket").asText().length()).isBetween(1_850, 2_048);
  }

  private int longestDirectory(ProfileId tested) {
    id = tested;
    int accepted = 0;
    int refused = 800;
    while (refused - accepted > 1) {
      int letters = (accepted + refused) / 2;
      directory(letters);
      if (form("alice").answeredBy(endpoints).status() == 200) {
        accepted = letters;
      } else {
        refused = letters;
      }
    }
    return accepted;
  }

  private void directory(int letters) {
    dir = "d".repeat(letters) + "/{principal}/";
    revision++;
  }

  private void open(String version) {
    ProfileSource source =
        (name, caller, request) ->
            Optional.of(
                TenantProfile.builder(
                        id,
                        revision,
                        UploadProfile.builder(name)
                            .bucket(OssBucket.of("acme-files", "cn-hangzhou").at(oss.endpoint()))
                            .dir(dir)
                            .cacheControl("max-age=60")
                            .vars(List.of("order"))
                            .build())
                    .kinds(Set.of(GrantKind.POST, GrantKind.MULTIPART))
                    .credentials(
                        OssCredentialsProvider.of(OssCredentials.of("LTAIacme", "acme-secret")))
                    .build());
    Map<String, String> settings = new HashMap<>();
    settings.put("bucket", "main-files");
    settings.put("region", "cn-hangzhou");
    settings.put("signature-version", version);
    settings.put("credentials.type", "static");
    settings.put("credentials.access-key-id", "LTAImain");
    settings.put("credentials.access-key-secret", "secret");
    settings.put("profiles.images.grants", "post");
    settings.put("tenants.endpoints", oss.endpoint().toString());
    endpoints =
        UploadSettings.read(settings)
            .open(Collaborators.builder().uploadListener(listener).profileSource(source).build());
  }

  private static FakeRequest form(String caller, String... more) {
    FakeRequest request =
        new FakeRequest("GET", "/get_post_signature_for_oss_upload")
            .principal(caller)
            .parameter("profile", "images")
            .parameter("filename", "我的照片.png");
    for (int i = 0; i < more.length; i += 2) {
      request.parameter(more[i], more[i + 1]);
    }
    return request;
  }

  private WebResponse start(String caller, String order) {
    return step("start", caller)
        .parameter("profile", "images")
        .parameter("filename", "我的照片.png")
        .parameter("size", String.valueOf(PHOTO.length))
        .parameter("vars.order", order)
        .answeredBy(endpoints);
  }

  private static FakeRequest step(String name, String caller) {
    return new FakeRequest("POST", "/oss_multipart_upload/" + name)
        .principal(caller)
        .header("Content-Type", Path.FORM);
  }

  private WebResponse confirm(JsonNode grant) {
    return new FakeRequest("POST", ConfirmEndpoint.PATH)
        .principal("alice")
        .header("Content-Type", Path.FORM)
        .parameter("ticket", grant.get("ticket").asText())
        .answeredBy(endpoints);
  }

  private static int post(JsonNode grant) throws Exception {
    Map<String, String> fields = new LinkedHashMap<>();
    grant.get("fields").properties().forEach(f -> fields.put(f.getKey(), f.getValue().asText()));
    return FormPost.send(URI.create(grant.get("url").asText()), fields, "a.png", "image/png", PHOTO)
        .statusCode();
  }

  private static HttpResponse<byte[]> get(URI url) throws Exception {
    return HTTP.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofByteArray());
  }
}
