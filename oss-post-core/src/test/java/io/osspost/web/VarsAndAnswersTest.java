package io.osspost.web;

import static io.osspost.web.EndpointFixture.assertProblem;
import static io.osspost.web.EndpointFixture.json;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.osspost.callback.AnsweringListener;
import io.osspost.callback.ReportSource;
import io.osspost.callback.UploadAnswer;
import io.osspost.callback.UploadListener;
import io.osspost.callback.UploadedImage;
import io.osspost.callback.UploadedObject;
import io.osspost.credentials.OssCredentials;
import io.osspost.emulator.OssEmulator;
import io.osspost.ledger.MemoryLedger;
import io.osspost.object.ObjectKey;
import io.osspost.object.OssBucket;
import io.osspost.settings.Collaborators;
import io.osspost.settings.InvalidSettingException;
import io.osspost.settings.UploadSettings;
import io.osspost.sign.ObjectRequest;
import io.osspost.sign.PresignedUrl;
import io.osspost.sign.SignatureVersion;
import io.osspost.sign.UrlSigner;
import io.osspost.testsupport.FormPost;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Variables, file names and answers, by every way on which the server hears of an upload. The
 * emulator makes real callbacks.
 */
class VarsAndAnswersTest {
  private static final byte[] PHOTO = png();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final List<UploadedObject> events = new CopyOnWriteArrayList<>();
  private final MemoryLedger ledger = new MemoryLedger();
  private final AnsweringListener answering =
      object -> {
        events.add(object);
        return UploadAnswer.of(Map.of("row", events.size(), "note", "\"合同\" </script>"));
      };
  private OssEmulator oss;
  private HttpServer server;
  private UploadEndpoints endpoints;

  @BeforeEach
  void start() throws IOException {
    oss = OssEmulator.builder().inMemory().start();
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::respond);
    server.start();
  }

  @AfterEach
  void stop() {
    if (endpoints != null) {
      endpoints.close();
    }
    server.stop(0);
    oss.close();
  }

  @Test
  void callbackDeliversVarsNameImageAndAnswer() throws Exception {
    endpoints = open(answering, "callback.url", callbackUrl(), "profiles.p.image-info", "true");
    JsonNode grant = json(grant("vars.order", "17", "vars.note", "a=b&c \"合同\""));

    HttpResponse<String> stored = send(grant, "C:\\Fakepath\\我的照片.png");
    assertThat(stored.statusCode()).isEqualTo(200);
    JsonNode answer = new ObjectMapper().readTree(stored.body()).get("answer");
    assertThat(answer.get("row").asInt()).isEqualTo(1);
    assertThat(answer.get("note").asText()).isEqualTo("\"合同\" </script>");

    UploadedObject event = events.get(0);
    assertThat(event.source()).isEqualTo(ReportSource.CALLBACK);
    assertThat(event.vars()).isEqualTo(Map.of("order", "17", "note", "a=b&c \"合同\""));
    assertThat(event.filename()).contains("我的照片.png");
    assertThat(event.profile()).isEqualTo("p");
    assertThat(event.caller().principal()).contains("alice");
    assertThat(event.image()).contains(new UploadedImage(3, 2, "png"));

    JsonNode confirmed = json(confirm(grant));
    assertThat(confirmed.get("answer")).as("repeated").isEqualTo(answer);
    assertThat(json(confirm(grant)).get("answer")).isEqualTo(answer);
    assertThat(events).hasSize(1);
  }

  @Test
  void imageIsNotRequestedByDefault() throws Exception {
    endpoints = open(answering, "callback.url", callbackUrl());
    send(json(grant()), "a.png");
    assertThat(events.get(0).image()).isEmpty();
    assertThat(events.get(0).vars()).isEmpty();
  }

  @Test
  void confirmationDeliversTheSame() throws Exception {
    endpoints = open(answering);
    JsonNode grant = json(grant("vars.order", "17"));
    assertThat(send(grant, "a.png").body()).isEmpty();

    JsonNode confirmed = json(confirm(grant));
    assertThat(confirmed.get("answer").get("row").asInt()).isEqualTo(1);
    assertThat(confirmed.get("size").asLong()).isEqualTo(PHOTO.length);
    assertThat(events.get(0).vars()).isEqualTo(Map.of("order", "17"));
    assertThat(events.get(0).filename()).contains("我的照片.png");
    assertThat(events.get(0).image()).isEmpty();
    assertThat(json(confirm(grant))).isEqualTo(confirmed);
    assertThat(events).hasSize(1);
  }

  @Test
  void completionDeliversTheSame() throws Exception {
    endpoints = open(answering);
    JsonNode upload = json(started("vars.order", "17"));
    assertThat(putPart(upload)).isEqualTo(200);

    JsonNode stored = json(complete(upload));
    assertThat(stored.get("answer").get("row").asInt()).isEqualTo(1);
    assertThat(events.get(0).vars()).isEqualTo(Map.of("order", "17"));
    assertThat(events.get(0).filename()).contains("b.png");
    assertThat(json(complete(upload))).isEqualTo(stored);
    assertThat(events).hasSize(1);
  }

  @Test
  void sweepDeliversTheVarsOfTheLedger() throws Exception {
    endpoints =
        open(answering, "ledger.grace", "1s", "ledger.interval", "1s", "profiles.p.validity", "6s");
    JsonNode grant = json(grant("vars.order", "17"));
    send(grant, "a.png");
    await().atMost(Duration.ofSeconds(30)).until(() -> !events.isEmpty());
    assertThat(events.get(0).source()).isEqualTo(ReportSource.SWEEP);
    assertThat(events.get(0).vars()).isEqualTo(Map.of("order", "17"));
    assertThat(events.get(0).filename()).contains("我的照片.png");
    assertThat(json(confirm(grant)).get("answer").get("row").asInt())
        .as("the page that asks later")
        .isEqualTo(1);
  }

  /** The header is that of the vendor's SDKs; {@code UrlSigner} stands for one of them. */
  @Test
  void tokenUploadWithTheSignedCallbackIsReported() throws Exception {
    oss.close();
    Instant end = Instant.now().plusSeconds(3600);
    oss =
        OssEmulator.builder()
            .inMemory()
            .temporaryKey("STS.temporary", "temporarysecret", "CAIS+/=", end)
            .start();
    OssCredentials temporary =
        OssCredentials.temporary("STS.temporary", "temporarysecret", "CAIS+/=", end);
    Map<String, String> settings = new HashMap<>(settings());
    settings.putAll(
        Map.of(
            "callback.url", callbackUrl(),
            "callback.optional", "true",
            "profiles.p.grants", "token"));
    settings.remove("profiles.p.vars");
    endpoints =
        UploadSettings.read(settings)
            .open(
                Collaborators.builder()
                    .uploadListener(answering)
                    .tokens(scope -> temporary)
                    .build());
    JsonNode token =
        json(
            new FakeRequest("GET", "/get_sts_token_for_oss_upload")
                .principal("alice")
                .parameter("profile", "p")
                .answeredBy(endpoints));

    ObjectRequest put =
        ObjectRequest.put(new ObjectKey(token.get("Dir").asText() + "a.png"))
            .contentType("image/png")
            .header("x-oss-callback", token.get("CallbackHeader").asText());
    UrlSigner sdk =
        UrlSigner.of(
            OssBucket.of(oss.bucket(), oss.region()).at(oss.endpoint()), SignatureVersion.V4);
    PresignedUrl url = sdk.sign(put, temporary, Instant.now(), Duration.ofMinutes(1));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url.url()).PUT(BodyPublishers.ofByteArray(PHOTO));
    url.headers().forEach(request::header);
    HttpResponse<String> stored = HTTP.send(request.build(), BodyHandlers.ofString());
    assertThat(stored.statusCode()).isEqualTo(200);
    assertThat(new ObjectMapper().readTree(stored.body()).at("/answer/row").asInt()).isEqualTo(1);
    assertThat(events.get(0).caller().principal()).contains("alice");
    assertThat(events.get(0).profile()).isEqualTo("p");
    assertThat(events.get(0).key().value()).isEqualTo("uploads/alice/a.png");
  }

  @Test
  void listenerWithoutAnswerGivesNone() throws Exception {
    endpoints = open((UploadListener) events::add, "callback.url", callbackUrl());
    JsonNode grant = json(grant());
    JsonNode body = new ObjectMapper().readTree(send(grant, "a.png").body());
    assertThat(body.properties()).extracting(Map.Entry::getKey).containsExactly("key");
    assertThat(json(confirm(grant)).has("answer")).isFalse();
  }

  @Test
  void answerThatIsTooLongFailsTheCallbackAndIsRepeated() throws Exception {
    AnsweringListener listener =
        object -> {
          events.add(object);
          return events.size() == 1 ? UploadAnswer.of("x".repeat(5000)) : UploadAnswer.of("short");
        };
    endpoints = open(listener, "callback.url", callbackUrl());
    JsonNode grant = json(grant());
    assertThat(send(grant, "a.png").statusCode()).as("CallbackFailed").isEqualTo(203);
    assertThat(json(confirm(grant)).get("answer").asText()).isEqualTo("short");
  }

  @ParameterizedTest
  @CsvSource({
    "vars.other, x, no variable 'other'",
    "vars.Order, x, no variable 'Order'",
    "vars., x, invalid name",
    "vars.a/b, x, invalid name",
    "vars.order[], x, invalid name",
    "var.order, x, looks like a variable",
    "vars[order], x, looks like a variable",
    "VARS.order, x, looks like a variable",
    "variables, x, looks like a variable",
    "vars, x, looks like a variable"
  })
  void hostileNamesAreRefused(String name, String value, String fact) {
    endpoints = open(answering);
    WebResponse refused = grant(name, value);
    assertProblem(refused, 400, "bad-parameter");
    assertThat(json(refused).get("detail").asText()).contains(fact);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\nb", "a\r\nticket: x", "\u0000", "\u007f", "\u0085"})
  void hostileValuesAreRefused(String value) {
    endpoints = open(answering);
    WebResponse refused = grant("vars.order", value);
    assertProblem(refused, 400, "bad-parameter");
    assertThat(json(refused).get("detail").asText()).contains("control character");
  }

  @Test
  void sizesAreLimited() {
    endpoints = open(answering);
    int room = 512 - "order".length();
    assertThat(grant("vars.order", "x".repeat(room)).status()).isEqualTo(200);
    assertProblem(grant("vars.order", "x".repeat(room + 1)), 400, "bad-parameter");
    assertProblem(grant("vars.order", "合".repeat(room / 3 + 1)), 400, "bad-parameter");
    WebResponse twice =
        new FakeRequest("GET", "/get_post_signature_for_oss_upload")
            .principal("alice")
            .parameter("filename", "a.png")
            .parameter("profile", "p")
            .parameter("vars.order", "1", "2")
            .answeredBy(endpoints);
    assertProblem(twice, 400, "bad-parameter");
  }

  @Test
  void clientCannotChangeOneAfterTheGrant() throws Exception {
    endpoints = open(answering);
    JsonNode grant = json(grant("vars.order", "17"));
    String ticket = grant.get("ticket").asText();
    assertThat(grant("vars.order", "17", "retry", ticket).status()).isEqualTo(200);
    assertProblem(grant("vars.order", "18", "retry", ticket), 400, "bad-parameter");
    assertProblem(
        grant("vars.order", "17", "vars.note", "x", "retry", ticket), 400, "bad-parameter");
    assertProblem(grant("retry", ticket), 400, "bad-parameter");

    send(grant, "a.png");
    WebResponse confirmed =
        new FakeRequest("POST", ConfirmEndpoint.PATH)
            .principal("alice")
            .header("Content-Type", Path.FORM)
            .parameter("ticket", ticket)
            .parameter("vars.order", "18")
            .answeredBy(endpoints);
    assertThat(confirmed.status()).isEqualTo(200);
    assertThat(events.get(0).vars()).isEqualTo(Map.of("order", "17"));
  }

  @Test
  void completionDoesNotChangeOne() throws Exception {
    endpoints = open(answering);
    JsonNode upload = json(started("vars.order", "17"));
    assertThat(putPart(upload)).isEqualTo(200);
    WebResponse changed =
        step("complete")
            .parameter("ticket", withOtherOrder(upload.get("ticket").asText()))
            .answeredBy(endpoints);
    assertThat(changed.status()).as("a ticket with another variable").isEqualTo(400);
    WebResponse completed =
        step("complete")
            .parameter("ticket", upload.get("ticket").asText())
            .parameter("vars.order", "18")
            .parameter("vars.note", "x")
            .answeredBy(endpoints);
    assertThat(completed.status()).isEqualTo(200);
    assertThat(events).hasSize(1);
    assertThat(events.get(0).vars()).isEqualTo(Map.of("order", "17"));
  }

  /** The form's signature covers the callback, and the ticket's signature its variables. */
  @Test
  void callbackAndTicketWithAnotherVariableAreRefused() throws Exception {
    endpoints = open(answering, "callback.url", callbackUrl());
    JsonNode grant = json(grant("vars.order", "17"));
    String ticket = grant.get("ticket").asText();
    String changed = withOtherOrder(ticket);
    assertThat(grant("vars.order", "18", "retry", changed).status()).isEqualTo(400);

    String callback = grant.at("/fields/callback").asText();
    String text = new String(Base64.getDecoder().decode(callback), UTF_8);
    assertThat(text).contains(ticket);
    ObjectNode fields = (ObjectNode) grant.get("fields");
    fields.put("callback", base64(text.replace(ticket, changed)));
    assertThat(send(grant, "a.png").statusCode()).isEqualTo(403);
    fields.put(
        "callback",
        base64(text.replace("\"callbackBodyType\"", "\"x:order\":\"18\",\"callbackBodyType\"")));
    assertThat(send(grant, "a.png").statusCode()).isEqualTo(403);
    fields.put("callback", callback).put("callback-var", base64("{\"x:order\":\"18\"}"));
    assertThat(send(grant, "a.png").statusCode()).isEqualTo(200);
    assertThat(events)
        .hasSize(1)
        .allSatisfy(e -> assertThat(e.vars()).isEqualTo(Map.of("order", "17")));
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  /** Returns the ticket with the variable 18 instead of 17, as a client can write it. */
  private static String withOtherOrder(String ticket) {
    byte[] bytes = Base64.getUrlDecoder().decode(ticket);
    String text = new String(bytes, ISO_8859_1);
    assertThat(text).containsOnlyOnce("order=17");
    byte[] changed = text.replace("order=17", "order=18").getBytes(ISO_8859_1);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(changed);
  }

  @Test
  void longestTicketIsCheckedAtStartup() {
    assertThatThrownBy(() -> open(answering, "profiles.p.dir", "x".repeat(450) + "/{principal}/"))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("Profile 'p' has variables")
        .hasMessageContaining("Shorten profiles.p.dir");
    assertThatThrownBy(
            () -> open(answering, "callback.url", "https://www.example.com/" + "x".repeat(1700)))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("callback");
    assertThatThrownBy(() -> open(answering, "profiles.p.vars", "a,b,c,d,e,f,g,h,i"))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("at most 8");
    assertThatThrownBy(() -> open(answering, "profiles.p.vars", "order, 2nd"))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("'2nd' is not the name");
  }

  @ParameterizedTest
  @ValueSource(strings = {"v4", "v1"})
  void formatsWithoutTicketAreRefusedAtStartup(String format) {
    assertThatThrownBy(
            () -> open(answering, "profiles.p.formats", format, "profiles.p.grants", "post"))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("sets vars")
        .hasMessageContaining("Offer format form only");
  }

  /** The longest ticket that a client can make has exactly the room that startup computed. */
  @Test
  void longestGrantsAreIssued() {
    endpoints = open(answering, "callback.url", callbackUrl(), "profiles.p.naming", "as-named");
    String caller = "x".repeat(200);
    FakeRequest request =
        new FakeRequest("GET", "/get_post_signature_for_oss_upload")
            .principal(caller)
            .parameter("profile", "p")
            .parameter("filename", "合".repeat(300) + ".png")
            .parameter("vars.order", "x".repeat(512 - "order".length()));
    JsonNode grant = json(request.answeredBy(endpoints));
    assertThat(grant.get("ticket").asText().length()).isBetween(1200, 2048);
    assertThat(grant.at("/fields/callback").asText().length()).isLessThanOrEqualTo(5120);
    JsonNode upload =
        json(
            step("start", caller)
                .parameter("profile", "p")
                .parameter("filename", "合".repeat(300) + ".png")
                .parameter("size", "10")
                .parameter("vars.order", "x".repeat(512 - "order".length()))
                .answeredBy(endpoints));
    assertThat(upload.get("ticket").asText().length()).isBetween(1200, 2048);
  }

  private Map<String, String> settings() {
    return Map.of(
        "bucket", oss.bucket(),
        "region", oss.region(),
        "endpoint", oss.endpoint().toString(),
        "credentials.type", "static",
        "credentials.access-key-id", oss.accessKeyId(),
        "credentials.access-key-secret", oss.accessKeySecret(),
        "callback.public-key", oss.callbackPublicKeyPem(),
        "profiles.p.vars", "order, note",
        "profiles.p.grants", "post, multipart");
  }

  private UploadEndpoints open(UploadListener listener, String... more) {
    Map<String, String> settings = new HashMap<>(settings());
    boolean swept = false;
    for (int i = 0; i < more.length; i += 2) {
      settings.put(more[i], more[i + 1]);
      swept |= more[i].startsWith("ledger.");
    }
    Collaborators.Builder collaborators = Collaborators.builder().uploadListener(listener);
    return UploadSettings.read(settings)
        .open(swept ? collaborators.ledger(ledger).build() : collaborators.build());
  }

  private String callbackUrl() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/oss_upload_callback";
  }

  private WebResponse grant(String... more) {
    FakeRequest request =
        new FakeRequest("GET", "/get_post_signature_for_oss_upload")
            .principal("alice")
            .header("Sec-Fetch-Site", "same-origin")
            .parameter("profile", "p")
            .parameter("filename", "C:\\Fakepath\\我的照片.png");
    for (int i = 0; i < more.length; i += 2) {
      request.parameter(more[i], more[i + 1]);
    }
    return request.answeredBy(endpoints);
  }

  private static HttpResponse<String> send(JsonNode grant, String filename) throws Exception {
    Map<String, String> fields = new LinkedHashMap<>();
    grant.get("fields").properties().forEach(f -> fields.put(f.getKey(), f.getValue().asText()));
    URI url = URI.create(grant.get("url").asText());
    return FormPost.send(url, fields, filename, "image/png", PHOTO);
  }

  private WebResponse confirm(JsonNode grant) {
    return new FakeRequest("POST", ConfirmEndpoint.PATH)
        .principal("alice")
        .header("Content-Type", Path.FORM)
        .parameter("ticket", grant.get("ticket").asText())
        .answeredBy(endpoints);
  }

  private WebResponse complete(JsonNode upload) {
    return step("complete")
        .parameter("ticket", upload.get("ticket").asText())
        .answeredBy(endpoints);
  }

  private WebResponse started(String variable, String value) {
    return step("start")
        .parameter("profile", "p")
        .parameter("filename", "a/b.png")
        .parameter("type", "image/png")
        .parameter("size", String.valueOf(PHOTO.length))
        .parameter(variable, value)
        .answeredBy(endpoints);
  }

  private static int putPart(JsonNode upload) throws Exception {
    URI part = URI.create(upload.at("/urls/0/url").asText());
    HttpRequest put = HttpRequest.newBuilder(part).PUT(BodyPublishers.ofByteArray(PHOTO)).build();
    return HTTP.send(put, BodyHandlers.discarding()).statusCode();
  }

  private static FakeRequest step(String name) {
    return step(name, "alice");
  }

  private static FakeRequest step(String name, String caller) {
    return new FakeRequest("POST", "/oss_multipart_upload/" + name)
        .principal(caller)
        .header("Content-Type", Path.FORM);
  }

  private void respond(HttpExchange exchange) throws IOException {
    FakeRequest request =
        new FakeRequest(exchange.getRequestMethod(), exchange.getRequestURI().getPath());
    exchange.getRequestHeaders().forEach((name, all) -> request.header(name, all.get(0)));
    request.body(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
    WebResponse response = request.answeredBy(endpoints);
    response.headers().forEach(exchange.getResponseHeaders()::set);
    exchange.sendResponseHeaders(response.status(), response.body().length);
    exchange.getResponseBody().write(response.body());
    exchange.close();
  }

  private static byte[] png() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB), "png", bytes);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return bytes.toByteArray();
  }
}
