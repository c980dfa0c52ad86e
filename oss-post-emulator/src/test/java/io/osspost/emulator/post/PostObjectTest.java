package io.osspost.emulator.post;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.osspost.emulator.OssEmulator;
import io.osspost.emulator.StoredObject;
import io.osspost.emulator.testing.RawHttp;
import io.osspost.emulator.testing.RawHttp.Answer;
import io.osspost.emulator.testing.TestForm;
import java.io.IOException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PostObjectTest {
  private static final String MD5_OF_HELLO_WORLD = "5EB63BBBE01EEED093CB22BB8F5ACDC3";

  private final TickingClock clock = new TickingClock(Instant.parse(TestForm.NOW));
  private OssEmulator oss;

  @BeforeEach
  void start() {
    oss =
        OssEmulator.builder()
            .accessKey("LTAIexample", "examplesecret")
            .temporaryKey("STS.a", "stssecret", "token-a", Instant.parse("2024-03-15T09:00:00Z"))
            .clock(clock)
            .start();
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
  void formSignedV1IsAccepted() throws IOException {
    TestForm form = new TestForm();
    form.signature = TestForm.Signature.V1;
    assertThat(post(form).status()).isEqualTo(200);
  }

  @Test
  void formSignedV1WithTemporaryKeyIsAccepted() throws IOException {
    TestForm form = new TestForm().with("x-oss-security-token", "token-a");
    form.keyId = "STS.a";
    form.secret = "stssecret";
    form.signature = TestForm.Signature.V1;
    assertThat(post(form).status()).isEqualTo(200);
  }

  @Test
  void formSignedV4WithTemporaryKeyIsAccepted() throws IOException {
    TestForm form = new TestForm().with("x-oss-security-token", "token-a");
    form.keyId = "STS.a";
    form.secret = "stssecret";
    form.v4Conditions.add("x-oss-security-token");
    assertThat(post(form).status()).isEqualTo(200);
  }

  @Test
  void fieldsBehindTheFileAreIgnored() throws IOException {
    TestForm form = new TestForm();
    form.fieldsAfterFile.put("submit", "Upload to OSS");
    form.fieldsAfterFile.put("key", "elsewhere");
    assertThat(post(form).status()).isEqualTo(200);
    assertThat(oss.keys()).containsExactly("user-dir/photo.png");
  }

  @Test
  void fieldNamesCompareWithoutCase() throws IOException {
    TestForm form = new TestForm();
    form.fields.remove("key");
    form.with("Key", "user-dir/a.png").condition("[\"starts-with\",\"$KEY\",\"user-dir/\"]");
    assertThat(post(form).status()).isEqualTo(200);
  }

  @Test
  void fieldsNoConditionNamesAreFine() throws IOException {
    assertThat(post(new TestForm().with("name", "photo.png").with("x:var", "1")).status())
        .isEqualTo(200);
  }

  @Test
  void fileNameReplacesItsVariableAfterTheConditionsWereChecked() throws IOException {
    TestForm form =
        new TestForm()
            .with("key", "user-dir/${filename}")
            .condition("[\"eq\",\"$key\",\"user-dir/\\\\${filename}\"]");
    form.filename = "字.png";
    assertThat(post(form).status()).isEqualTo(200);
    assertThat(oss.keys()).containsExactly("user-dir/字.png");
  }

  @Test
  void fileWithoutNameLeavesTheVariableEmpty() throws IOException {
    // Undocumented: our choice.
    TestForm form = new TestForm().with("key", "user-dir/${filename}");
    form.filename = null;
    assertThat(post(form).status()).isEqualTo(200);
    assertThat(oss.keys()).containsExactly("user-dir/");
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "200, 200",
        "201, 201",
        "204, 204",
        "404, 204",
        "'', 204",
        "-, 204",
      })
  void successStatusIsTheOneAskedForOr204(String asked, int answered) throws IOException {
    TestForm form = new TestForm();
    form.conditions.removeIf(condition -> condition.contains("success_action_status"));
    form.fields.remove("success_action_status");
    if (asked != null) {
      form.with("success_action_status", asked);
    }
    assertThat(post(form).status()).isEqualTo(answered);
  }

  @Test
  void status201DescribesTheObject() throws IOException {
    TestForm form = new TestForm().with("success_action_status", "201");
    form.with("key", "user-dir/a&b 字.png");
    form.conditions.removeIf(condition -> condition.contains("success_action_status"));

    Answer answer = post(form);

    assertThat(answer.header("content-type")).isEqualTo("application/xml");
    assertThat(answer.body()).contains("<PostResponse>");
    assertThat(answer.member("Bucket")).isEqualTo("examplebucket");
    assertThat(answer.member("Key")).isEqualTo("user-dir/a&amp;b 字.png");
    assertThat(answer.member("ETag")).isEqualTo('"' + MD5_OF_HELLO_WORLD + '"');
    assertThat(answer.member("Location"))
        .isEqualTo(oss.endpoint() + "/examplebucket/user-dir/a%26b%20%E5%AD%97.png");
  }

  @Test
  void redirectLeadsAwayFromASuccessOnly() throws IOException {
    TestForm form = new TestForm().with("success_action_redirect", "http://example.com/done?a=b");
    Answer answer = post(form);
    // The status and the bare URL are undocumented: our choice.
    assertThat(answer.status()).isEqualTo(303);
    assertThat(answer.header("location")).isEqualTo("http://example.com/done?a=b");
    assertThat(answer.header("etag")).isNotNull();

    Answer refused = post(new TestForm().with("success_action_redirect", "x").with("key", "other"));
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.header("location")).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "image/webp, image/png, image/gif, image/webp",
        "-, image/png, image/gif, image/png",
        "-, -, image/gif, image/gif",
        "-, -, -, application/octet-stream",
      })
  void contentTypeComesFromTheFirstPlaceThatNamesOne(
      String ossField, String part, String field, String resolved) throws IOException {
    TestForm form = new TestForm();
    form.conditions.removeIf(condition -> condition.contains("content-type"));
    form.fileType = part;
    if (ossField != null) {
      form.with("x-oss-content-type", ossField);
    }
    if (field != null) {
      form.with("Content-Type", field);
    }
    assertThat(post(form).status()).isEqualTo(200);
    assertThat(oss.object("user-dir/photo.png").orElseThrow().contentType()).isEqualTo(resolved);
  }

  @Test
  void typeConditionSeesTheFilePartWhenNoFieldIsSent() throws IOException {
    TestForm form = new TestForm();
    form.fileType = "image/jpeg";
    assertThat(post(form).status()).isEqualTo(200);
  }

  @Test
  void typeConditionSeesTheResolvedTypeWhenFieldAndPartDiffer() throws IOException {
    // Which of the two OSS looks at is undocumented: our choice.
    TestForm form = new TestForm().with("Content-Type", "image/png");
    form.fileType = "text/html";
    assertThat(post(form).status()).isEqualTo(403);
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
  void secondUploadOverwritesUnlessTheFormForbidsIt() throws IOException {
    post(new TestForm());
    TestForm second = new TestForm();
    second.content = "second".getBytes(UTF_8);
    assertThat(post(second).status()).isEqualTo(200);
    assertThat(oss.object("user-dir/photo.png").orElseThrow().content()).hasContent("second");

    Answer answer = post(new TestForm().with("x-oss-forbid-overwrite", "true"));

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.member("Code")).isEqualTo("FileAlreadyExists");
    assertThat(answer.member("EC")).isEqualTo("0026-00000002");
    assertThat(oss.object("user-dir/photo.png").orElseThrow().content()).hasContent("second");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5})
  void sizesAtBothEndsOfTheRangeAreAccepted(int size) throws IOException {
    TestForm form = new TestForm().condition("[\"content-length-range\",1,5]");
    form.content = new byte[size];
    assertThat(post(form).status()).isEqualTo(200);
  }

  @Test
  void dateMayBeFifteenMinutesAheadAndSevenDaysOld() throws IOException {
    TestForm ahead = new TestForm();
    ahead.date = "20240315T083030Z";
    assertThat(post(ahead).status()).isEqualTo(200);
    TestForm old = new TestForm();
    old.day = "20240308";
    old.date = "20240308T081530Z";
    assertThat(post(old).status()).isEqualTo(200);
  }

  @Test
  void policyThatExpiresDuringTheUploadRefusesIt() throws IOException {
    clock.step = Duration.ofHours(1);
    Answer answer = post(new TestForm());
    assertThat(answer.member("EC")).isEqualTo("0006-00000213");
    assertThat(oss.keys()).isEmpty();
  }

  @Test
  void contentMd5CoversTheWholeBody() throws Exception {
    TestForm form = new TestForm().sign();
    byte[] md5 = MessageDigest.getInstance("MD5").digest(form.body());
    assertThat(postWith(form, "Content-MD5", Base64.getEncoder().encodeToString(md5)).status())
        .isEqualTo(200);

    Answer other = postWith(form, "Content-MD5", "XrY7u+Ae7tCTyyK7j1rNww==");
    assertThat(other.status()).isEqualTo(400);
    assertThat(other.member("Code")).isEqualTo("InvalidDigest");
    assertThat(other.member("EC")).isEqualTo("0017-00000503");

    Answer hex = postWith(form, "Content-MD5", MD5_OF_HELLO_WORLD);
    assertThat(hex.member("EC")).isEqualTo("0017-00000502");
  }

  @ParameterizedTest
  @CsvSource({
    "application/x-www-form-urlencoded, RequestIsNotMultiPartContent",
    "multipart/form-data, MalformedPOSTRequest",
    "multipart/form-data; boundary=, MalformedPOSTRequest",
  })
  void bodyMustBeDeclaredAsMultipartWithBoundary(String type, String code) throws IOException {
    Answer answer = postWith(new TestForm().sign(), "Content-Type", type);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.member("Code")).isEqualTo(code);
  }

  @Test
  void boundaryMayBeQuoted() throws IOException {
    String type = "multipart/form-data; boundary=\"" + TestForm.BOUNDARY + '"';
    assertThat(postWith(new TestForm().sign(), "Content-Type", type).status()).isEqualTo(200);
  }

  @Test
  void requestWithoutLengthIsRefused() throws IOException {
    Answer answer =
        RawHttp.send(
            oss.endpoint(),
            "POST",
            "/examplebucket/",
            Map.of("Content-Type", "multipart/form-data; boundary=x"),
            new byte[0]);
    assertThat(answer.status()).isEqualTo(411);
    assertThat(answer.member("EC")).isEqualTo("0017-00000101");
  }

  private Answer post(TestForm form) throws IOException {
    return RawHttp.post(oss.endpoint(), "/examplebucket/", form.sign());
  }

  private Answer postWith(TestForm form, String header, String value) throws IOException {
    Map<String, String> headers =
        new HashMap<>(Map.of("Content-Type", "multipart/form-data; boundary=" + TestForm.BOUNDARY));
    headers.put(header, value);
    return RawHttp.send(oss.endpoint(), "POST", "/examplebucket/", headers, form.body());
  }

  /** Moves on by {@code step} whenever it is read. */
  private static final class TickingClock extends Clock {
    private Instant now;
    private volatile Duration step = Duration.ZERO;

    TickingClock(Instant now) {
      this.now = now;
    }

    @Override
    public synchronized Instant instant() {
      Instant read = now;
      now = now.plus(step);
      return read;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
