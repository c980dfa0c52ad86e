package io.osspost.emulator;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.osspost.emulator.fault.Fault;
import io.osspost.emulator.fault.Faults;
import io.osspost.emulator.journal.JournalEntry;
import io.osspost.emulator.testing.FakeApplication;
import io.osspost.emulator.testing.RawHttp;
import io.osspost.emulator.testing.RawHttp.Answer;
import io.osspost.emulator.testing.SignedRequest;
import io.osspost.emulator.testing.TestForm;
import io.osspost.emulator.testing.TestSigner;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FaultsTest {
  private OssEmulator oss;

  @BeforeEach
  void start() {
    oss = TestForm.emulator().start();
  }

  @AfterEach
  void stop() {
    oss.close();
  }

  @Test
  void refusalStrikesOnceAndStoresNothing() throws IOException {
    oss.faults().add(Fault.refusal(503));

    Answer refused = post(new TestForm());

    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.member("Code")).isEqualTo("ServiceUnavailable");
    assertThat(oss.keys()).isEmpty();
    assertThat(last().explanation()).isEqualTo("a fault rejects this request");
    assertThat(post(new TestForm()).status()).isEqualTo(200);
  }

  @Test
  void faultWaitsForItsMethodAndCountsDown() throws IOException {
    oss.faults().add(Fault.refusal(500).on("PUT").times(2));
    assertThat(post(new TestForm()).status()).isEqualTo(200);
    assertThat(put().status()).isEqualTo(500);
    assertThat(oss.faults().pending()).containsExactly(Fault.refusal(500).on("PUT"));
    assertThat(put().status()).isEqualTo(500);
    assertThat(put().status()).isEqualTo(200);
  }

  @Test
  void endlessFaultEndsWhenCleared() throws IOException {
    oss.faults().add(Fault.refusal(409, "FileImmutable", "Locked.").always());
    assertThat(put().member("Code")).isEqualTo("FileImmutable");
    assertThat(put().status()).isEqualTo(409);
    oss.faults().clear();
    assertThat(put().status()).isEqualTo(200);
  }

  @Test
  void delayedRequestIsDoneLater() throws IOException {
    oss.faults().add(Fault.delay(Duration.ofMillis(300)));
    long began = System.nanoTime();
    assertThat(post(new TestForm()).status()).isEqualTo(200);
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(299));
    assertThat(last().explanation()).startsWith("a fault delays this request by 0.3 seconds");
  }

  @Test
  void droppedRequestHasNoAnswer() throws IOException {
    oss.faults().add(Fault.drop());
    assertThatIOException().isThrownBy(() -> post(new TestForm()));
    assertThat(oss.keys()).isEmpty();
    assertThat(last().status()).isZero();
    assertThat(last().toString()).contains("] cut: a fault drops this request");
    assertThat(post(new TestForm()).status()).isEqualTo(200);
  }

  @Test
  void cutUploadLeavesNothing() throws IOException {
    oss.faults().add(Fault.cutUploadAfter(1500));
    TestForm form = new TestForm();
    form.content = new byte[1 << 20];
    assertThatIOException().isThrownBy(() -> post(form));
    assertThat(oss.keys()).isEmpty();
    assertThat(last().explanation()).isEqualTo("a fault cuts the upload");
  }

  @Test
  void cutAnswerFollowsTheOperation() throws IOException {
    assertThat(post(new TestForm()).status()).isEqualTo(200);
    oss.faults().add(Fault.cutAnswerAfter(5).on("GET"));
    SignedRequest get = SignedRequest.get("user-dir/photo.png").v4Url();
    try (Socket socket = RawHttp.connect(oss.port())) {
      socket
          .getOutputStream()
          .write(RawHttp.head("GET", get.path(), Map.of("Host", oss.endpoint().getAuthority())));
      InputStream in = socket.getInputStream();
      String all = new String(in.readAllBytes(), ISO_8859_1);
      assertThat(all).contains("Content-Length: 11").endsWith("\r\n\r\nhello");
    }

    oss.faults().add(Fault.cutAnswerAfter(0).on("POST"));
    assertThatIOException()
        .isThrownBy(() -> post(new TestForm().with("key", "user-dir/stored.png")));
    assertThat(oss.object("user-dir/stored.png")).isPresent();
  }

  @Test
  void lostCallbackIsNeverMade() throws IOException {
    try (FakeApplication application = new FakeApplication()) {
      oss.faults().add(Fault.loseCallback());
      Answer answer = post(callingBack(application));
      assertThat(answer.status()).isEqualTo(203);
      assertThat(answer.member("Code")).isEqualTo("CallbackFailed");
      assertThat(oss.keys()).hasSize(1);
      assertThat(application.calls()).isEmpty();
    }
  }

  @Test
  void lostCallbackAnswerFailsAfterTheCall() throws IOException {
    try (FakeApplication application = new FakeApplication()) {
      oss.faults().add(Fault.loseCallbackAnswer());
      Answer answer = post(callingBack(application));
      assertThat(answer.status()).isEqualTo(203);
      assertThat(answer.member("EC")).isEqualTo("0007-00000202");
      assertThat(application.calls()).hasSize(1);
    }
  }

  @Test
  void doubledCallbackRepeatsTheCall() throws IOException {
    try (FakeApplication application = new FakeApplication()) {
      oss.faults().add(Fault.doubleCallback());
      assertThat(post(callingBack(application)).body()).isEqualTo("{\"Status\":\"OK\"}");
      assertThat(application.calls()).hasSize(2);
      assertThat(application.calls().get(0)).isEqualTo(application.calls().get(1));
    }
  }

  @Test
  void faultsOfStsDoNotTouchOss() throws IOException {
    oss.faults().add(Fault.refusal(503).on(Faults.STS));
    assertThat(put().status()).isEqualTo(200);
    assertThat(oss.faults().take(Fault.Refusal.class, Faults.STS)).isPresent();
    oss.faults().add(Fault.refusal(503));
    assertThat(oss.faults().take(Fault.Refusal.class, Faults.STS)).isEmpty();
  }

  @Test
  void impossibleFaultIsAFactAndAFix() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Fault.refusal(200))
        .withMessage("200 is not the status of an error. Use one between 400 and 599.");
    assertThatIllegalArgumentException().isThrownBy(() -> Fault.drop().times(0));
    assertThatIllegalArgumentException().isThrownBy(() -> Fault.cutUploadAfter(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> Fault.delay(Duration.ofMillis(-1)));
  }

  private JournalEntry last() {
    return oss.journal().last().orElseThrow();
  }

  private Answer post(TestForm form) throws IOException {
    return RawHttp.post(oss.endpoint(), "/examplebucket/", form.sign());
  }

  private Answer put() throws IOException {
    return SignedRequest.put("a.txt", "hello").v4Header().send(oss.endpoint());
  }

  private static TestForm callingBack(FakeApplication application) {
    String config =
        "{\"callbackUrl\":\"http://"
            + application.address()
            + "/\",\"callbackBody\":\"o=${object}\"}";
    return new TestForm().with("callback", TestSigner.base64(config));
  }
}
