package io.osspost.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.osspost.emulator.fault.Fault;
import io.osspost.emulator.fault.Faults;
import io.osspost.emulator.testing.FakeApplication;
import io.osspost.emulator.testing.RawHttp.Answer;
import io.osspost.emulator.testing.SignedRequest;
import io.osspost.emulator.testing.TestForm;
import io.osspost.emulator.testing.TestSigner;
import java.io.IOException;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Faults in single steps of multipart uploads. */
class PartFaultsTest {
  private OssEmulator oss;
  private String id;

  @BeforeEach
  void start() throws IOException {
    oss = TestForm.emulator().start();
    id = initiate().member("UploadId");
  }

  @AfterEach
  void stop() {
    oss.close();
  }

  /** The faults that end a request without a usable answer, and whether the part is stored. */
  static Stream<Arguments> endings() {
    return Stream.of(
        arguments(Fault.drop(), false),
        arguments(Fault.cutUploadAfter(3), false),
        arguments(Fault.cutAnswerAfter(0), true),
        arguments(Fault.loseAnswer(), true));
  }

  @ParameterizedTest
  @MethodSource("endings")
  void onePartIsAffectedOnce(Fault ending, boolean stored) throws IOException {
    oss.faults().add(ending.onPart(2));
    assertThat(part(1).status()).isEqualTo(200);
    assertThatIOException().isThrownBy(() -> part(2));
    assertThat(listed(2)).isEqualTo(stored);
    assertThat(part(2).status()).isEqualTo(200);
    assertThat(part(3).status()).isEqualTo(200);
    assertThat(oss.faults().pending()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("endings")
  void eachPartIsAffectedOnce(Fault ending) throws IOException {
    oss.faults().add(ending.inEachPart());
    for (int number : new int[] {1, 2, 3}) {
      assertThatIOException().isThrownBy(() -> part(number));
    }
    for (int number : new int[] {1, 2, 3}) {
      assertThat(part(number).status()).isEqualTo(200);
    }
    id = initiate().member("UploadId");
    assertThatIOException().isThrownBy(() -> part(1));
    assertThat(part(1).status()).isEqualTo(200);
    assertThat(oss.faults().pending()).containsExactly(ending.inEachPart());
    oss.faults().clear();
    assertThat(part(4).status()).isEqualTo(200);
  }

  @Test
  void timesCountsForEachPart() throws IOException {
    oss.faults().add(Fault.refusal(503).inEachPart().times(2));
    for (int number : new int[] {1, 2}) {
      assertThat(part(number).status()).isEqualTo(503);
      assertThat(part(number).status()).isEqualTo(503);
      assertThat(part(number).status()).isEqualTo(200);
    }
    oss.faults().clear();
    oss.faults().add(Fault.refusal(503).inEachPart().always());
    assertThat(part(1).status()).isEqualTo(503);
    assertThat(part(1).status()).isEqualTo(503);
  }

  @Test
  void onlyPartsAreAffectedInEachPart() throws IOException {
    oss.faults().add(Fault.refusal(503).inEachPart());
    assertThat(initiate().status()).isEqualTo(200);
    assertThat(list().status()).isEqualTo(200);
    SignedRequest preflight = new SignedRequest("OPTIONS", "a.txt").query("partNumber", "1");
    preflight.query("uploadId", id).with("origin", "http://localhost");
    preflight.with("access-control-request-method", "PUT");
    assertThat(preflight.send(oss.endpoint()).status()).isEqualTo(200);
    assertThat(SignedRequest.put("b.txt", "x").v4Header().send(oss.endpoint()).status())
        .isEqualTo(200);
    assertThat(part(1).status()).isEqualTo(503);
    assertThat(part(1).status()).isEqualTo(200);
    assertThat(complete().status()).isEqualTo(200);
  }

  @Test
  void eachPartCanBeLimitedToOneNumber() throws IOException {
    oss.faults().add(Fault.refusal(503).onPart(2).inEachPart());
    assertThat(part(1).status()).isEqualTo(200);
    assertThat(part(2).status()).isEqualTo(503);
    assertThat(part(2).status()).isEqualTo(200);
    id = initiate().member("UploadId");
    assertThat(part(2).status()).isEqualTo(503);
  }

  @Test
  void delayedPartIsStoredLater() throws IOException {
    oss.faults().add(Fault.delay(Duration.ofMillis(200)).onPart(1));
    long began = System.nanoTime();
    assertThat(part(1).status()).isEqualTo(200);
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(199));
  }

  @Test
  void completingIsSelectedByItsQuery() throws IOException {
    part(1);
    oss.faults().add(Fault.refusal(500).on("POST").withQuery("uploadId"));
    assertThat(initiate().status()).isEqualTo(200);
    assertThat(complete().status()).isEqualTo(500);
    assertThat(oss.keys()).isEmpty();
    oss.faults().add(Fault.cutUploadAfter(10).on("POST").withQuery("uploadId"));
    assertThatIOException().isThrownBy(this::complete);
    assertThat(oss.keys()).isEmpty();
    oss.faults().add(Fault.loseAnswer().on("POST").withQuery("uploadId", id));
    assertThatIOException().isThrownBy(this::complete);
    assertThat(oss.journal().last().orElseThrow().toString())
        .contains("] cut: a fault discards the response");
    assertThat(oss.object("a.txt").orElseThrow().content()).hasContent("hello");
    assertThat(complete().member("Code")).isEqualTo("NoSuchUpload");
  }

  @Test
  void listOfPartsIsSelectedByItsQuery() throws IOException {
    part(1);
    oss.faults().add(Fault.refusal(503).on("GET").withQuery("uploadId"));
    assertThat(SignedRequest.get("a.txt").v4Header().send(oss.endpoint()).status()).isEqualTo(404);
    assertThat(list().status()).isEqualTo(503);
    oss.faults().add(Fault.cutAnswerAfter(40).on("GET").withQuery("uploadId"));
    assertThat(list().body()).hasSize(40);
    assertThat(listed(1)).isTrue();
  }

  @Test
  void abortAndInitiateAreSelectedByTheirQuery() throws IOException {
    oss.faults().add(Fault.refusal(503).on("DELETE").withQuery("uploadId"));
    oss.faults().add(Fault.cutAnswerAfter(5).on("POST").withQuery("uploads"));
    SignedRequest abort = new SignedRequest("DELETE", "a.txt").query("uploadId", id).v4Header();
    assertThat(abort.send(oss.endpoint()).status()).isEqualTo(503);
    assertThat(initiate().body()).isEqualTo("<?xml");
    assertThat(abort.send(oss.endpoint()).status()).isEqualTo(204);
  }

  @Test
  void callbackOfCompletingIsSelectedByItsQuery() throws IOException {
    try (FakeApplication application = new FakeApplication()) {
      oss.faults().add(Fault.loseCallback().withQuery("uploadId"));
      part(1);
      String config =
          "{\"callbackUrl\":\"http://" + application.address() + "/\",\"callbackBody\":\"a\"}";
      SignedRequest put = SignedRequest.put("b.txt", "x");
      put.with("x-oss-callback", TestSigner.base64(config)).v4Header().send(oss.endpoint());
      assertThat(application.calls()).hasSize(1);
      Answer answer =
          completing()
              .with("x-oss-callback", TestSigner.base64(config))
              .v4Header()
              .send(oss.endpoint());
      assertThat(answer.status()).isEqualTo(203);
      assertThat(application.calls()).hasSize(1);
    }
  }

  @Test
  void impossibleSelectionIsAnError() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Fault.drop().onPart(0))
        .withMessage("A part cannot have the number 0. Use 1 to 10000.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Fault.drop().on("put"))
        .withMessageStartingWith("A fault cannot affect 'put'. Use one of [GET, ");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Fault.drop().inEachPart().on(Faults.STS))
        .withMessageStartingWith("A fault of STS cannot select parts");
  }

  private Answer initiate() throws IOException {
    return new SignedRequest("POST", "a.txt").query("uploads", "").v4Header().send(oss.endpoint());
  }

  private Answer part(int number) throws IOException {
    SignedRequest request = SignedRequest.put("a.txt", "hello");
    request.query("partNumber", Integer.toString(number)).query("uploadId", id);
    return request.v4Header().send(oss.endpoint());
  }

  private Answer list() throws IOException {
    return SignedRequest.get("a.txt").query("uploadId", id).v4Header().send(oss.endpoint());
  }

  private boolean listed(int number) throws IOException {
    return list().body().contains("<PartNumber>" + number + "</PartNumber>");
  }

  private Answer complete() throws IOException {
    return completing().v4Header().send(oss.endpoint());
  }

  private SignedRequest completing() {
    SignedRequest request = new SignedRequest("POST", "a.txt").query("uploadId", id);
    request.body =
        ("<CompleteMultipartUpload><Part><PartNumber>1</PartNumber>"
                + "<ETag>5D41402ABC4B2A76B9719D911017C592</ETag></Part></CompleteMultipartUpload>")
            .getBytes(UTF_8);
    return request;
  }
}
