package io.osspost.emulator.internal.object;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.osspost.emulator.OssEmulator;
import io.osspost.emulator.testing.RawHttp.Answer;
import io.osspost.emulator.testing.SignedRequest;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Signed reads. OssEmulatorHttpTest has the anonymous ones. */
class GetObjectTest {
  private static final String ETAG = "781E5E245D69B566979B86E28D23F2C7";
  private static OssEmulator oss;

  @BeforeAll
  static void start() throws IOException {
    oss =
        OssEmulator.builder()
            .accessKey("LTAIexample", "examplesecret")
            .clock(Clock.fixed(Instant.parse("2024-03-15T08:15:30.7Z"), ZoneOffset.UTC))
            .start();
    assertThat(SignedRequest.put("a.txt", "0123456789").v4Header().send(oss.endpoint()).status())
        .isEqualTo(200);
  }

  @AfterAll
  static void stop() {
    oss.close();
  }

  @Test
  void presignedUrlCanOverrideHeaders() throws IOException {
    Answer answer =
        SignedRequest.get("a.txt")
            .query("response-content-type", "text/html; charset=utf-8")
            .query("response-content-disposition", "attachment; filename=\"字 1.txt\"")
            .query("response-cache-control", "no-store")
            .query("response-content-encoding", "identity")
            .query("response-content-language", "zh")
            .query("response-expires", "0")
            .v4Url()
            .send(oss.endpoint());
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.headers())
        .containsEntry("content-type", "text/html; charset=utf-8")
        .containsEntry("cache-control", "no-store")
        .containsEntry("content-encoding", "identity")
        .containsEntry("content-language", "zh")
        .containsEntry("expires", "0");
    assertThat(answer.header("content-disposition")).startsWith("attachment; filename=");
  }

  @Test
  void overrideCannotAddAHeaderOfItsOwn() throws IOException {
    Answer answer =
        SignedRequest.get("a.txt")
            .query("response-content-type", "a\r\nSet-Cookie: b")
            .v1Url()
            .send(oss.endpoint());
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.header("set-cookie")).isNull();
  }

  @Test
  void keyThatIsNotThereIsNotFound() throws IOException {
    Answer answer = SignedRequest.get("b.txt").v4Header().send(oss.endpoint());
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.member("Code")).isEqualTo("NoSuchKey");
    assertThat(answer.member("Key")).isEqualTo("b.txt");
    Answer head = new SignedRequest("HEAD", "b.txt").v4Header().send(oss.endpoint());
    assertThat(new String(Base64.getDecoder().decode(head.header("x-oss-err")), UTF_8))
        .contains("<Code>NoSuchKey</Code>");
  }

  @Test
  void metaAnswersSizeEtagAndDateOnly() throws IOException {
    Answer answer =
        new SignedRequest("HEAD", "a.txt").query("objectMeta", "").v1Header().send(oss.endpoint());
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("content-length")).isEqualTo("10");
    assertThat(answer.header("etag")).isEqualTo('"' + ETAG + '"');
    assertThat(answer.header("last-modified")).isEqualTo("Fri, 15 Mar 2024 08:15:30 GMT");
    assertThat(answer.header("content-type")).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "if-match, " + ETAG + ", 200",
    "if-match, \"" + ETAG + "\", 200",
    "if-match, other, 412",
    "if-match, *, 200",
    "if-none-match, other, 200",
    "if-none-match, \"" + ETAG + "\", 304",
    "if-modified-since, 'Fri, 15 Mar 2024 08:15:30 GMT', 304",
    "if-modified-since, 'Fri, 15 Mar 2024 08:15:29 GMT', 200",
    "if-modified-since, yesterday, 200",
    "if-unmodified-since, 'Fri, 15 Mar 2024 08:15:30 GMT', 200",
    "if-unmodified-since, 'Fri, 15 Mar 2024 08:15:29 GMT', 412",
  })
  void conditionsDecide(String header, String value, int status) throws IOException {
    for (String method : new String[] {"GET", "HEAD"}) {
      SignedRequest request = new SignedRequest(method, "a.txt").with(header, value);
      Answer answer = request.v4Header().send(oss.endpoint());
      assertThat(answer.status()).isEqualTo(status);
      if (status == 304) {
        assertThat(answer.body()).isEmpty();
        assertThat(answer.header("etag")).isEqualTo('"' + ETAG + '"');
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=8-20, 206, 89",
    "bytes=-20, 206, 0123456789",
    "bytes=-2, 206, 89",
    "bytes=10-, 416,",
    "'bytes=0-1,4-5', 416,",
    "byte=0-4, 200, 0123456789",
    "bytes=5-2, 200, 0123456789",
  })
  void rangeFollowsTheStandardWhenAsked(String range, int status, String body) throws IOException {
    SignedRequest request =
        SignedRequest.get("a.txt").with("range", range).with("x-oss-range-behavior", "standard");
    Answer answer = request.v4Header().send(oss.endpoint());
    assertThat(answer.status()).isEqualTo(status);
    if (body == null) {
      assertThat(answer.member("Code")).isEqualTo("InvalidRange");
    } else {
      assertThat(answer.body()).isEqualTo(body);
    }
  }

  @Test
  void bucketSettingsNeedASignature() throws IOException {
    assertThat(bucket("GET", "bucketInfo").body())
        .contains(
            "<Name>examplebucket</Name>",
            "<Location>oss-cn-hangzhou</Location>",
            "<CreationDate>2024-03-15T08:15:30.000Z</CreationDate>",
            "<Grant>private</Grant>");
    assertThat(bucket("GET", "location").body())
        .contains("<LocationConstraint>oss-cn-hangzhou</LocationConstraint>");
    assertThat(bucket("GET", "acl").member("Grant")).isEqualTo("private");
    assertThat(bucket("HEAD", "").header("x-oss-bucket-region")).isEqualTo("cn-hangzhou");

    Answer stranger = SignedRequest.get("").query("bucketInfo", "").send(oss.endpoint());
    assertThat(stranger.status()).isEqualTo(403);
    assertThat(stranger.member("EC")).isEqualTo("0003-00000002");
  }

  private static Answer bucket(String method, String subresource) throws IOException {
    SignedRequest request = new SignedRequest(method, "");
    if (!subresource.isEmpty()) {
      request.query(subresource, "");
    }
    Answer answer = request.v4Header().send(oss.endpoint());
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer;
  }
}
