package io.osspost.emulator.internal.multipart;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.osspost.emulator.OssEmulator;
import io.osspost.emulator.rules.EmulatorRule;
import io.osspost.emulator.testing.FakeApplication;
import io.osspost.emulator.testing.RawHttp.Answer;
import io.osspost.emulator.testing.SignedRequest;
import io.osspost.emulator.testing.TestForm;
import io.osspost.emulator.testing.TestSigner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The readings of rule {@code repeated-complete}, which OSS does not document. */
class RepeatedCompleteTest {
  private static final String HELLO_TAG = "5D41402ABC4B2A76B9719D911017C592";

  @TempDir Path folder;
  private OssEmulator oss;
  private String id;

  @AfterEach
  void stop() {
    oss.close();
  }

  @Test
  void isUnknownByDefault() throws IOException {
    start(EmulatorRule.REPEATED_COMPLETE_NO_SUCH_UPLOAD);
    assertThat(upload().status()).isEqualTo(200);
    assertRefused(complete(), 404, "NoSuchUpload", "0042-00000002");
  }

  @Test
  void givesTheFirstResultAgain() throws IOException {
    start(EmulatorRule.REPEATED_COMPLETE_OK);
    Answer first = upload();
    assertSame(complete(), first);
    assertThat(oss.object("a.txt").orElseThrow().content()).hasContent("hello");
  }

  @Test
  void firstResultIsKnownAfterARestart() throws IOException {
    start(EmulatorRule.REPEATED_COMPLETE_OK);
    Answer first = upload();
    oss.close();
    start(EmulatorRule.REPEATED_COMPLETE_OK);
    assertSame(complete(), first);
  }

  @Test
  void anotherAclLeavesTheObjectTheSame() throws IOException {
    start(EmulatorRule.REPEATED_COMPLETE_OK);
    Answer first = upload();
    SignedRequest acl = new SignedRequest("PUT", "a.txt").query("acl", "");
    acl.with("x-oss-object-acl", "private").v4Header().send(oss.endpoint());
    assertSame(complete(), first);
  }

  @Test
  void overwrittenOrDeletedObjectIsNotThatOfTheUpload() throws IOException {
    for (EmulatorRule rule :
        new EmulatorRule[] {
          EmulatorRule.REPEATED_COMPLETE_OK, EmulatorRule.REPEATED_COMPLETE_EXISTS
        }) {
      start(rule);
      upload();
      SignedRequest.put("a.txt", "hello").v4Header().send(oss.endpoint());
      assertRefused(complete(), 404, "NoSuchUpload", "0042-00000002");
      upload();
      new SignedRequest("DELETE", "a.txt").v4Header().send(oss.endpoint());
      assertRefused(complete(), 404, "NoSuchUpload", "0042-00000002");
      oss.close();
    }
  }

  @Test
  void laterUploadOfTheKeyHidesTheEarlierOne() throws IOException {
    start(EmulatorRule.REPEATED_COMPLETE_OK);
    upload();
    String earlier = id;
    upload();
    id = earlier;
    assertRefused(complete(), 404, "NoSuchUpload", "0042-00000002");
  }

  @Test
  void copyIsNotTheObjectOfTheUpload() throws IOException {
    start(EmulatorRule.REPEATED_COMPLETE_OK);
    upload();
    SignedRequest copy = new SignedRequest("PUT", "b.txt");
    copy.with("x-oss-copy-source", "/examplebucket/a.txt").v4Header().send(oss.endpoint());
    assertRefused(complete("b.txt"), 404, "NoSuchUpload", "0042-00000002");
  }

  @Test
  void firstResultStandsThoughOverwritingIsForbidden() throws IOException {
    start(EmulatorRule.REPEATED_COMPLETE_OK);
    Answer first = upload();
    SignedRequest again = completing("a.txt").with("x-oss-forbid-overwrite", "true");
    assertSame(again.v4Header().send(oss.endpoint()), first);
  }

  @Test
  void callsBackAgain() throws IOException {
    try (FakeApplication application = new FakeApplication()) {
      start(EmulatorRule.REPEATED_COMPLETE_OK);
      upload();
      String config =
          "{\"callbackUrl\":\"http://"
              + application.address()
              + "/\",\"callbackBody\":\"e=${etag}\"}";
      SignedRequest again =
          completing("a.txt").with("x-oss-callback", TestSigner.base64(config)).v4Header();
      assertThat(again.send(oss.endpoint()).body()).isEqualTo("{\"Status\":\"OK\"}");
      assertThat(application.calls()).hasSize(1);
    }
  }

  @Test
  void canReportThatTheObjectExists() throws IOException {
    start(EmulatorRule.REPEATED_COMPLETE_EXISTS);
    upload();
    assertRefused(complete(), 409, "FileAlreadyExists", "0042-00000214");
    assertThat(oss.journal().last().orElseThrow().explanation())
        .isEqualTo("the upload was completed already (rule repeated-complete=exists)");
  }

  @Test
  void abortedOrUnknownUploadStaysUnknown() throws IOException {
    start(EmulatorRule.REPEATED_COMPLETE_OK);
    upload();
    id = "0".repeat(32);
    assertRefused(complete(), 404, "NoSuchUpload", "0042-00000002");
    id = "";
    assertRefused(complete(), 404, "NoSuchUpload", "0042-00000002");
  }

  /** Requests at the same time: one completes, and the others repeat it. */
  @ParameterizedTest
  @CsvSource({
    "REPEATED_COMPLETE_NO_SUCH_UPLOAD, 404",
    "REPEATED_COMPLETE_OK, 200",
    "REPEATED_COMPLETE_EXISTS, 409",
  })
  void simultaneousRequestIsARepetition(EmulatorRule rule, int repeated) throws Exception {
    start(rule);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      for (int round = 0; round < 20; round++) {
        begin("round-" + round);
        SignedRequest complete =
            completing("round-" + round).with("x-oss-forbid-overwrite", "true").v4Header();
        Callable<Integer> sending = () -> complete.send(oss.endpoint()).status();
        List<Integer> statuses = new ArrayList<>();
        for (Future<Integer> status : threads.invokeAll(Collections.nCopies(4, sending))) {
          statuses.add(status.get());
        }
        assertThat(statuses).containsExactlyInAnyOrder(200, repeated, repeated, repeated);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private void start(EmulatorRule rule) {
    oss = TestForm.emulator().data(folder).rule(rule).start();
  }

  /** Uploads {@code hello} in one part, and completes. */
  private Answer upload() throws IOException {
    begin("a.txt");
    return complete();
  }

  private void begin(String key) throws IOException {
    id =
        new SignedRequest("POST", key)
            .query("uploads", "")
            .v4Header()
            .send(oss.endpoint())
            .member("UploadId");
    SignedRequest part = SignedRequest.put(key, "hello");
    part.query("partNumber", "1").query("uploadId", id).v4Header().send(oss.endpoint());
  }

  private Answer complete() throws IOException {
    return complete("a.txt");
  }

  private Answer complete(String key) throws IOException {
    return completing(key).v4Header().send(oss.endpoint());
  }

  private SignedRequest completing(String key) {
    SignedRequest request = new SignedRequest("POST", key).query("uploadId", id);
    request.body =
        ("<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>"
                + HELLO_TAG
                + "</ETag></Part></CompleteMultipartUpload>")
            .getBytes(UTF_8);
    return request;
  }

  private static void assertSame(Answer answer, Answer first) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    for (String member : new String[] {"Bucket", "Key", "ETag"}) {
      assertThat(answer.member(member)).isNotNull().isEqualTo(first.member(member));
    }
    for (String header : new String[] {"etag", "x-oss-hash-crc64ecma"}) {
      assertThat(answer.header(header)).isEqualTo(first.header(header));
    }
    assertThat(answer.header("x-oss-hash-crc64ecma")).isNotNull();
  }

  private static void assertRefused(Answer answer, int status, String code, String ec) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(answer.member("Code")).isEqualTo(code);
    assertThat(answer.member("EC")).isEqualTo(ec);
  }
}
