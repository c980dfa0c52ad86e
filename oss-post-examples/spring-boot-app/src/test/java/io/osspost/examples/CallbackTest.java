package io.osspost.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.osspost.callback.UploadListener;
import io.osspost.callback.UploadedObject;
import io.osspost.emulator.OssEmulator;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** OSS calls the application back; two implementations of the signature against each other. */
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
    oss = OssEmulator.start();
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
                .run());
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
  void anUploadedFormIsAnEventAndTheUploaderGetsTheApplicationsAnswer() throws Exception {
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
            });
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

  private static JsonNode grant(String route) throws Exception {
    URI url =
        URI.create(
            application.url(
                "shop/" + route + "?format=form&filename=a.txt&size=5&type=text/plain"));
    HttpResponse<String> answer =
        HTTP.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString());
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
