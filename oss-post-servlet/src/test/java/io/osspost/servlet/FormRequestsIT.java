package io.osspost.servlet;

import static io.osspost.servlet.Deployed.assertOurs;
import static io.osspost.servlet.Deployed.assertRefused;
import static io.osspost.servlet.Deployed.granted;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.SocketException;
import java.net.URLEncoder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Valid and invalid requests for a form, in every container. */
@ParameterizedClass
@MethodSource("io.osspost.servlet.ServletContainer$Kind#tested")
class FormRequestsIT {
  private static final String FORM = "/shop/get_post_signature_for_oss_upload";
  private static final byte[] NOTHING = {};

  @Parameter ServletContainer.Kind kind;
  private Wire wire;

  @BeforeEach
  void deploy() {
    wire = Deployed.in(kind).wire();
  }

  @Test
  void aPageThatNamesTheObjectItselfGetsADirectory() throws Exception {
    JsonNode grant = granted(wire.get(FORM + "?format=form"));
    assertThat(grant.path("fields").has("policy")).isTrue();
    assertThat(grant.path("limits").path("keyPrefix").asText()).matches("uploads/[0-9a-f-]{36}/");
  }

  @Test
  void aNamedFileIsPinned() throws Exception {
    JsonNode grant = granted(wire.get(FORM + "?format=form&filename=a%20b.png&size=5"));
    assertThat(grant.path("key").asText()).startsWith("uploads/").endsWith(".png");
    assertThat(grant.path("fields").path("Content-Type").asText()).isEqualTo("image/png");
  }

  @Test
  void parametersMayComeAsAForm() throws Exception {
    JsonNode grant = granted(wire.post(FORM, "format=form&filename=a.png&size=5"));
    assertThat(grant.path("key").asText()).endsWith(".png");
  }

  @Test
  void aFormMayComeInChunks() throws Exception {
    String request =
        "POST "
            + FORM
            + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n"
            + "Content-Type: application/x-www-form-urlencoded\r\n\r\n"
            + "c\r\nformat=form&\r\ne\r\nfilename=a.png\r\n0\r\n\r\n";
    assertThat(granted(wire.send(request.getBytes(UTF_8))).path("key").asText()).endsWith(".png");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ";charset=UTF-8", "; charset=utf-8"})
  void namesInAFormAreUtf8WhateverTheContainersDefaultIs(String charset) throws Exception {
    JsonNode grant =
        granted(
            wire.post(
                "/shop/eve" + FORM.substring(5),
                "format=form&filename=" + URLEncoder.encode("照片 é.png", UTF_8),
                "Content-Type: application/x-www-form-urlencoded" + charset));
    assertThat(grant.path("key").asText()).endsWith("/box-of-照片 é.png");
  }

  @Test
  void queryIsUtf8InEveryContainer() throws Exception {
    String query = "?format=form&filename=" + URLEncoder.encode("照片 é.png", UTF_8);
    JsonNode grant = granted(wire.get("/shop/eve" + FORM.substring(5) + query));
    assertThat(grant.path("key").asText()).endsWith("/box-of-照片 é.png");
  }

  @Test
  void theQueryOfAPostCountsAsItsForm() throws Exception {
    JsonNode grant = granted(wire.post(FORM + "?format=form", "filename=a.png"));
    assertThat(grant.path("key").asText()).endsWith(".png");
  }

  @Test
  void olderPagesGetTheirFormat() throws Exception {
    assertThat(granted(wire.get(FORM + "?profile=tutorial&format=v1")).has("ossAccessKeyId"))
        .isTrue();
    assertThat(granted(wire.get(FORM + "?format=legacy")).has("accessid")).isTrue();
  }

  @Test
  void misfittingPageGets503() throws Exception {
    Wire.Answer answer = wire.get(FORM + "?profile=tutorial&format=v4");
    assertRefused(answer, 503, "credentials-do-not-fit-page");
    assertThat(answer.header("Retry-After")).contains("60");
  }

  @ParameterizedTest
  @CsvSource({
    "?profile=other, 404, unknown-profile",
    "?profile=default&profile=default, 400, bad-parameter",
    "?format=odd, 400, bad-parameter",
    "?profile=small&format=v1, 403, grant-not-offered",
    "?size=5, 400, bad-parameter",
    "?filename=a.png&size=many, 400, bad-parameter",
    "?filename=a.png&size=-1, 400, bad-parameter",
    "?filename=a.png&size=99999999999999999999, 400, bad-parameter",
    "?filename=, 400, bad-parameter",
    "?filename=a.png&size=0, 400, file-too-small",
    "?profile=small&filename=a.png&size=1025, 413, file-too-large",
    "?profile=small&filename=a.gif&type=image/gif, 415, type-not-allowed",
    "?filename=a.html&type=text/html, 415, type-not-allowed",
    "?filename=a.png&retry=forged, 400, bad-parameter",
    "?profile=edited, 403, not-allowed"
  })
  void whatCannotBeGrantedIsRefusedAsAProblem(String query, int status, String code)
      throws Exception {
    assertRefused(wire.get(FORM + query), status, code);
    assertRefused(wire.post(FORM, query.substring(1)), status, code);
  }

  @Test
  void unknownParametersAreIgnored() throws Exception {
    granted(wire.get(FORM + "?format=form&_=1732244466&&=&x"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"DELETE", "PUT", "PATCH", "PROPFIND"})
  void rejectsOtherMethodsAndListsTheAllowedOnes(String method) throws Exception {
    Wire.Answer answer = wire.send(method, FORM, NOTHING);
    assertRefused(answer, 405, "method-not-allowed");
    assertThat(answer.header("Allow")).contains("GET, POST, OPTIONS");
  }

  @Test
  void headIsRefusedWithoutABody() throws Exception {
    Wire.Answer answer = wire.send("HEAD", FORM, NOTHING);
    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.header("Allow")).contains("GET, POST, OPTIONS");
    assertOurs(answer);
    assertThat(answer.bytes()).isEmpty();
  }

  @Test
  void optionsListsTheMethods() throws Exception {
    Wire.Answer answer = wire.send("OPTIONS", FORM, NOTHING);
    assertThat(answer.status()).isEqualTo(204);
    assertThat(answer.header("Allow")).contains("GET, POST, OPTIONS");
    assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
    assertOurs(answer);
    assertThat(answer.bytes()).isEmpty();
  }

  @Test
  void aListedPageMayAskFromAnotherOrigin() throws Exception {
    String origin = "https://pages.example.com";
    Wire.Answer preflight =
        wire.send(
            "OPTIONS",
            FORM,
            NOTHING,
            "Origin: " + origin,
            "Access-Control-Request-Method: POST",
            "Access-Control-Request-Headers: x-csrf");
    assertThat(preflight.status()).isEqualTo(204);
    assertThat(preflight.header("Access-Control-Allow-Origin")).contains(origin);
    assertThat(preflight.header("Access-Control-Allow-Methods")).contains("GET, POST");
    assertThat(preflight.header("Access-Control-Allow-Headers")).contains("x-csrf");
    Wire.Answer answer =
        wire.get(FORM + "?format=form", "Origin: " + origin, "Sec-Fetch-Site: cross-site");
    granted(answer);
    assertThat(answer.header("Access-Control-Allow-Origin")).contains(origin);
    assertThat(answer.header("Access-Control-Allow-Credentials")).contains("true");
  }

  @Test
  void aPageThatIsNotListedIsRefused() throws Exception {
    Wire.Answer answer = wire.get(FORM, "Origin: https://evil.example.com");
    assertRefused(answer, 403, "foreign-origin");
    assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
    assertRefused(wire.get(FORM, "Sec-Fetch-Site: cross-site"), 403, "foreign-origin");
    assertRefused(wire.post(FORM, "", "Origin: null"), 403, "foreign-origin");
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/json", "text/plain", "multipart/form-data; boundary=x"})
  void aDocumentIsNoForm(String type) throws Exception {
    String body = "--x\r\nContent-Disposition: form-data; name=\"format\"\r\n\r\nform\r\n--x--\r\n";
    assertRefused(wire.post(FORM, body, "Content-Type: " + type), 415, "unsupported-media-type");
  }

  @Test
  void longFileNameIsShortened() throws Exception {
    String query = "?format=form&filename=" + "x".repeat(1000) + ".png";
    JsonNode grant = granted(wire.get("/shop/eve" + FORM.substring(5) + query));
    assertThat(grant.path("key").asText()).hasSizeBetween(100, 1023).endsWith(".png");
  }

  /** This request once needed 32 seconds of CPU time. */
  @Test
  void veryLongFileNameIsRefusedAtOnce() throws Exception {
    String dots = "format=form&filename=a" + ".".repeat(160_000) + "b.png";
    assertRefused(wire.post(FORM, dots), 400, "bad-parameter");
  }

  @Test
  void aQueryBeyondTheContainersLimitIsTheContainersRefusal() throws Exception {
    try {
      assertThat(wire.get(FORM + "?filename=" + "x".repeat(200_000)).status()).isBetween(400, 499);
    } catch (SocketException e) {
      requireJava8(e);
    }
  }

  @Test
  void rejectsFormBeyondTheContainersLimit() throws Exception {
    Wire.Answer answer;
    try {
      answer = wire.post(FORM, "format=form&filename=" + "x".repeat(3 << 20));
    } catch (SocketException e) {
      requireJava8(e);
      return;
    }
    if (kind == ServletContainer.Kind.UNDERTOW) {
      assertThat(answer.status()).isEqualTo(413);
    } else {
      assertRefused(answer, 400, "bad-parameter");
    }
  }

  /** Java 8 resets a connection that it closes before it has read everything. */
  private void requireJava8(SocketException reset) {
    assertThat(kind.java()).as(reset.toString()).isEqualTo("8");
  }

  @Test
  void aFormWithHalfAnEscapeIsAnswered() throws Exception {
    Wire.Answer answer = wire.post(FORM, "format=form&filename=50%.png");
    assertThat(answer.status()).as(answer.toString()).isIn(200, 400);
    assertOurs(answer);
  }

  @Test
  void severalRequestsShareAConnection() throws Exception {
    String one = "GET " + FORM + "?format=form HTTP/1.1\r\nHost: x\r\n";
    String two = "OPTIONS " + FORM + " HTTP/1.1\r\nHost: x\r\n";
    String last = "GET " + FORM + "?profile=other HTTP/1.1\r\nHost: x\r\nConnection: close\r\n";
    byte[] requests = (one + "\r\n" + two + "\r\n" + last + "\r\n").getBytes(UTF_8);
    InputStream answers = new ByteArrayInputStream(wire.exchange(requests));
    granted(Wire.Answer.read(answers));
    assertThat(Wire.Answer.readHead(answers).status()).isEqualTo(204);
    assertRefused(Wire.Answer.read(answers), 404, "unknown-profile");
  }

  @Test
  void aRequestOfHttp10IsAnswered() throws Exception {
    granted(wire.send(("GET " + FORM + "?format=form HTTP/1.0\r\n\r\n").getBytes(UTF_8)));
  }
}
