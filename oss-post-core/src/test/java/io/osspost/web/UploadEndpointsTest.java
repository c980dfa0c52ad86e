package io.osspost.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.osspost.UploadGrants;
import io.osspost.callback.UploadCallbacks;
import io.osspost.callback.UploadTickets;
import io.osspost.credentials.CredentialsUnavailableException;
import io.osspost.credentials.OssCredentials;
import io.osspost.credentials.OssCredentialsProvider;
import io.osspost.object.OssBucket;
import io.osspost.profile.UploadProfile;
import io.osspost.web.UploadEndpoints.CallbackEvent;
import io.osspost.web.UploadEndpoints.GrantEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
  void aCallerWhoIsLoggedInGetsAGrant() throws IOException {
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
    assertThat(post.answeredBy(endpoints).status()).isEqualTo(200);
    post.header("Content-Type", "application/json");
    assertProblem(post.answeredBy(endpoints), 415, "unsupported-media-type");
  }

  @Test
  void callersWhoAreNotLoggedInAreRefused() {
    assertProblem(get().answeredBy(endpoints), 401, "not-authenticated");
  }

  @Test
  void anonymousCallersAreServedOnlyWhenTheOperatorSaysSo() throws IOException {
    UploadEndpoints open =
        UploadEndpoints.of(grants(() -> OssCredentials.temporary("STS.id", "secret", "CAIStoken")))
            .callers(CallerAuthorizer.anonymousAllowed())
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
    "profile,nobody,404,unknown-profile",
    "profile,'../x',404,unknown-profile"
  })
  void oddParametersAreRefused(String name, String value, int status, String code) {
    assertProblem(
        get().principal("alice").parameter(name, value).answeredBy(endpoints), status, code);
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
  void aPageThatSendsHeadersIsToldThem() {
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
        put("private-puts").parameter("filename", "a.png").answeredBy(endpoints),
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
          public List<String> parameters(String name) {
            throw new IllegalStateException("invalid chunk at /srv/secret");
          }
        };
    assertProblem(broken.principal("alice").answeredBy(endpoints), 400, "bad-parameter");
  }

  @Test
  void whatFailsInTheApplicationIsA500ThatTellsStrangersNothing() {
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
  void credentialsThatDoNotFitThePageAreA503ThatSaysWhatDoes() {
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
  void callbacksHaveNoRouteUntilSomebodyReceivesThem() {
    assertThat(endpoints.handle(new FakeRequest("POST", "/oss_upload_callback"))).isEmpty();
  }

  @Test
  void aCallbackNeedsNeitherLoginNorOriginButTheSignatureOfOss() {
    List<CallbackEvent> events = new ArrayList<>();
    UploadEndpoints called =
        UploadEndpoints.of(grants(() -> OssCredentials.temporary("STS.id", "secret", "CAIStoken")))
            .callbacks(
                UploadCallbacks.of(
                        UploadTickets.withRandomSecret(),
                        uploaded -> {
                          throw new AssertionError("nobody uploaded anything");
                        })
                    .build())
            .callbackListener(events::add)
            .build();
    assertThat(called.paths()).contains("/oss_upload_callback");
    assertThat(called.callbackPath()).contains("/oss_upload_callback");
    assertThat(endpoints.callbackPath()).isEmpty();
    FakeRequest forged =
        new FakeRequest("POST", "/oss_upload_callback")
            .header("Sec-Fetch-Site", "cross-site")
            .body("{\"bucket\":\"examplebucket\"}");
    WebResponse answer = forged.answeredBy(called);
    assertProblem(answer, 403, "signature-missing");
    assertThat(answer.headers()).containsEntry("Cache-Control", "no-store");
    assertThat(events).containsExactly(new CallbackEvent("signature-missing", Optional.empty()));
    assertProblem(
        new FakeRequest("GET", "/oss_upload_callback").answeredBy(called),
        405,
        "method-not-allowed");
  }

  @Test
  void aCallbackThatBreaksOffIsRefusedAndOneThatFailsHereIsAProblemToo() {
    UploadEndpoints called =
        UploadEndpoints.of(grants(() -> OssCredentials.of("id", "secret")))
            .callbacks(UploadCallbacks.of(UploadTickets.withRandomSecret(), uploaded -> {}).build())
            .build();
    FakeRequest broken =
        new FakeRequest("POST", "/oss_upload_callback") {
          @Override
          public byte[] body() {
            throw new UncheckedIOException(new IOException("no more bytes"));
          }
        };
    assertProblem(broken.answeredBy(called), 403, "body-malformed");
    FakeRequest odd =
        new FakeRequest("POST", "/oss_upload_callback") {
          @Override
          public Optional<String> header(String name) {
            throw new IllegalStateException("no headers today");
          }
        };
    WebResponse answer = odd.answeredBy(called);
    assertProblem(answer, 500, "server-error");
    assertThat(new String(answer.body(), UTF_8)).doesNotContain("no headers today");
  }

  @Test
  void whoAsksTooOftenIsToldHowLongToWait() {
    UploadEndpoints limited =
        UploadEndpoints.of(grants(() -> OssCredentials.temporary("STS.id", "secret", "CAIStoken")))
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
        UploadEndpoints.of(grants(() -> OssCredentials.temporary("STS.id", "secret", "CAIStoken")))
            .listener(
                event -> {
                  events.add(event);
                  throw new IllegalStateException("a listener that fails costs nobody a grant");
                })
            .build();
    get().principal("alice").parameter("filename", "a.png").answeredBy(watched);
    get().principal("alice").parameter("profile", "nobody").answeredBy(watched);
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
            tuple("post", "alice", "nobody", "unknown-profile"),
            tuple("post", "?", "?", "not-authenticated"),
            tuple("post", "?", "?", "method-not-allowed"),
            tuple("post", "?", "?", "foreign-origin"));
    assertThat(events.get(0).object().orElseThrow()).startsWith("uploads/alice/").endsWith(".png");
    assertThat(events.toString()).doesNotContain("secret", "CAIStoken");
    assertThat(events).allSatisfy(event -> assertThat(event.took()).isPositive());
  }

  @Test
  void closingClosesWhatTheEndpointsOwnTheLastFirstWhateverFails() {
    List<String> closed = new ArrayList<>();
    UploadEndpoints owner =
        UploadEndpoints.of(grants(() -> OssCredentials.of("id", "secret")))
            .owns(() -> closed.add("keys"))
            .owns(
                () -> {
                  throw new IOException("gone already");
                })
            .owns(() -> closed.add("vendor"))
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
  void aProfileThatWantsAFileNameRefusesRequestsWithoutOne() {
    FakeRequest report = get().principal("alice").role("editor").parameter("profile", "named");
    assertProblem(report.answeredBy(endpoints), 400, "bad-parameter");
    assertThat(report.parameter("filename", "a.png").answeredBy(endpoints).status()).isEqualTo(200);
  }

  @Test
  void withoutCredentialsTheAnswerIsA503ThatTellsStrangersNothing() {
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
  void pagesOfOtherSitesAreRefusedBeforeAnythingElse() {
    assertProblem(
        get().header("Sec-Fetch-Site", "cross-site").answeredBy(endpoints), 403, "foreign-origin");
    assertProblem(
        get().header("Sec-Fetch-Site", "same-site").answeredBy(endpoints), 403, "foreign-origin");
    assertProblem(
        get()
            .header("Host", "app.example:8443")
            .header("Origin", "https://evil.example")
            .answeredBy(endpoints),
        403,
        "foreign-origin");
    assertProblem(get().header("Origin", "null").answeredBy(endpoints), 403, "foreign-origin");
  }

  @Test
  void ourOwnPagesPassWhateverHeadersTheirBrowserSends() {
    FakeRequest own = get().principal("alice").header("Host", "app.example:8443");
    assertThat(own.answeredBy(endpoints).status()).isEqualTo(200);
    own.header("Origin", "https://app.example:8443");
    assertThat(own.answeredBy(endpoints).status()).isEqualTo(200);
    own.header("Sec-Fetch-Site", "same-origin");
    assertThat(own.answeredBy(endpoints).status()).isEqualTo(200);
    assertThat(own.answeredBy(endpoints).headers())
        .doesNotContainKey("Access-Control-Allow-Origin");
  }

  @Test
  void listedOriginsPassAndMayReadTheAnswer() {
    FakeRequest listed =
        get()
            .principal("alice")
            .header("Sec-Fetch-Site", "cross-site")
            .header("Origin", "https://www.example.com");
    WebResponse answer = listed.answeredBy(endpoints);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.headers())
        .containsEntry("Access-Control-Allow-Origin", "https://www.example.com")
        .containsEntry("Access-Control-Allow-Credentials", "true");
    WebResponse preflight =
        request("OPTIONS")
            .header("Sec-Fetch-Site", "cross-site")
            .header("Origin", "https://www.example.com")
            .header("Access-Control-Request-Method", "POST")
            .header("Access-Control-Request-Headers", "x-csrf-token")
            .answeredBy(endpoints);
    assertThat(preflight.status()).isEqualTo(204);
    assertThat(preflight.headers())
        .containsEntry("Access-Control-Allow-Methods", "GET, POST")
        .containsEntry("Access-Control-Allow-Headers", "x-csrf-token");
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
            get().principal("alice").parameter("profile", "nobody").answeredBy(endpoints));
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
  void otherPathsAreNotOurs() {
    assertThat(endpoints.handle(new FakeRequest("GET", "/"))).isEmpty();
    assertThat(endpoints.handle(new FakeRequest("GET", PATH + "/x"))).isEmpty();
    UploadEndpoints prefixed =
        UploadEndpoints.of(grants(() -> OssCredentials.temporary("STS.id", "secret", "CAIStoken")))
            .pathPrefix("/api")
            .build();
    assertThat(prefixed.paths())
        .containsExactly("/api" + PATH, "/api" + PUT_PATH, "/api" + TOKEN_PATH);
    assertThat(prefixed.handle(new FakeRequest("GET", PATH))).isEmpty();
    assertThat(prefixed.handle(new FakeRequest("GET", "/api" + PATH))).isPresent();
  }

  @ParameterizedTest
  @CsvSource({
    "https://pages.example:443, https://pages.example",
    "http://pages.example:80, http://pages.example",
    "https://pages.example:80, https://pages.example:80"
  })
  void aListedOriginIsTheOneBrowsersWrite(String listed, String sent) {
    UploadEndpoints listing =
        UploadEndpoints.of(grants(() -> OssCredentials.temporary("STS.id", "secret", "CAIStoken")))
            .allowedOrigins(List.of(listed))
            .build();
    assertThat(get().principal("alice").header("Origin", sent).answeredBy(listing).headers())
        .containsEntry("Access-Control-Allow-Origin", sent);
  }

  @ParameterizedTest
  @ValueSource(strings = {"*", "www.example.com", "https://a.example/", "https://*.example", ""})
  void whatIsNoOriginIsRefused(String origin) {
    UploadEndpoints.Builder builder =
        UploadEndpoints.of(grants(() -> OssCredentials.temporary("STS.id", "secret", "CAIStoken")));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.allowedOrigins(List.of(origin)))
        .withMessageContaining("'https://www.example.com'");
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

  private static UploadEndpoints endpoints(OssCredentialsProvider credentials) {
    return UploadEndpoints.of(grants(credentials))
        .allowedOrigins(List.of("https://www.example.com"))
        .build();
  }

  private static UploadGrants grants(OssCredentialsProvider credentials) {
    return UploadGrants.to(OssBucket.of("examplebucket", "cn-hangzhou"))
        .credentials(credentials)
        .profile(UploadProfile.named("default").build())
        .profile(UploadProfile.named("images").build())
        .profile(UploadProfile.named("reports").roles(Set.of("editor", "admin")).build())
        .profile(UploadProfile.named("named").requireFilename(true).build())
        .tokens(
            scope ->
                OssCredentials.temporary(
                    "STS.vended", "secret", "CAISvended", Instant.now().plusSeconds(900)))
        .profile(UploadProfile.named("puts").build(), Set.of(UploadGrants.Kind.PUT))
        .profile(
            UploadProfile.named("png-puts").contentTypes(List.of("image/png")).build(),
            Set.of(UploadGrants.Kind.PUT))
        .profile(UploadProfile.named("tokens").build(), Set.of(UploadGrants.Kind.TOKEN))
        .profile(
            UploadProfile.named("private-puts").acl("private").metadata(Map.of("a", "b")).build(),
            Set.of(UploadGrants.Kind.PUT))
        .build();
  }

  private static void assertProblem(WebResponse answer, int status, String code) {
    JsonNode problem = json(answer);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.headers()).containsEntry("Content-Type", "application/problem+json");
    assertThat(problem.get("status").asInt()).isEqualTo(status);
    assertThat(problem.get("code").asText()).isEqualTo(code);
    assertThat(problem.get("title").asText()).isNotBlank();
    assertThat(problem.get("detail").asText()).endsWith(".");
    assertThat(problem.get("fix").asText()).endsWith(".");
  }

  private static JsonNode json(WebResponse answer) {
    try {
      return new ObjectMapper().readTree(answer.body());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
