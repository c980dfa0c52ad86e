package io.osspost.servlet;

import static io.osspost.servlet.Deployed.assertOurs;
import static io.osspost.servlet.Deployed.assertRefused;
import static io.osspost.servlet.Deployed.granted;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * URLs, tokens and callbacks in every container. An emulator of OSS accepts the granted uploads.
 */
@ParameterizedClass
@MethodSource("io.osspost.servlet.ServletContainer$Kind#tested")
class OtherRoutesIT {
  private static final String FORM = "/shop/get_post_signature_for_oss_upload";
  private static final String URL = "/shop/get_presigned_url_for_oss_upload";
  private static final String TOKEN = "/shop/get_sts_token_for_oss_upload";
  private static final String CALLBACK = "/shop/oss_upload_callback";

  private final HttpClient http = HttpClient.newHttpClient();

  @Parameter ServletContainer.Kind kind;
  private Wire wire;

  @BeforeEach
  void deploy() {
    wire = Deployed.in(kind).wire();
  }

  @Test
  void postedFormIsStoredAndReportedOnce() throws Exception {
    JsonNode grant = granted(wire.get(FORM + "?format=form&filename=a.txt&type=text/plain"));
    String key = grant.path("key").asText();
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    grant
        .path("fields")
        .properties()
        .forEach(field -> part(body, "name=\"" + field.getKey() + "\"", field.getValue().asText()));
    part(body, "name=\"file\"; filename=\"a.txt\"\r\nContent-Type: text/plain", "hello");
    body.writeBytes("--form--\r\n".getBytes(UTF_8));
    HttpResponse<String> stored =
        http.send(
            HttpRequest.newBuilder(URI.create(grant.path("url").asText()))
                .header("Content-Type", "multipart/form-data; boundary=form")
                .POST(BodyPublishers.ofByteArray(body.toByteArray()))
                .build(),
            BodyHandlers.ofString());
    assertThat(stored.statusCode()).as(stored.body()).isEqualTo(200);
    assertThat(stored.body()).isEqualTo("{\"key\":\"" + key + "\"}");
    assertThat(Deployed.OSS.object(key)).isPresent();
    assertThat(wire.get("/shop/heard").body().lines().filter(key::equals)).hasSize(1);
  }

  @Test
  void aFileIsPutAtItsUrl() throws Exception {
    JsonNode grant = granted(wire.get(URL + "?format=form&filename=a.txt&type=text/plain"));
    HttpRequest.Builder put =
        HttpRequest.newBuilder(URI.create(grant.path("url").asText()))
            .PUT(BodyPublishers.ofString("hello"));
    grant
        .path("headers")
        .properties()
        .forEach(header -> put.header(header.getKey(), header.getValue().asText()));
    HttpResponse<String> stored = http.send(put.build(), BodyHandlers.ofString());
    assertThat(stored.statusCode()).as(stored.body()).isEqualTo(200);
    String key = grant.path("key").asText();
    assertThat(wire.get("/shop/heard").body().lines().filter(key::equals)).hasSize(1);
  }

  @Test
  void theTutorialsPageGetsABareUrl() throws Exception {
    Wire.Answer answer = wire.get(URL + "?profile=tutorial&filename=a.txt");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type").orElse("")).startsWith("text/plain");
    assertThat(answer.header("X-Oss-Post-Key").orElse("")).endsWith(".txt");
    assertThat(answer.body()).startsWith(Deployed.OSS.endpoint().toString());
    assertOurs(answer);
  }

  @Test
  void aUrlNeedsAFile() throws Exception {
    assertRefused(wire.get(URL), 400, "bad-parameter");
  }

  @Test
  void tokensNeedAVendor() throws Exception {
    assertRefused(wire.get(TOKEN), 403, "grant-not-offered");
  }

  @Test
  void callbacksArePosted() throws Exception {
    Wire.Answer answer = wire.get(CALLBACK);
    assertRefused(answer, 405, "method-not-allowed");
    assertThat(answer.header("Allow")).contains("POST");
  }

  @Test
  void aCallbackThatOssDidNotSignIsRefused() throws Exception {
    assertRefused(
        wire.post(CALLBACK, "{\"bucket\":\"examplebucket\"}", "Content-Type: application/json"),
        403,
        "signature-missing");
    assertRefused(wire.post(CALLBACK, "bucket=examplebucket"), 403, "signature-missing");
  }

  @Test
  void interruptedCallbackHasNoEffect() throws Exception {
    String request =
        "POST "
            + CALLBACK
            + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n"
            + "Content-Type: application/json\r\nAuthorization: eA==\r\n"
            + "x-oss-pub-key-url: aHR0cHM6Ly9nb3NzcHVibGljLmFsaWNkbi5jb20vY2FsbGJhY2tfcHViX2tleV92MS5wZW0=\r\n"
            + "\r\nzz\r\nhello\r\n0\r\n\r\n";
    String answer = new String(wire.exchange(request.getBytes(UTF_8)), UTF_8);
    if (kind != ServletContainer.Kind.UNDERTOW || !answer.isEmpty()) {
      assertThat(answer).startsWith("HTTP/1.1 4").doesNotContain("io.osspost", "Exception");
    }
  }

  private static void part(ByteArrayOutputStream body, String disposition, String content) {
    String head = "--form\r\nContent-Disposition: form-data; " + disposition + "\r\n\r\n";
    body.writeBytes((head + content + "\r\n").getBytes(UTF_8));
  }
}
