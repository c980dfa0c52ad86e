package io.osspost.emulator.internal.post;

import static org.assertj.core.api.Assertions.assertThat;

import io.osspost.emulator.OssEmulator;
import io.osspost.emulator.testing.RawHttp;
import io.osspost.emulator.testing.RawHttp.Answer;
import io.osspost.emulator.testing.TestForm;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The whole XML document of a refusal. The cases list the refusals. */
class PostErrorDocumentTest {
  private static OssEmulator oss;

  @BeforeAll
  static void start() {
    oss = TestForm.emulator().start();
  }

  @AfterAll
  static void stop() {
    oss.close();
  }

  @Test
  void errorDocumentHasTheDocumentedMembersInOrder() throws IOException {
    TestForm form = new TestForm().signV4().with("x-oss-signature", "0".repeat(64));

    Answer answer = RawHttp.post(oss.endpoint(), "/examplebucket/", form);

    assertThat(answer.header("content-type")).isEqualTo("application/xml");
    assertThat(answer.header("server")).isEqualTo("AliyunOSS");
    assertThat(answer.header("x-oss-request-id")).matches("[0-9A-F]{24}");
    assertThat(answer.header("x-oss-server-time")).matches("\\d+");
    assertThat(answer.member("RequestId")).isEqualTo(answer.header("x-oss-request-id"));
    assertThat(answer.member("HostId")).isEqualTo("127.0.0.1:" + oss.port());
    assertThat(answer.member("OSSAccessKeyId")).isEqualTo("LTAIexample");
    assertThat(answer.member("SignatureProvided")).isEqualTo("0".repeat(64));
    assertThat(answer.member("StringToSign")).isEqualTo(form.fields.get("policy"));
    assertThat(answer.member("StringToSignBytes")).startsWith("65 79 4A");
    assertThat(answer.member("RecommendDoc"))
        .isEqualTo("https://api.aliyun.com/troubleshoot?q=0002-00000040");
    assertThat(answer.body())
        .startsWith("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error>\n  <Code>")
        .containsSubsequence(
            "<Message>", "<RequestId>", "<HostId>", "<OSSAccessKeyId>", "<EC>", "<RecommendDoc>");
  }

  @Test
  void skewedClockGetsTheServerTime() throws IOException {
    TestForm form = new TestForm();
    form.date = "20240315T235959Z";
    Answer answer = RawHttp.post(oss.endpoint(), "/examplebucket/", form.signV4());
    assertThat(answer.member("ServerTime")).isEqualTo(TestForm.NOW);
    assertThat(answer.member("MaxAllowedSkewMilliseconds")).isEqualTo("900000");
  }
}
