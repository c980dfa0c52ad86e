package io.osspost.emulator.internal.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.osspost.emulator.OssEmulator;
import io.osspost.emulator.rules.EmulatorRule;
import io.osspost.emulator.testing.RawHttp;
import io.osspost.emulator.testing.RawHttp.Answer;
import io.osspost.emulator.testing.SignedRequest;
import io.osspost.emulator.testing.TestForm;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The readings of rule {@code signed-content-length}. */
class SignedContentLengthTest {
  private OssEmulator oss;

  @AfterEach
  void stop() {
    oss.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"url", "header"})
  void signedLengthIsTheOnlyOneByDefault(String place) throws IOException {
    oss = TestForm.emulator().start();
    SignedRequest request = signedOver("5", place);
    assertThat(send(request, 5).status()).isEqualTo(200);
    for (int other : new int[] {0, 4, 6, 50}) {
      Answer answer = send(request, other);
      assertThat(answer.status()).isEqualTo(403);
      assertThat(answer.member("Code")).isEqualTo("SignatureDoesNotMatch");
      assertThat(answer.member("CanonicalRequest")).contains("content-length:" + other + "\n");
      assertThat(oss.journal().last().orElseThrow().explanation())
          .endsWith(
              "or an x-oss-* or additional header (content-length) differs from the signed one");
    }
  }

  @Test
  void signedLengthHoldsForPartsToo() throws IOException {
    oss = TestForm.emulator().start();
    Answer begun =
        new SignedRequest("POST", "a.txt").query("uploads", "").v4Header().send(oss.endpoint());
    SignedRequest part = new SignedRequest("PUT", "a.txt").with("content-length", "5");
    part.additionalHeaders = "content-length";
    part.query("partNumber", "1").query("uploadId", begun.member("UploadId")).v4Url();
    assertThat(send(part, 6).member("Code")).isEqualTo("SignatureDoesNotMatch");
    assertThat(send(part, 5).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"url", "header"})
  void ignoredLengthMakesSignaturesOverItWrong(String place) throws IOException {
    oss = TestForm.emulator().rule(EmulatorRule.SIGNED_CONTENT_LENGTH_IGNORED).start();
    Answer answer = send(signedOver("5", place), 5);
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.member("CanonicalRequest"))
        .doesNotContain("content-length:")
        .contains("\ncontent-length\nUNSIGNED-PAYLOAD");
    assertThat(oss.journal().last().orElseThrow().explanation())
        .contains(
            "the canonical request has no content-length (rule signed-content-length=ignored)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"url", "header"})
  void ignoredLengthPermitsEveryLength(String place) throws IOException {
    oss = TestForm.emulator().rule(EmulatorRule.SIGNED_CONTENT_LENGTH_IGNORED).start();
    SignedRequest request = signedOver(null, place);
    for (int length : new int[] {0, 5, 50}) {
      assertThat(send(request, length).status()).isEqualTo(200);
      assertThat(oss.object("a.txt").orElseThrow().size()).isEqualTo(length);
    }
  }

  @Test
  void otherAdditionalHeadersRemainSigned() throws IOException {
    oss = TestForm.emulator().rule(EmulatorRule.SIGNED_CONTENT_LENGTH_IGNORED).start();
    SignedRequest request = new SignedRequest("PUT", "a.txt").with("user-agent", "a");
    request.additionalHeaders = "content-length;user-agent";
    request.v4Url();
    assertThat(send(request, 5).status()).isEqualTo(200);
    request.with("user-agent", "b");
    assertThat(send(request, 5).member("Code")).isEqualTo("SignatureDoesNotMatch");
  }

  @ParameterizedTest
  @ValueSource(strings = {"SIGNED_CONTENT_LENGTH_HONOURED", "SIGNED_CONTENT_LENGTH_IGNORED"})
  void bodyInChunksHasNoLengthToSign(EmulatorRule rule) throws IOException {
    oss = TestForm.emulator().rule(rule).start();
    SignedRequest request = signedOver("5", "url");
    Answer answer =
        RawHttp.send(
            oss.endpoint(),
            "PUT",
            request.path(),
            Map.of("Transfer-Encoding", "chunked"),
            new byte[0]);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.member("EC")).isEqualTo("0002-00000078");
  }

  /** Signs a PUT whose list of headers names the length; the text has a line if it is given. */
  private static SignedRequest signedOver(String length, String place) {
    SignedRequest request = new SignedRequest("PUT", "a.txt");
    request.additionalHeaders = "content-length";
    if (length != null) {
      request.with("content-length", length);
    }
    return place.equals("url") ? request.v4Url() : request.v4Header();
  }

  private Answer send(SignedRequest request, int length) throws IOException {
    Map<String, String> headers = new HashMap<>(request.headers);
    headers.remove("content-length");
    headers.put("Content-Length", Integer.toString(length));
    return RawHttp.send(oss.endpoint(), "PUT", request.path(), headers, new byte[length]);
  }
}
