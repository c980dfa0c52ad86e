package io.osspost.examples.wars;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.osspost.emulator.OssEmulator;
import java.net.CookieManager;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Attacks of a user who logged in to servlet-war, by plain HTTP. */
class AttacksIT {
  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .cookieHandler(new CookieManager())
          .followRedirects(HttpClient.Redirect.NORMAL)
          .build();
  private static final String POST_ROUTE = "get_post_signature_for_oss_upload";
  private static final String PUT_ROUTE = "get_presigned_url_for_oss_upload";
  private static final String FILE = "filename=a.png&size=5&type=image/png";

  private static OssEmulator oss;
  private static PackagedWar war;

  @BeforeAll
  static void start() throws Exception {
    oss = OssEmulator.builder().bucket("examplebucket").bucket(ForeignCallback.BUCKET).start();
    int port = freePort();
    war =
        PackagedWar.start(
            "servlet-war",
            port,
            Map.ofEntries(
                Map.entry("OSS_POST_BUCKET", oss.bucket()),
                Map.entry("OSS_POST_REGION", oss.region()),
                Map.entry("OSS_POST_ENDPOINT", oss.endpoint().toString()),
                Map.entry("OSS_POST_CREDENTIALS_TYPE", "static"),
                Map.entry("OSS_POST_CREDENTIALS_ACCESS_KEY_ID", oss.accessKeyId()),
                Map.entry("OSS_POST_CREDENTIALS_ACCESS_KEY_SECRET", oss.accessKeySecret()),
                Map.entry(
                    "OSS_POST_CALLBACK_URL",
                    "http://127.0.0.1:" + port + "/servlet-war/oss_upload_callback"),
                Map.entry("OSS_POST_CALLBACK_PUBLIC_KEY", oss.callbackPublicKeyPem()),
                Map.entry("OSS_POST_PROFILES_OPEN_GRANTS", "post,put"),
                Map.entry("OSS_POST_PROFILES_OPEN_FORMATS", "form,v4,v1,legacy,text"),
                Map.entry("OSS_POST_PROFILES_OPEN_CONTENT_TYPES", "image/*"),
                Map.entry("OSS_POST_PROFILES_OPEN_CALLBACK", "false")));
    logIn();
  }

  @AfterAll
  static void stop() {
    if (war != null) {
      war.close();
    }
    oss.close();
  }

  @Test
  void retryKeepsAConfirmedObject() throws Exception {
    JsonNode grant = granted(POST_ROUTE, FILE);
    HttpResponse<String> stored = post(grant, "hello");
    assertThat(stored.statusCode()).as(stored.body()).isEqualTo(200);
    assertThat(stored.body()).as("answer to the callback").contains(grant.get("key").asText());

    String retry = FILE + "&retry=" + grant.get("ticket").asText();
    assertRefused(get(POST_ROUTE, retry), 409, "already-uploaded");
    for (String format : List.of("v4", "v1", "legacy")) {
      assertRefused(get(POST_ROUTE, retry + "&format=" + format), 403, "grant-not-offered");
    }
    assertRefused(get(PUT_ROUTE, retry), 403, "grant-not-offered");
    assertThat(content(grant)).isEqualTo("hello");
  }

  @ParameterizedTest
  @CsvSource({
    POST_ROUTE + ", v4",
    POST_ROUTE + ", v1",
    POST_ROUTE + ", legacy",
    PUT_ROUTE + ", form",
    PUT_ROUTE + ", text"
  })
  void retryKeepsTheFormatWhereOthersAreOffered(String route, String format) throws Exception {
    String file = "profile=open&" + FILE;
    JsonNode grant = granted(POST_ROUTE, file + "&format=form");
    assertThat(post(grant, "hello").statusCode()).isEqualTo(200);

    String retry = "&retry=" + grant.get("ticket").asText();
    HttpResponse<String> refused = get(route, file + retry + "&format=" + format);

    assertRefused(refused, 400, "bad-parameter");
    assertThat(refused.body()).contains("another format");
    assertThat(content(grant)).isEqualTo("hello");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "image/png;,text/html",
        "image/png,text/html",
        "image/png; charset=x, text/html",
        "image/png;charset=\"x,text/html\"",
        "application/octet-stream;,text/html",
        "image/png\r\nx-oss-object-acl: public-read",
        "text/html"
      })
  void typeThatABrowserReadsAsAPageIsRefused(String type) throws Exception {
    String file = "filename=a.png&size=5&type=" + URLEncoder.encode(type, UTF_8);
    for (String format : List.of("form", "v4", "v1", "legacy")) {
      String query = "profile=open&" + file + "&format=" + format;
      assertRefused(get(POST_ROUTE, query), 415, "type-not-allowed");
      assertRefused(postForm(POST_ROUTE, query), 415, "type-not-allowed");
    }
    for (String format : List.of("form", "text")) {
      String query = "profile=open&" + file + "&format=" + format;
      assertRefused(get(PUT_ROUTE, query), 415, "type-not-allowed");
    }
    assertRefused(get(POST_ROUTE, file), 415, "type-not-allowed");
  }

  @ParameterizedTest
  @ValueSource(strings = {".", "%20", "%CC%81%CC%A3", "%F0%9F%98%80"})
  void longFileNameCostsNoCpu(String repeated) throws Exception {
    String body = "type=image/png&filename=a" + repeated.repeat(160_000) + "b.png";
    granted(POST_ROUTE, FILE);
    Duration before = war.cpuTime();

    HttpResponse<String> refused = postForm(POST_ROUTE, body);

    assertRefused(refused, 400, "bad-parameter");
    assertThat(refused.body()).hasSizeLessThan(1000);
    assertThat(war.cpuTime().minus(before)).isLessThan(Duration.ofSeconds(3));
  }

  /** OSS signs the path of a callback, not its host, so that it can be sent on to any server. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void callbackOfAnotherBucketIsRefused(boolean pretendsOurBucket) throws Exception {
    JsonNode grant = granted(POST_ROUTE, FILE);
    ForeignCallback callback =
        ForeignCallback.signedBy(
            oss,
            grant.get("fields").get("callback").asText(),
            grant.get("key").asText(),
            pretendsOurBucket);

    HttpResponse<String> refused = callback.sendTo(page("oss_upload_callback"));

    String reason = pretendsOurBucket ? "not-stored" : "other-bucket";
    assertRefused(refused, 403, reason);
    assertThat(war.output()).contains("Callback refused, " + reason);
    HttpResponse<String> stored = post(grant, "hello");
    assertThat(stored.statusCode()).as(stored.body()).isEqualTo(200);
    assertThat(stored.body()).as("the real callback").contains(grant.get("key").asText());
  }

  @Test
  void swappedKeyPairStopsTheStart() throws Exception {
    String id = "LTAI5tExampleKeyAbc12345";
    String secret = "aB3dE6gH9jK2mN5pQ8sT1vW4yZ7cF0";
    try (PackagedWar swapped =
        PackagedWar.start(
            "servlet-war",
            0,
            Map.of(
                "OSS_POST_BUCKET", "mybucket",
                "OSS_POST_REGION", "cn-hangzhou",
                "OSS_POST_CREDENTIALS_TYPE", "static",
                "OSS_POST_CREDENTIALS_ACCESS_KEY_ID", secret,
                "OSS_POST_CREDENTIALS_ACCESS_KEY_SECRET", id))) {
      assertThat(swapped.exitCode()).isNotZero();
      assertThat(swapped.output()).contains("credentials", "swapped").doesNotContain(secret, id);
    }
  }

  @Test
  void pageOfAnotherOriginCannotSteerTheEmulator() throws Exception {
    try (PackagedWar alone = PackagedWar.start("servlet-war")) {
      URI emulator = alone.oss();
      for (String origin : List.of("https://evil.example", "null")) {
        for (RawRequest request : RawRequest.ofAPage(emulator, emulator.getAuthority(), origin)) {
          String answer = request.send();
          assertThat(answer).as(request.toString()).startsWith("HTTP/1.1 4");
          assertThat(answer).as(request.toString()).doesNotContainIgnoringCase("\naccess-control-");
        }
      }
      for (RawRequest request :
          RawRequest.ofAPage(emulator, "evil.example", "http://evil.example")) {
        String answer = request.send();
        assertThat(answer).as(request.toString()).startsWith("HTTP/1.1 403");
        assertThat(answer).as(request.toString()).doesNotContainIgnoringCase("\naccess-control-");
        if (!request.method().equals("HEAD")) {
          assertThat(answer).contains("EmulatorHostForbidden", "--allow-host");
        }
      }
    }
  }

  private static void assertRefused(HttpResponse<String> answer, int status, String code)
      throws Exception {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    JsonNode problem = new ObjectMapper().readTree(answer.body());
    assertThat(problem.get("code").asText()).isEqualTo(code);
    assertThat(problem.get("detail").asText()).isNotBlank();
    assertThat(problem.get("fix").asText()).isNotBlank();
  }

  private static JsonNode granted(String route, String query) throws Exception {
    HttpResponse<String> answer = get(route, query);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return new ObjectMapper().readTree(answer.body());
  }

  private static HttpResponse<String> get(String route, String query) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(page(route + "?" + query)).build();
    return HTTP.send(request, BodyHandlers.ofString());
  }

  private static HttpResponse<String> postForm(String route, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(page(route))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(body))
            .build();
    return HTTP.send(request, BodyHandlers.ofString());
  }

  private static HttpResponse<String> post(JsonNode grant, String content) throws Exception {
    Map<String, String> fields = new LinkedHashMap<>();
    grant.get("fields").properties().forEach(f -> fields.put(f.getKey(), f.getValue().asText()));
    URI url = URI.create(grant.get("url").asText());
    return FormPost.send(url, fields, "a.png", "image/png", content.getBytes(UTF_8));
  }

  private static String content(JsonNode grant) throws Exception {
    return new String(
        oss.object(grant.get("key").asText()).orElseThrow().content().readAllBytes(), UTF_8);
  }

  private static void logIn() throws Exception {
    assertThat(HTTP.send(HttpRequest.newBuilder(page("")).build(), BodyHandlers.ofString()).body())
        .contains("j_security_check");
    assertThat(postForm("j_security_check", "j_username=alice&j_password=alice").statusCode())
        .isEqualTo(200);
  }

  private static int freePort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static URI page(String path) throws Exception {
    return URI.create(war.page()).resolve(path);
  }
}
