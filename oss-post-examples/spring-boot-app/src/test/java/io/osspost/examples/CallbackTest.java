package io.osspost.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.osspost.callback.Confirmation;
import io.osspost.callback.UploadListener;
import io.osspost.callback.UploadedObject;
import io.osspost.credentials.OssCredentials;
import io.osspost.emulator.OssEmulator;
import io.osspost.object.ObjectKey;
import io.osspost.object.OssBucket;
import io.osspost.sign.ObjectRequest;
import io.osspost.sign.PresignedUrl;
import io.osspost.sign.SignatureVersion;
import io.osspost.sign.UrlSigner;
import io.osspost.testsupport.FormPost;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** OSS calls the application back. Two implementations of the signature are compared. */
class CallbackTest {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final List<UploadedObject> UPLOADED = new CopyOnWriteArrayList<>();

  private static OssEmulator oss;
  private static RunningApplication application;

  @Configuration(proxyBeanMethods = false)
  static class Listening {
    @Bean
    UploadListener remember() {
      return UPLOADED::add;
    }
  }

  @BeforeAll
  static void start() throws Exception {
    oss = OssEmulator.builder().bucket("examplebucket").bucket("somebodyelses").start();
    int port = freePort();
    application =
        new RunningApplication(
            new SpringApplicationBuilder(UploadApplication.class, Listening.class)
                .properties(
                    "server.port=" + port,
                    "server.servlet.context-path=/shop",
                    "oss.post.bucket=" + oss.bucket(),
                    "oss.post.region=" + oss.region(),
                    "oss.post.endpoint=" + oss.endpoint(),
                    "oss.post.credentials.type=static",
                    "oss.post.credentials.access-key-id=" + oss.accessKeyId(),
                    "oss.post.credentials.access-key-secret=" + oss.accessKeySecret(),
                    "oss.post.profiles.default.grants=post,put",
                    "oss.post.callback.url=http://127.0.0.1:" + port + "/shop/oss_upload_callback",
                    "oss.post.callback.public-key=" + oss.callbackPublicKeyPem())
                // Recorded grants need headers of pages.
                .run("--oss.post.store.type="));
  }

  @AfterAll
  static void stop() {
    application.close();
    oss.close();
  }

  @BeforeEach
  void forget() {
    UPLOADED.clear();
  }

  @Test
  void uploadedFormIsAnEventAndReturnsTheAnswer() throws Exception {
    JsonNode grant = grant("get_post_signature_for_oss_upload");
    HttpResponse<String> stored = post(grant);
    assertThat(stored.statusCode()).isEqualTo(200);
    assertThat(stored.body()).isEqualTo("{\"key\":\"" + grant.get("key").asText() + "\"}");
    assertThat(UPLOADED)
        .singleElement()
        .satisfies(
            object -> {
              assertThat(object.key().value()).isEqualTo(grant.get("key").asText());
              assertThat(object.size()).isEqualTo(5);
              assertThat(object.mimeType()).contains("text/plain");
              assertThat(object.caller().principal()).isEmpty();
              assertThat(object.confirmation()).isEqualTo(Confirmation.CONFIRMED);
            });
  }

  /** Otherwise the client could replace an object that the application uses. */
  @Test
  void rejectsRetryOfAReportedUploadInEveryFormat() throws Exception {
    JsonNode grant = grant("get_post_signature_for_oss_upload");
    assertThat(post(grant).statusCode()).isEqualTo(200);
    String retry = "&retry=" + grant.get("ticket").asText();
    HttpResponse<String> again =
        get("get_post_signature_for_oss_upload?filename=a.txt&size=5&type=text/plain" + retry);
    assertThat(again.statusCode()).isEqualTo(409);
    assertThat(again.body()).contains("\"code\":\"already-uploaded\"", "\"fix\":");
    HttpResponse<String> put =
        get(
            "get_presigned_url_for_oss_upload?format=form&filename=a.txt&size=5&type=text/plain"
                + retry);
    assertThat(put.statusCode()).isEqualTo(400);
    assertThat(put.body()).contains("another kind or format", "\"fix\":");
  }

  /** The form is still valid after the application has deleted the object. */
  @Test
  void secondUploadAfterADeletionIsAnEventOfItsOwn() throws Exception {
    JsonNode grant = grant("get_post_signature_for_oss_upload");
    assertThat(post(grant).statusCode()).isEqualTo(200);
    delete(grant.get("key").asText());
    assertThat(
            FormPost.send(
                    URI.create(grant.get("url").asText()),
                    fields(grant),
                    "a",
                    "text/plain",
                    "HELLO".getBytes(UTF_8))
                .statusCode())
        .isEqualTo(200);
    assertThat(UPLOADED).extracting(UploadedObject::eventId).doesNotHaveDuplicates().hasSize(2);
  }

  /** Any customer of OSS can let it call any server, with any body. */
  @Test
  void rejectsCallbackForAnotherBucket() throws Exception {
    JsonNode grant = grant("get_post_signature_for_oss_upload");
    String parameter = new String(Base64.getDecoder().decode(fields(grant).get("callback")), UTF_8);
    String forged =
        parameter
            .replace("${bucket}", "\\\"" + oss.bucket() + "\\\"")
            .replace("${object}", "\\\"" + grant.get("key").asText() + "\\\"")
            .replace("${size}", "5")
            .replace("${mimeType}", "\\\"text/plain\\\"");
    ObjectRequest put =
        ObjectRequest.put(new ObjectKey("any"))
            .header("x-oss-callback", Base64.getEncoder().encodeToString(forged.getBytes(UTF_8)));
    PresignedUrl foreign =
        UrlSigner.of(
                OssBucket.of("somebodyelses", oss.region()).at(oss.endpoint()), SignatureVersion.V4)
            .sign(
                put,
                OssCredentials.of(oss.accessKeyId(), oss.accessKeySecret()),
                Instant.now(),
                Duration.ofMinutes(1));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(foreign.url()).PUT(BodyPublishers.ofString("hello"));
    foreign.headers().forEach(request::header);
    HttpResponse<String> answer = HTTP.send(request.build(), BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(203);
    assertThat(answer.body()).contains("403");
    assertThat(UPLOADED).isEmpty();
    assertThat(post(grant).statusCode()).isEqualTo(200);
    assertThat(UPLOADED).hasSize(1);
  }

  @Test
  void aFilePutAtItsUrlIsAnEventToo() throws Exception {
    JsonNode grant = grant("get_presigned_url_for_oss_upload");
    HttpRequest.Builder put =
        HttpRequest.newBuilder(URI.create(grant.get("url").asText()))
            .PUT(BodyPublishers.ofString("hello"));
    grant.get("headers").properties().forEach(h -> put.header(h.getKey(), h.getValue().asText()));
    HttpResponse<String> stored = HTTP.send(put.build(), BodyHandlers.ofString());
    assertThat(stored.statusCode()).as(stored.body()).isEqualTo(200);
    assertThat(UPLOADED)
        .singleElement()
        .satisfies(o -> assertThat(o.key().value()).isEqualTo(grant.get("key").asText()));
    assertThat(oss.object(grant.get("key").asText())).isPresent();
  }

  @Test
  void aCallThatOssDidNotSignIsRefusedAndNoEvent() throws Exception {
    HttpResponse<String> answer =
        HTTP.send(
            HttpRequest.newBuilder(URI.create(application.url("shop/oss_upload_callback")))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"bucket\":\"examplebucket\"}"))
                .build(),
            BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("\"code\":\"signature-missing\"");
    assertThat(UPLOADED).isEmpty();
  }

  @Test
  void aFormWithAnotherCallbackIsRefusedByOss() throws Exception {
    JsonNode grant = grant("get_post_signature_for_oss_upload");
    JsonNode other = grant("get_post_signature_for_oss_upload");
    Map<String, String> fields = fields(grant);
    fields.put("callback", fields(other).get("callback"));
    URI url = URI.create(grant.get("url").asText());
    assertThat(FormPost.send(url, fields, "a", "text/plain", "hello".getBytes(UTF_8)).body())
        .contains("Policy Condition failed");
    fields.remove("callback");
    assertThat(FormPost.send(url, fields, "a", "text/plain", "hello".getBytes(UTF_8)).statusCode())
        .isEqualTo(403);
    assertThat(UPLOADED).isEmpty();
  }

  /** Deletes an object as the application would, with a V1 signature. */
  private static void delete(String key) throws Exception {
    String resource = "/" + oss.bucket() + "/" + key;
    long expires = Instant.now().getEpochSecond() + 60;
    Mac mac = Mac.getInstance("HmacSHA1");
    mac.init(new SecretKeySpec(oss.accessKeySecret().getBytes(UTF_8), "HmacSHA1"));
    byte[] signature = mac.doFinal(("DELETE\n\n\n" + expires + "\n" + resource).getBytes(UTF_8));
    URI url =
        URI.create(
            oss.endpoint().resolve(resource)
                + "?OSSAccessKeyId="
                + oss.accessKeyId()
                + "&Expires="
                + expires
                + "&Signature="
                + URLEncoder.encode(Base64.getEncoder().encodeToString(signature), UTF_8));
    HttpResponse<String> answer =
        HTTP.send(HttpRequest.newBuilder(url).DELETE().build(), BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
  }

  private static HttpResponse<String> get(String route) throws Exception {
    URI url = URI.create(application.url("shop/" + route));
    return HTTP.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString());
  }

  private static JsonNode grant(String route) throws Exception {
    HttpResponse<String> answer = get(route + "?format=form&filename=a.txt&size=5&type=text/plain");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return new ObjectMapper().readTree(answer.body());
  }

  private static HttpResponse<String> post(JsonNode grant) throws Exception {
    URI url = URI.create(grant.get("url").asText());
    return FormPost.send(url, fields(grant), "a.txt", "text/plain", "hello".getBytes(UTF_8));
  }

  private static Map<String, String> fields(JsonNode grant) {
    Map<String, String> fields = new LinkedHashMap<>();
    grant.get("fields").properties().forEach(f -> fields.put(f.getKey(), f.getValue().asText()));
    return fields;
  }

  private static int freePort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
