package io.osspost.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.osspost.emulator.testing.RawHttp;
import io.osspost.emulator.testing.SignedRequest;
import io.osspost.emulator.testing.TestForm;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every refusal is logged in one line with its reason. The logger is the JDK's own here. */
class RefusalLogTest {
  private final Logger logger = Logger.getLogger("io.osspost.emulator");
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord line) {
          lines.add(line.getLevel() + " " + line.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };
  private OssEmulator oss;

  @BeforeEach
  void start() {
    logger.setLevel(Level.FINE);
    logger.setUseParentHandlers(false);
    logger.addHandler(handler);
    oss =
        OssEmulator.builder()
            .accessKey("LTAIexample", "canary-secret")
            .temporaryKey("STS.a", "canary-sts-secret", "canary-token", Instant.parse(TestForm.NOW))
            .clock(Clock.fixed(Instant.parse(TestForm.NOW), ZoneOffset.UTC))
            .start();
  }

  @AfterEach
  void stop() {
    oss.close();
    logger.removeHandler(handler);
    logger.setUseParentHandlers(true);
    logger.setLevel(null);
  }

  @Test
  void saysWhichConditionSawWhichValue() throws IOException {
    assertThat(refused(new TestForm().with("key", "other/a.png")))
        .startsWith("INFO POST /examplebucket/ [")
        .contains("refused, 403 AccessDenied 0006-00000227: ")
        .endsWith(
            "the policy's condition [\"starts-with\", \"$key\", \"user-dir/\"] failed:"
                + " the form's value is 'other/a.png'");
  }

  @Test
  void saysHowFarTheClockIsOff() throws IOException {
    TestForm form = new TestForm();
    form.date = "20240315T101530Z";
    assertThat(refused(form)).contains("is 2 hours ahead of this clock (2024-03-15T08:15:30Z)");
    form = new TestForm();
    form.expiration = "2024-03-15T08:10:30Z";
    assertThat(refused(form)).contains("expired at 2024-03-15T08:10:30Z, 5 minutes ago");
  }

  @Test
  void neverShowsSecretTokenOrSignature() throws IOException {
    refused(new TestForm().with("x-oss-signature", "canary-signature"));
    refused(temporary("canary-token"));
    refused(temporary("canary-other-token"));
    TestForm pinned = new TestForm().with("x-oss-security-token", "canary-wrong");
    pinned.condition("{\"x-oss-security-token\":\"canary-token\"}");
    refused(pinned);
    assertThat(lines).hasSize(4).noneMatch(line -> line.contains("canary"));
    assertThat(oss.toString()).doesNotContain("canary");
  }

  @Test
  void signedRequestsAreExplainedToo() throws IOException {
    SignedRequest wrong = SignedRequest.get("a.txt");
    wrong.secret = "canary-other-secret";
    assertThat(wrong.v4Url().send(oss.endpoint()).status()).isEqualTo(403);
    SignedRequest token = SignedRequest.get("a.txt").query("x-oss-security-token", "canary-token");
    token.keyId = "STS.a";
    assertThat(token.v4Url().send(oss.endpoint()).status()).isEqualTo(403);
    SignedRequest garbled = SignedRequest.get("a.txt");
    garbled.with("authorization", "OSS4-HMAC-SHA256 canary-signature");
    assertThat(garbled.send(oss.endpoint()).status()).isEqualTo(400);

    assertThat(lines).hasSize(3).noneMatch(line -> line.contains("canary"));
    assertThat(lines.get(0))
        .startsWith("INFO GET /examplebucket/a.txt [")
        .contains("refused, 403 SignatureDoesNotMatch 0002-00000201: the signature is not the one");
    assertThat(lines.get(1)).contains("403 SecurityTokenExpired 0002-00000007: ");
  }

  @Test
  void successIsQuiet() throws IOException {
    TestForm form = new TestForm();
    form.secret = "canary-secret";
    assertThat(RawHttp.post(oss.endpoint(), "/examplebucket/", form.sign()).status())
        .isEqualTo(200);
    assertThat(lines).allMatch(line -> line.startsWith("FINE "));
  }

  private static TestForm temporary(String token) {
    TestForm form = new TestForm().with("x-oss-security-token", token);
    form.keyId = "STS.a";
    form.secret = "canary-sts-secret";
    form.v4Conditions.add("x-oss-security-token");
    return form;
  }

  private String refused(TestForm form) throws IOException {
    int before = lines.size();
    if (form.secret.equals("examplesecret")) {
      form.secret = "canary-secret";
    }
    assertThat(RawHttp.post(oss.endpoint(), "/examplebucket/", form.sign()).status())
        .isGreaterThanOrEqualTo(400);
    assertThat(lines).hasSize(before + 1);
    return lines.get(before);
  }
}
