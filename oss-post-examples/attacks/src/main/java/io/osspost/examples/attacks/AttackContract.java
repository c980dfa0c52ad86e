package io.osspost.examples.attacks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.osspost.emulator.OssEmulator;
import io.osspost.testsupport.FormPost;
import io.osspost.testsupport.PackagedProgram;
import io.osspost.testsupport.RawRequest;
import java.net.CookieManager;
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
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Attacks over plain HTTP that every packaged example must refuse. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class AttackContract {
  protected static final HttpClient HTTP =
      HttpClient.newBuilder()
          .cookieHandler(new CookieManager())
          .followRedirects(HttpClient.Redirect.NORMAL)
          .build();

  private static final String POST_ROUTE = "get_post_signature_for_oss_upload";
  private static final String PUT_ROUTE = "get_presigned_url_for_oss_upload";
  private static final String FILE = "filename=a.png&size=5&type=image/png";

  /** The settings of profile {@code open} besides the limits of the default profile. */
  protected static final Map<String, String> OPEN =
      Map.of(
          "grants", "post,put",
          "formats", "form,v4,v1,legacy,text",
          "content-types", "image/*",
          "callback", "false");

  private OssEmulator oss;
  private PackagedProgram application;

  /** Starts the example with {@code oss} and a profile {@code open}, and logs in. */
  protected abstract PackagedProgram start(OssEmulator oss) throws Exception;

  /** Starts the example with its own emulator. */
  protected abstract PackagedProgram startAlone() throws Exception;

  /** Starts the example with that key pair for a real bucket. */
  protected abstract PackagedProgram startWith(String id, String secret) throws Exception;

  @BeforeAll
  void start() throws Exception {
    oss = OssEmulator.builder().bucket("examplebucket").bucket(ForeignCallback.BUCKET).start();
    application = start(oss);
  }

  @AfterAll
  void stop() {
    if (application != null) {
      application.close();
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
    for (String format : List.of("", "&format=text")) {
      assertThat(get(PUT_ROUTE, retry + format).statusCode()).isIn(400, 403);
    }
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
    assertThat(refused.body()).contains("another kind or format");
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
    Duration before = application.cpuTime();

    HttpResponse<String> refused = postForm(POST_ROUTE, body);

    assertRefused(refused, 400, "bad-parameter");
    assertThat(refused.body()).hasSizeLessThan(1000);
    assertThat(application.cpuTime().minus(before)).isLessThan(Duration.ofSeconds(3));
  }

  /** OSS signs the path of a callback, not its host, so an attacker can send it to any server. */
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
    application.awaitOutput("Callback refused, " + reason);
    HttpResponse<String> stored = post(grant, "hello");
    assertThat(stored.statusCode()).as(stored.body()).isEqualTo(200);
    assertThat(stored.body()).as("the real callback").contains(grant.get("key").asText());
  }

  @Test
  void swappedKeyPairStopsTheStart() throws Exception {
    String id = "LTAI5tExampleKeyAbc12345";
    String secret = "aB3dE6gH9jK2mN5pQ8sT1vW4yZ7cF0";
    try (PackagedProgram swapped = startWith(secret, id)) {
      assertThat(swapped.exitCode()).isNotZero();
      assertThat(swapped.output()).contains("credentials", "swapped").doesNotContain(secret, id);
    }
  }

  @Test
  void pageOfAnotherOriginCannotSteerTheEmulator() throws Exception {
    try (PackagedProgram alone = startAlone()) {
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

  private JsonNode granted(String route, String query) throws Exception {
    HttpResponse<String> answer = get(route, query);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return new ObjectMapper().readTree(answer.body());
  }

  private HttpResponse<String> get(String route, String query) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(page(route + "?" + query))
            .header("X-Requested-With", "XMLHttpRequest") // Recorded grants need it.
            .build();
    return HTTP.send(request, BodyHandlers.ofString());
  }

  private HttpResponse<String> postForm(String route, String body) throws Exception {
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

  private String content(JsonNode grant) throws Exception {
    return new String(
        oss.object(grant.get("key").asText()).orElseThrow().content().readAllBytes(), UTF_8);
  }

  private URI page(String path) throws Exception {
    return URI.create(application.page()).resolve(path);
  }
}
