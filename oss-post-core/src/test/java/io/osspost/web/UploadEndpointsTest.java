package io.osspost.web;

import static io.osspost.web.EndpointFixture.assertProblem;
import static io.osspost.web.EndpointFixture.endpoints;
import static io.osspost.web.EndpointFixture.grants;
import static io.osspost.web.EndpointFixture.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import io.osspost.credentials.CredentialsUnavailableException;
import io.osspost.credentials.OssCredentials;
import io.osspost.settings.UploadSettings;
import java.io.IOException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UploadEndpointsTest {
  private static final String PATH = "/get_post_signature_for_oss_upload";

  private static final String PUT_PATH = "/get_presigned_url_for_oss_upload";
  private static final String TOKEN_PATH = "/get_sts_token_for_oss_upload";

  private final UploadEndpoints endpoints =
      endpoints(() -> OssCredentials.temporary("STS.id", "secret", "CAIStoken"));

  @Test
  void loggedInCallerGetsAGrant() throws IOException {
    WebResponse answer = get().principal("alice").answeredBy(endpoints);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.headers()).containsEntry("Content-Type", "application/json");
    assertThat(json(answer).get("dir").asText()).startsWith("uploads/alice/");
  }

  @Test
  void parametersArriveInThePolicy() throws IOException {
    WebResponse answer =
        get()
            .principal("alice")
            .parameter("format", "form")
            .parameter("filename", "a b.png")
            .parameter("size", "12")
            .parameter("type", "image/png")
            .answeredBy(endpoints);
    assertThat(json(answer).get("key").asText()).startsWith("uploads/alice/").endsWith(".png");
    assertThat(json(answer).get("fields").get("Content-Type").asText()).isEqualTo("image/png");
  }

  @Test
  void postIsAnsweredLikeGetWhenItSendsAForm() {
    FakeRequest post = request("POST").principal("alice");
    assertThat(post.answeredBy(endpoints).status()).isEqualTo(200);
    post.header("Content-Type", "application/x-www-form-urlencoded;charset=UTF-8");
    post.header("Content-Length", "0");
    assertThat(post.answeredBy(endpoints).status()).isEqualTo(200);
    post.header("Content-Type", "application/json");
    assertProblem(post.answeredBy(endpoints), 415, "unsupported-media-type");
  }

  @Test
  void rejectsAnonymousCallers() {
    assertProblem(get().answeredBy(endpoints), 401, "not-authenticated");
  }

  @Test
  void anonymousCallersNeedASetting() throws IOException {
    UploadEndpoints open =
        UploadEndpoints.builder(
                grants(() -> OssCredentials.temporary("STS.id", "secret", "CAIStoken")))
            .authorizer(CallerAuthorizer.anonymousAllowed())
            .build();
    assertThat(get().answeredBy(open).status()).isEqualTo(200);
    assertThat(json(get().principal("bob").answeredBy(open)).get("dir").asText())
        .startsWith("uploads/bob/");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "DELETE", "HEAD", "PATCH", "TRACE"})
  void otherMethodsAreNotAllowed(String method) {
    WebResponse answer = request(method).principal("alice").answeredBy(endpoints);
    assertProblem(answer, 405, "method-not-allowed");
    assertThat(answer.headers()).containsEntry("Allow", "GET, POST, OPTIONS");
  }

  @ParameterizedTest
  @CsvSource({
    "size,12,400,bad-parameter",
    "type,image/png,400,bad-parameter",
    "filename,' ',400,bad-parameter",
    "format,v9,400,bad-parameter",
    "profile,unknown,404,unknown-profile",
    "profile,'../x',404,unknown-profile"
  })
  void oddParametersAreRefused(String name, String value, int status, String code) {
    assertProblem(
        get().principal("alice").parameter(name, value).answeredBy(endpoints), status, code);
  }

  @Test
  void onlyProfileIsTheOneThatRequestsWithoutAProfileMean() throws IOException {
    UploadEndpoints one =
        UploadSettings.read(settings(Map.of("profiles.avatars.dir", "avatars/"))).open();
    UploadEndpoints two =
        UploadSettings.read(
                settings(
                    Map.of("profiles.avatars.dir", "avatars/", "profiles.photos.dir", "photos/")))
            .open();
    try (one;
        two) {
      assertThat(json(get().principal("alice").answeredBy(one)).at("/limits/keyPrefix").asText())
          .isEqualTo("avatars/");
      WebResponse refused = get().principal("alice").answeredBy(two);
      assertProblem(refused, 404, "unknown-profile");
      assertThat(json(refused).get("fix").asText()).startsWith("Send 'profile' with the name");
    }
  }

  private static Map<String, String> settings(Map<String, String> more) {
    Map<String, String> settings =
        new HashMap<>(
            Map.of(
                "bucket", "examplebucket",
                "region", "cn-hangzhou",
                "credentials.type", "static",
                "credentials.access-key-id", "LTAIid",
                "credentials.access-key-secret", "secret"));
    settings.putAll(more);
    return settings;
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "1e3", "", "0x10", "99999999999999999999", "١٢"})
  void aSizeThatIsNoNumberOfBytesIsRefused(String size) {
    assertProblem(
        get()
            .principal("alice")
            .parameter("filename", "a.png")
            .parameter("size", size)
            .answeredBy(endpoints),
        400,
        "bad-parameter");
  }

  @ParameterizedTest
  @ValueSource(strings = {"profile", "filename", "size", "type", "format"})
  void aRepeatedParameterIsRefused(String name) {
    FakeRequest twice = get().principal("alice").parameter("filename", "a.png");
    assertProblem(
        twice.parameter(name, "default", "default").answeredBy(endpoints), 400, "bad-parameter");
  }

  @Test
  void aProfileAnswersOnlyInTheFormatsItOffers() {
    FakeRequest images = get().principal("alice").parameter("profile", "images");
    assertThat(images.answeredBy(endpoints).status()).isEqualTo(200);
    assertProblem(images.parameter("format", "v4").answeredBy(endpoints), 403, "grant-not-offered");
  }

  @Test
  void filesThatDoNotFitAreRefusedWithTheStatusThatFits() {
    FakeRequest file = get().principal("alice").parameter("filename", "a.png");
    assertProblem(file.parameter("size", "99999999").answeredBy(endpoints), 413, "file-too-large");
    assertProblem(file.parameter("size", "0").answeredBy(endpoints), 400, "file-too-small");
    assertProblem(
        file.parameter("size", "5").parameter("type", "text/html").answeredBy(endpoints),
        415,
        "type-not-allowed");
  }

  @Test
  void aPageThatPutsGetsTheBareUrlAndTheKey() {
    WebResponse answer = put("puts").parameter("filename", "a b.png").answeredBy(endpoints);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.headers().get("Content-Type")).startsWith("text/plain");
    String key = answer.headers().get("X-Oss-Post-Key");
    assertThat(key).startsWith("uploads/alice/").endsWith(".png");
    assertThat(new String(answer.body(), UTF_8))
        .startsWith("https://examplebucket.oss-cn-hangzhou.aliyuncs.com/" + key + "?")
        .contains("x-oss-signature=")
        .doesNotContain("additional-headers");
  }

  @Test
  void formatWithHeadersReturnsThem() {
    JsonNode answer =
        json(
            put("private-puts")
                .parameter("filename", "a.png")
                .parameter("format", "form")
                .answeredBy(endpoints));
    assertThat(answer.get("method").asText()).isEqualTo("PUT");
    assertThat(answer.get("headers").toString())
        .contains("\"Content-Type\":\"image/png\"", "\"x-oss-object-acl\":\"private\"")
        .contains("\"x-oss-meta-a\":\"b\"", "\"x-oss-forbid-overwrite\":\"true\"");
    assertProblem(
        put("private-puts")
            .parameter("filename", "a.png")
            .parameter("format", "text")
            .answeredBy(endpoints),
        403,
        "grant-not-offered");
  }

  @ParameterizedTest
  @CsvSource({"a&b.png", "50%.png", "x.jpg", "%E4%BD%A0.png", "a+b.png", "100%zz%2"})
  void aFileNameIsReadAsThePageOfTheTutorialWritesItIntoItsQuery(String filename) {
    WebResponse answer =
        new FakeRequest("GET", PUT_PATH)
            .principal("alice")
            .query("profile=png-puts&filename=" + filename)
            .answeredBy(endpoints);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.headers().get("X-Oss-Post-Key")).endsWith(".png");
  }

  @Test
  void aFormTheContainerCannotReadIsABadRequest() {
    FakeRequest broken =
        new FakeRequest("POST", PATH) {
          @Override
          public Map<String, List<String>> parameters() {
            throw new IllegalStateException("invalid chunk at /srv/secret");
          }
        };
    assertProblem(broken.principal("alice").answeredBy(endpoints), 400, "bad-parameter");
  }

  @Test
  void failureOfTheApplicationIsA500WithoutDetails() {
    UploadEndpoints broken =
        endpoints(
            () -> {
              throw new IllegalStateException("jdbc:mysql://root:pw@db");
            });
    WebResponse answer = get().principal("alice").answeredBy(broken);
    assertProblem(answer, 500, "server-error");
    assertThat(new String(answer.body(), UTF_8)).doesNotContain("jdbc");
  }

  @Test
  void aTokenIsAnsweredAsThePageOfItsTutorialReadsIt() {
    WebResponse answer = token("tokens").answeredBy(endpoints);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(json(answer).get("SecurityToken").asText()).isEqualTo("CAISvended");
    assertThat(json(answer).get("Dir").asText()).isEqualTo("uploads/alice/");
    assertProblem(token("images").answeredBy(endpoints), 403, "grant-not-offered");
    assertProblem(
        token("tokens").parameter("filename", "a.png").answeredBy(endpoints), 400, "bad-parameter");
    assertProblem(
        token("tokens").parameter("format", "form").answeredBy(endpoints), 400, "bad-parameter");
  }

  @Test
  void misfittingCredentialsAreA503WithTheFix() {
    UploadEndpoints longTerm = endpoints(() -> OssCredentials.of("LTAIid", "secret"));
    WebResponse answer = get().principal("alice").answeredBy(longTerm);
    assertProblem(answer, 503, "credentials-do-not-fit-page");
    assertThat(answer.headers()).containsKey("Retry-After");
    assertThat(json(answer).get("fix").asText()).contains("format=form");
    assertThat(get().principal("alice").parameter("format", "form").answeredBy(longTerm).status())
        .isEqualTo(200);
  }

  @Test
  void whatIsGivenIsTheOperatorsChoice() {
    assertProblem(put("images").answeredBy(endpoints), 403, "grant-not-offered");
    assertProblem(
        get().principal("alice").parameter("profile", "puts").answeredBy(endpoints),
        403,
        "grant-not-offered");
    assertProblem(put("puts").answeredBy(endpoints), 400, "bad-parameter");
    assertProblem(
        put("puts").parameter("filename", "a.png").parameter("format", "v4").answeredBy(endpoints),
        400,
        "bad-parameter");
  }

  @Test
  void rateLimitReturnsTheTimeToWait() {
    UploadEndpoints limited =
        UploadEndpoints.builder(
                grants(() -> OssCredentials.temporary("STS.id", "secret", "CAIStoken")))
            .rateLimit(
                caller ->
                    switch (caller.principal().orElse("")) {
                      case "mallory" -> Duration.ofMillis(2300);
                      case "eve" -> ChronoUnit.FOREVER.getDuration();
                      default -> Duration.ZERO;
                    })
            .build();
    WebResponse answer = get().principal("mallory").answeredBy(limited);
    assertProblem(answer, 429, "too-many-requests");
    assertThat(answer.headers()).containsEntry("Retry-After", "3");
    WebResponse forEver = get().principal("eve").answeredBy(limited);
    assertProblem(forEver, 429, "too-many-requests");
    assertThat(forEver.headers()).containsEntry("Retry-After", "31536000");
    assertThat(get().principal("alice").answeredBy(limited).status()).isEqualTo(200);
  }

  @Test
  void everyGrantGivenOrRefusedIsAnEventWithoutSecrets() {
    List<GrantEvent> events = new ArrayList<>();
    UploadEndpoints watched =
        UploadEndpoints.builder(
                grants(() -> OssCredentials.temporary("STS.id", "secret", "CAIStoken")))
            .onGrant(
                event -> {
                  events.add(event);
                  throw new IllegalStateException("a failing listener does not affect a grant");
                })
            .build();
    get().principal("alice").parameter("filename", "a.png").answeredBy(watched);
    get().principal("alice").parameter("profile", "unknown").answeredBy(watched);
    get().answeredBy(watched);
    request("PUT").answeredBy(watched);
    get().header("Origin", "https://evil.example").answeredBy(watched);

    assertThat(events)
        .extracting(
            GrantEvent::kind,
            event -> event.caller().map(Object::toString).orElse("?"),
            event -> event.profile().orElse("?"),
            GrantEvent::outcome)
        .containsExactly(
            tuple("post", "alice", "default", "granted"),
            tuple("post", "alice", "unknown", "unknown-profile"),
            tuple("post", "?", "?", "not-authenticated"),
            tuple("post", "?", "?", "method-not-allowed"),
            tuple("post", "?", "?", "foreign-origin"));
    assertThat(events.get(0).object().orElseThrow()).startsWith("uploads/alice/").endsWith(".png");
    assertThat(events.toString()).doesNotContain("secret", "CAIStoken");
    assertThat(events).allSatisfy(event -> assertThat(event.took()).isPositive());
  }

  @Test
  void closingClosesAllResourcesLastFirst() {
    List<String> closed = new ArrayList<>();
    UploadEndpoints owner =
        UploadEndpoints.builder(grants(() -> OssCredentials.of("id", "secret")))
            .closeAlso(() -> closed.add("keys"))
            .closeAlso(
                () -> {
                  throw new IOException("gone already");
                })
            .closeAlso(() -> closed.add("vendor"))
            .build();
    owner.close();
    assertThat(closed).containsExactly("vendor", "keys");
  }

  @Test
  void aProfileForCertainRolesRefusesAllOthers() {
    FakeRequest report = get().principal("alice").parameter("profile", "reports");
    assertProblem(report.answeredBy(endpoints), 403, "not-allowed");
    assertProblem(report.role("reader").answeredBy(endpoints), 403, "not-allowed");
    assertThat(report.role("editor").answeredBy(endpoints).status()).isEqualTo(200);
  }

  @Test
  void profileWithRequiredFilenameRejectsRequestsWithoutIt() {
    FakeRequest report = get().principal("alice").role("editor").parameter("profile", "named");
    assertProblem(report.answeredBy(endpoints), 400, "bad-parameter");
    assertThat(report.parameter("filename", "a.png").answeredBy(endpoints).status()).isEqualTo(200);
  }

  @Test
  void missingCredentialsAreA503WithoutDetails() {
    UploadEndpoints broken =
        endpoints(
            () -> {
              throw new CredentialsUnavailableException("STS said: role acs:ram::1:role/x");
            });
    WebResponse answer = get().principal("alice").answeredBy(broken);
    assertProblem(answer, 503, "credentials-unavailable");
    assertThat(answer.headers()).containsKey("Retry-After");
    assertThat(new String(answer.body(), UTF_8)).doesNotContain("acs:ram");
  }

  @Test
  void everyAnswerForbidsCachingAndSniffing() {
    List<WebResponse> answers =
        List.of(
            get().principal("alice").answeredBy(endpoints),
            get().answeredBy(endpoints),
            request("PUT").answeredBy(endpoints),
            request("OPTIONS").answeredBy(endpoints),
            get().header("Origin", "https://evil.example").answeredBy(endpoints),
            get().principal("alice").parameter("profile", "unknown").answeredBy(endpoints));
    assertThat(answers)
        .allSatisfy(
            answer ->
                assertThat(answer.headers())
                    .containsEntry("Cache-Control", "no-store")
                    .containsEntry("Vary", "Origin, Cookie, Authorization")
                    .containsEntry("X-Content-Type-Options", "nosniff")
                    .containsEntry("Referrer-Policy", "no-referrer"));
  }

  @Test
  void otherPathsAreNotAnswered() {
    assertThat(endpoints.handle(new FakeRequest("GET", "/"))).isEmpty();
    assertThat(endpoints.handle(new FakeRequest("GET", PATH + "/x"))).isEmpty();
    UploadEndpoints prefixed =
        UploadEndpoints.builder(
                grants(() -> OssCredentials.temporary("STS.id", "secret", "CAIStoken")))
            .pathPrefix("/api")
            .build();
    assertThat(prefixed.paths())
        .containsExactly(
            "/api" + PATH, "/api" + PUT_PATH, "/api" + TOKEN_PATH, "/api/get_upload_limits");
    assertThat(prefixed.handle(new FakeRequest("GET", PATH))).isEmpty();
    assertThat(prefixed.handle(new FakeRequest("GET", "/api" + PATH))).isPresent();
  }

  private static FakeRequest get() {
    return request("GET");
  }

  private static FakeRequest put(String profile) {
    return new FakeRequest("GET", PUT_PATH).principal("alice").parameter("profile", profile);
  }

  private static FakeRequest token(String profile) {
    return new FakeRequest("GET", TOKEN_PATH).principal("alice").parameter("profile", profile);
  }

  private static FakeRequest request(String method) {
    return new FakeRequest(method, PATH);
  }
}
