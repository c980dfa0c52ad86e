package io.osspost.emulator.internal.multipart;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.osspost.emulator.OssEmulator;
import io.osspost.emulator.testing.RawHttp.Answer;
import io.osspost.emulator.testing.SignedRequest;
import io.osspost.emulator.testing.TestForm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Refusals with code and EC, and the files on disk, which the clients do not cover. */
class MultipartUploadTest {
  private static final String BIG = "A".repeat(102400);
  private static final String BIG_TAG = "17FEA6E97583648E493E6D8BCD54C8F4";
  private static final String HELLO_TAG = "5D41402ABC4B2A76B9719D911017C592";

  @TempDir Path folder;
  private OssEmulator oss;
  private String id;

  @BeforeEach
  void start() throws IOException {
    oss = TestForm.emulator().data(folder).start();
    Answer answer =
        new SignedRequest("POST", "a.txt")
            .query("uploads", "")
            .with("content-type", "text/x-odd")
            .with("x-oss-meta-author", "alice")
            .v4Header()
            .send(oss.endpoint());
    assertThat(answer.member("Bucket")).isEqualTo("examplebucket");
    assertThat(answer.member("Key")).isEqualTo("a.txt");
    id = answer.member("UploadId");
  }

  @AfterEach
  void stop() {
    oss.close();
  }

  @Test
  void objectHasTheHeadersOfTheBeginningAndTheTagOfItsParts() throws IOException {
    part(1, BIG);
    part(2, "hello");
    assertThat(oss.keys()).isEmpty();
    Answer answer =
        complete(entry(1, '"' + BIG_TAG + '"') + entry(2, "&quot;" + HELLO_TAG + "&quot;"));
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.member("ETag")).isEqualTo("\"4FBAEA75E65D03CF9F50DB1A58335B4E-2\"");
    assertThat(answer.header("x-oss-hash-crc64ecma")).isEqualTo("12546349198684753071");
    assertThat(answer.member("Location"))
        .isEqualTo("http://127.0.0.1:" + oss.port() + "/examplebucket/a.txt");
    Answer read = SignedRequest.get("a.txt").v4Header().send(oss.endpoint());
    assertThat(read.body()).isEqualTo(BIG + "hello");
    assertThat(read.header("content-type")).isEqualTo("text/x-odd");
    assertThat(read.header("x-oss-meta-author")).isEqualTo("alice");
    assertThat(read.header("x-oss-object-type")).isEqualTo("Multipart");
    assertThat(read.header("content-md5")).isNull();
    Answer range =
        SignedRequest.get("a.txt")
            .with("range", "bytes=102398-102401")
            .v4Header()
            .send(oss.endpoint());
    assertThat(range.body()).isEqualTo("AAhe");
  }

  @Test
  void completedObjectSurvivesARestartAndItsPartsGoWithIt() throws IOException {
    part(1, BIG);
    part(2, "hello");
    part(3, "not listed");
    complete(entry(1, BIG_TAG) + entry(2, HELLO_TAG));
    assertThat(contents()).isEqualTo(2);
    oss.close();
    start();
    assertThat(SignedRequest.get("a.txt").v4Header().send(oss.endpoint()).body())
        .isEqualTo(BIG + "hello");
    new SignedRequest("DELETE", "a.txt").v4Header().send(oss.endpoint());
    assertThat(contents()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<PartNumber>2</PartNumber><ETag>#</ETag> , <PartNumber>1</PartNumber><ETag>#</ETag> |"
            + " 400 | InvalidPartOrder | 0042-00000209",
        "<PartNumber>1</PartNumber><ETag>#</ETag> , <PartNumber>1</PartNumber><ETag>#</ETag> |"
            + " 400 | InvalidPartOrder | 0042-00000209",
        "<PartNumber>1</PartNumber><ETag>00</ETag> | 400 | InvalidPart |",
        "<PartNumber>9</PartNumber><ETag>#</ETag> | 400 | InvalidPart |",
        "<PartNumber>one</PartNumber><ETag>#</ETag> | 400 | MalformedXML | 0042-00000205",
        "<ETag>#</ETag> | 400 | MalformedXML | 0042-00000205",
        "<PartNumber>1</PartNumber><ETag>#</ETag> , <PartNumber>2</PartNumber><ETag>#</ETag> |"
            + " 400 | EntityTooSmall | 0042-00000213",
      })
  void partsThatDoNotFitAreRefused(String parts, int status, String code, String ec)
      throws IOException {
    part(1, "hello");
    part(2, "hello");
    String body = parts.replace(" , ", "</Part><Part>").replace("#", HELLO_TAG);
    assertRefused(complete("<Part>" + body + "</Part>"), status, code, ec);
    assertThat(oss.keys()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "text", "<a/>", "<CompleteMultipartUpload/>"})
  void documentThatNamesNoPartIsMalformed(String document) throws IOException {
    part(1, "hello");
    SignedRequest request = new SignedRequest("POST", "a.txt").query("uploadId", id);
    request.body = document.getBytes(UTF_8);
    assertRefused(request.v4Header().send(oss.endpoint()), 400, "MalformedXML", "0042-00000205");
  }

  @Test
  void completeAllNeedsAnEmptyBody() throws IOException {
    part(1, BIG);
    part(7, "hello");
    SignedRequest both = new SignedRequest("POST", "a.txt").query("uploadId", id);
    both.body = "<CompleteMultipartUpload/>".getBytes(UTF_8);
    assertRefused(
        both.with("x-oss-complete-all", "yes").v4Header().send(oss.endpoint()),
        400,
        "InvalidArgument",
        "0042-00000216");
    Answer answer =
        new SignedRequest("POST", "a.txt")
            .query("uploadId", id)
            .with("x-oss-complete-all", "yes")
            .v4Header()
            .send(oss.endpoint());
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(oss.object("a.txt").orElseThrow().size()).isEqualTo(102405);
  }

  @Test
  void forbidOverwriteKeepsTheExistingObject() throws IOException {
    part(1, "hello");
    SignedRequest.put("a.txt", "first").v4Header().send(oss.endpoint());
    SignedRequest request = new SignedRequest("POST", "a.txt").query("uploadId", id);
    request.body =
        ("<CompleteMultipartUpload>" + entry(1, HELLO_TAG) + "</CompleteMultipartUpload>")
            .getBytes(UTF_8);
    request.with("x-oss-forbid-overwrite", "true");
    assertRefused(
        request.v4Header().send(oss.endpoint()), 409, "FileAlreadyExists", "0042-00000214");
    assertThat(oss.object("a.txt").orElseThrow().content()).hasContent("first");
    assertRefused(
        new SignedRequest("POST", "a.txt")
            .query("uploads", "")
            .with("x-oss-forbid-overwrite", "true")
            .v4Header()
            .send(oss.endpoint()),
        409,
        "FileAlreadyExists",
        "0026-00000002");
    assertThat(complete(entry(1, HELLO_TAG)).status()).isEqualTo(200);
    assertThat(oss.object("a.txt").orElseThrow().content()).hasContent("hello");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0017-00000220",
    "10001, 0017-00000220",
    "one, 0017-00000220",
    "'', 0017-00000220",
  })
  void partNumberIsOneToTenThousand(String number, String ec) throws IOException {
    SignedRequest request = SignedRequest.put("a.txt", "hello");
    request.query("partNumber", number).query("uploadId", id);
    Answer answer = request.v4Header().send(oss.endpoint());
    assertRefused(answer, 400, "InvalidArgument", ec);
    assertThat(answer.member("ArgumentName")).isEqualTo("PartNumber");
  }

  @Test
  void partNeedsItsNumberAndAnUploadOfItsKey() throws IOException {
    SignedRequest noNumber = SignedRequest.put("a.txt", "hello").query("uploadId", id);
    assertRefused(
        noNumber.v4Header().send(oss.endpoint()), 400, "InvalidArgument", "0017-00000219");
    SignedRequest otherKey = SignedRequest.put("b.txt", "hello");
    otherKey.query("partNumber", "1").query("uploadId", id);
    assertRefused(otherKey.v4Header().send(oss.endpoint()), 404, "NoSuchUpload", "0042-00000104");
  }

  @Test
  void partIsComparedWithItsDigest() throws IOException {
    SignedRequest request = SignedRequest.put("a.txt", "hello");
    request.query("partNumber", "1").query("uploadId", id);
    request.with("content-md5", "1B2M2Y8AsgTpgAmY7PhCfg==");
    assertRefused(request.v4Header().send(oss.endpoint()), 400, "InvalidDigest", "0017-00000503");
    assertThat(contents()).isZero();
  }

  @Test
  void uploadCanEndOnlyOnce() throws IOException {
    part(1, "hello");
    assertThat(complete(entry(1, HELLO_TAG)).status()).isEqualTo(200);
    assertRefused(complete(entry(1, HELLO_TAG)), 404, "NoSuchUpload", "0042-00000002");
    Answer abort =
        new SignedRequest("DELETE", "a.txt").query("uploadId", id).v4Header().send(oss.endpoint());
    assertRefused(abort, 404, "NoSuchUpload", "0042-00000002");
    assertThat(abort.member("UploadId")).isEqualTo(id);
  }

  @Test
  void abortRemovesTheParts() throws IOException {
    part(1, BIG);
    assertThat(contents()).isEqualTo(1);
    SignedRequest abort = new SignedRequest("DELETE", "a.txt").query("uploadId", id);
    assertThat(abort.v4Header().send(oss.endpoint()).status()).isEqualTo(204);
    assertThat(contents()).isZero();
  }

  @Test
  void bucketWithAnUploadUnderWayIsNotEmpty() throws IOException {
    Answer answer = new SignedRequest("DELETE", "").v4Header().send(oss.endpoint());
    assertRefused(answer, 409, "BucketNotEmpty", null);
  }

  @Test
  void rangeOfACopyMustLieInsideItsSource() throws IOException {
    SignedRequest.put("source", "hello").v4Header().send(oss.endpoint());
    SignedRequest request = new SignedRequest("PUT", "a.txt");
    request.query("partNumber", "1").query("uploadId", id);
    request.with("x-oss-copy-source", "/examplebucket/source");
    request.with("x-oss-copy-source-range", "bytes=3-5");
    assertRefused(request.v4Header().send(oss.endpoint()), 416, "InvalidRange", null);
  }

  private Answer part(int number, String content) throws IOException {
    SignedRequest request = new SignedRequest("PUT", "a.txt");
    request.query("partNumber", Integer.toString(number)).query("uploadId", id);
    request.body = content.getBytes(UTF_8);
    return request.v4Header().send(oss.endpoint());
  }

  private Answer complete(String parts) throws IOException {
    SignedRequest request = new SignedRequest("POST", "a.txt").query("uploadId", id);
    request.body =
        ("<CompleteMultipartUpload>" + parts + "</CompleteMultipartUpload>").getBytes(UTF_8);
    return request.v4Header().send(oss.endpoint());
  }

  private static String entry(int number, String tag) {
    return "<Part><PartNumber>" + number + "</PartNumber><ETag>" + tag + "</ETag></Part>";
  }

  private static void assertRefused(Answer answer, int status, String code, String ec) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(answer.member("Code")).isEqualTo(code);
    assertThat(answer.member("EC")).isEqualTo(ec);
  }

  /** Returns the files of content, complete or unfinished. */
  private long contents() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".content") || name.length() == 32)
          .count();
    }
  }
}
