package io.osspost.emulator.internal.post;

import static org.assertj.core.api.Assertions.assertThat;

import io.osspost.emulator.OssEmulator;
import io.osspost.emulator.StoredObject;
import io.osspost.emulator.rules.EmulatorRule;
import io.osspost.emulator.testing.RawHttp;
import io.osspost.emulator.testing.RawHttp.Answer;
import io.osspost.emulator.testing.TestClock;
import io.osspost.emulator.testing.TestForm;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PostObjectTest {
  private static final String MD5_OF_HELLO_WORLD = "5EB63BBBE01EEED093CB22BB8F5ACDC3";

  private final TestClock clock = new TestClock(Instant.parse(TestForm.NOW));
  private OssEmulator oss;

  @BeforeEach
  void start() {
    oss = OssEmulator.builder().accessKey("LTAIexample", "examplesecret").clock(clock).start();
  }

  @AfterEach
  void stop() {
    oss.close();
  }

  @Test
  void storesTheFileAndAnswersItsChecksums() throws IOException {
    Answer answer = post(new TestForm());

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
    assertThat(answer.header("content-length")).isEqualTo("0");
    assertThat(answer.header("etag")).isEqualTo('"' + MD5_OF_HELLO_WORLD + '"');
    assertThat(answer.header("content-md5")).isEqualTo("XrY7u+Ae7tCTyyK7j1rNww==");
    assertThat(answer.header("x-oss-hash-crc64ecma")).isEqualTo("5981764153023615706");
    assertThat(answer.header("x-oss-request-id")).matches("[0-9A-F]{24}");
    assertThat(answer.header("x-oss-ec")).isNull();
    StoredObject object = oss.object("user-dir/photo.png").orElseThrow();
    assertThat(object.content()).hasContent("hello world");
    assertThat(object.size()).isEqualTo(11);
    assertThat(object.contentType()).isEqualTo("image/png");
    assertThat(object.etag()).isEqualTo(answer.header("etag"));
    assertThat(object.crc64()).isEqualTo("5981764153023615706");
    assertThat(object.lastModified()).isEqualTo(TestForm.NOW);
    assertThat(oss.keys()).containsExactly("user-dir/photo.png");
  }

  @Test
  void headersAndMetadataStayWithTheObject() throws IOException {
    post(
        new TestForm()
            .with("Cache-Control", "no-cache")
            .with("Content-Disposition", "attachment; filename=\"字.png\"")
            .with("Content-Encoding", "identity")
            .with("Expires", "Wed, 21 Oct 2099 07:28:00 GMT")
            .with("X-OSS-Meta-Owner", "字 7")
            .with("x-oss-object-acl", "public-read")
            .with("x-oss-storage-class", "IA")
            .with("x-oss-server-side-encryption", "AES256"));

    StoredObject object = oss.object("user-dir/photo.png").orElseThrow();
    assertThat(object.metadata()).containsExactly(Map.entry("owner", "字 7"));
    assertThat(object.acl()).isEqualTo("public-read");
    assertThat(object.headers())
        .containsEntry("Cache-Control", "no-cache")
        .containsEntry("Content-Disposition", "attachment; filename=\"字.png\"")
        .containsEntry("Content-Encoding", "identity")
        .containsEntry("Expires", "Wed, 21 Oct 2099 07:28:00 GMT")
        .containsEntry("x-oss-storage-class", "IA");
    assertThat(object.headers().get("cache-control")).isEqualTo("no-cache");
  }

  @Test
  void policyMayExpireDuringTheUploadUnderItsRule() throws IOException {
    oss.close();
    oss =
        OssEmulator.builder()
            .accessKey("LTAIexample", "examplesecret")
            .rule(EmulatorRule.EXPIRATION_WHEN_RECEIVED)
            .clock(clock)
            .start();
    clock.advanceAtEveryReading(Duration.ofHours(1));
    assertThat(post(new TestForm()).status()).isEqualTo(200);
    assertThat(oss.keys()).hasSize(1);
  }

  @Test
  void policyThatExpiresDuringTheUploadRefusesIt() throws IOException {
    clock.advanceAtEveryReading(Duration.ofHours(1));
    Answer answer = post(new TestForm());
    assertThat(answer.member("EC")).isEqualTo("0006-00000213");
    assertThat(oss.keys()).isEmpty();
  }

  private Answer post(TestForm form) throws IOException {
    return RawHttp.post(oss.endpoint(), "/examplebucket/", form.sign());
  }
}
