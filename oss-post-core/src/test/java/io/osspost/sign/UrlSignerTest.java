package io.osspost.sign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.osspost.credentials.CredentialsUnavailableException;
import io.osspost.credentials.OssCredentials;
import io.osspost.object.ObjectKey;
import io.osspost.object.OssBucket;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class UrlSignerTest {
  private static final Instant NOW = Instant.parse("2024-03-15T08:15:30.987Z");
  private static final Duration HOUR = Duration.ofHours(1);
  private static final OssCredentials KEY = OssCredentials.of("LTAIexample", "examplesecret");
  private static final OssBucket BUCKET = OssBucket.of("examplebucket", "cn-hangzhou");
  private static final ObjectKey PHOTO = new ObjectKey("dir/a b+c.png");

  private final UrlSigner v4 = UrlSigner.of(BUCKET, SignatureVersion.V4);
  private final UrlSigner v1 = UrlSigner.of(BUCKET, SignatureVersion.V1);

  /** The vendor's own signatures, or those of another implementation. */
  @TestFactory
  Stream<DynamicTest> everyVectorIsSignedToTheByte() throws IOException {
    JsonNode vectors =
        new ObjectMapper()
            .readTree(Path.of("src/test/resources/vectors/presigned-urls.json").toFile());
    return StreamSupport.stream(vectors.spliterator(), false)
        .map(
            vector ->
                DynamicTest.dynamicTest(
                    vector.get("name").textValue(),
                    () -> {
                      PresignedUrl signed = sign(vector);
                      String field =
                          vector.get("version").textValue().equals("V4")
                              ? "x-oss-signature"
                              : "Signature";
                      assertThat(SentUrl.read(signed.url().toString()).query())
                          .containsEntry(field, vector.get("signature").textValue());
                    }));
  }

  @Test
  void aV4UrlReadsAsDocumented() {
    ObjectRequest request = ObjectRequest.put(PHOTO).contentType("image/png");

    PresignedUrl signed = v4.sign(request, KEY, NOW, HOUR);

    assertThat(signed.url())
        .hasToString(
            "https://examplebucket.oss-cn-hangzhou.aliyuncs.com/dir/a%20b%2Bc.png"
                + "?x-oss-credential=LTAIexample%2F20240315%2Fcn-hangzhou%2Foss%2Faliyun_v4_request"
                + "&x-oss-date=20240315T081530Z&x-oss-expires=3600"
                + "&x-oss-signature-version=OSS4-HMAC-SHA256"
                + "&x-oss-signature="
                + "8557a75005b92b1300cef152b82d4ec43b18c93ec2933f4c7635d85b973e7696");
    assertThat(signed.text()).isEqualTo(signed.url().toString());
    assertThat(signed.method()).isEqualTo("PUT");
    assertThat(signed.headers()).containsExactly(Map.entry("Content-Type", "image/png"));
    assertThat(signed.expiresAt()).isEqualTo("2024-03-15T09:15:30Z");
  }

  @Test
  void aV1UrlReadsAsDocumented() {
    OssCredentials temporary =
        OssCredentials.temporary("LTAIexample", "examplesecret", "TOKEN+/=abc");
    ObjectRequest request = ObjectRequest.put(PHOTO).contentType("image/png");

    PresignedUrl signed = v1.sign(request, temporary, NOW, Duration.ofMinutes(1));

    assertThat(SentUrl.read(signed.url().toString()).query())
        .containsOnlyKeys("OSSAccessKeyId", "Expires", "Signature", "security-token")
        .containsEntry("OSSAccessKeyId", "LTAIexample")
        .containsEntry("Expires", "1710490590")
        .containsEntry("security-token", "TOKEN+/=abc");
    assertThat(signed.expiresAt()).isEqualTo(Instant.ofEpochSecond(1710490590));
  }

  @ParameterizedTest
  @EnumSource
  void aUrlNeverOutlivesTheCredentialsThatSignedIt(SignatureVersion version) {
    Instant end = Instant.parse("2024-03-15T08:20:00.500Z");
    OssCredentials temporary = OssCredentials.temporary("STS.id", "secret", "token", end);

    PresignedUrl signed =
        UrlSigner.of(BUCKET, version).sign(ObjectRequest.get(PHOTO), temporary, NOW, HOUR);

    assertThat(signed.expiresAt()).isEqualTo("2024-03-15T08:20:00Z");
    assertThat(signed.url().toString())
        .contains(version == SignatureVersion.V4 ? "x-oss-expires=270&" : "Expires=1710490800&");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"2024-03-15T08:15:29Z", "2024-03-15T08:15:30.987Z", "2024-03-15T08:15:30.999Z"})
  void expiredCredentialsSignNothing(Instant end) {
    OssCredentials expired = OssCredentials.temporary("STS.id", "topsecret", "CAIS", end);
    assertThatExceptionOfType(CredentialsUnavailableException.class)
        .isThrownBy(() -> v4.sign(ObjectRequest.get(PHOTO), expired, NOW, HOUR))
        .withMessageContaining("STS.id")
        .withMessageContaining("expired")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("topsecret", "CAIS"));
  }

  @ParameterizedTest
  @CsvSource({"PT1S, 1", "PT1.999S, 1", "P7D, 604800"})
  void validityIsCountedInWholeSeconds(Duration validity, String seconds) {
    PresignedUrl signed = v4.sign(ObjectRequest.get(PHOTO), KEY, NOW, validity);
    assertThat(SentUrl.read(signed.url().toString()).query())
        .containsEntry("x-oss-expires", seconds);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT-1S", "PT0S", "PT0.999S", "PT168H0.001S", "PT2562047788015215H"})
  void validityOutsideOneSecondToSevenDaysIsRefused(Duration validity) {
    for (UrlSigner signer : new UrlSigner[] {v4, v1}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> signer.sign(ObjectRequest.get(PHOTO), KEY, NOW, validity))
          .withMessageContaining("1 second to 7 days");
    }
  }

  @Test
  void signatureIsEqualAtEveryAddressOfTheBucket() {
    PresignedUrl here = v4.sign(ObjectRequest.put(PHOTO), KEY, NOW, HOUR);
    Map<OssBucket, String> expected =
        Map.of(
            BUCKET.internal(),
            "https://examplebucket.oss-cn-hangzhou-internal.aliyuncs.com/dir/a%20b%2Bc.png",
            BUCKET.accelerate(),
            "https://examplebucket.oss-accelerate.aliyuncs.com/dir/a%20b%2Bc.png",
            BUCKET.at(URI.create("https://files.example.com")),
            "https://files.example.com/dir/a%20b%2Bc.png",
            BUCKET.at(URI.create("http://127.0.0.1:9000")),
            "http://127.0.0.1:9000/examplebucket/dir/a%20b%2Bc.png",
            BUCKET.at(URI.create("http://localhost")),
            "http://localhost/examplebucket/dir/a%20b%2Bc.png");
    expected.forEach(
        (bucket, address) -> {
          URI there =
              UrlSigner.of(bucket, SignatureVersion.V4)
                  .sign(ObjectRequest.put(PHOTO), KEY, NOW, HOUR)
                  .url();
          assertThat(there).hasToString(address + "?" + here.url().getRawQuery());
        });
  }

  @ParameterizedTest
  @CsvSource({
    "a/../b, /a%2F..%2Fb",
    "./a, /.%2Fa",
    "a/.., /a%2F..",
    "a/..b/c./.d, /a/..b/c./.d",
    "a//b/, /a//b/"
  })
  void aKeyWithDotsTravelsSoThatNoClientResolvesThem(ObjectKey key, String path) {
    URI url = v4.sign(ObjectRequest.put(key), KEY, NOW, HOUR).url();
    assertThat(url.getRawPath()).isEqualTo(path);
    assertThat(url.normalize().getPath().replace("//", "/"))
        .isEqualTo("/" + key.value().replace("//", "/"));
    assertThat(SentUrl.read(url.toString()).path()).isEqualTo("/" + key);
  }

  @Test
  void everyHeaderOfARequestIsSigned() {
    ObjectRequest request =
        ObjectRequest.put(PHOTO)
            .header("Content-Disposition", "inline")
            .header("x-oss-meta-author", "alice")
            .header("Cache-Control", "no-store")
            .contentType("image/png");
    SentUrl url = SentUrl.read(v4.sign(request, KEY, NOW, HOUR).url().toString());
    assertThat(url.query())
        .containsEntry("x-oss-additional-headers", "cache-control;content-disposition");
    assertThat(request.headers().keySet())
        .allSatisfy(
            name -> {
              ObjectRequest other = ObjectRequest.put(PHOTO);
              for (Map.Entry<String, String> header : request.headers().entrySet()) {
                String value = header.getKey().equals(name) ? "other" : header.getValue();
                other = other.header(header.getKey(), value);
              }
              assertThat(v4.sign(other, KEY, NOW, HOUR).url().toString())
                  .isNotEqualTo(v4.sign(request, KEY, NOW, HOUR).url().toString());
            });
  }

  @Test
  void v1RefusesAHeaderItsSignatureWouldNotCover() {
    ObjectRequest request = ObjectRequest.put(PHOTO).header("Content-Disposition", "inline");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> v1.sign(request, KEY, NOW, HOUR))
        .withMessageContaining("'Content-Disposition'")
        .withMessageContaining("Sign with V4");
  }

  @ParameterizedTest
  @ValueSource(strings = {"photo?acl", "photo?x-oss-process=style", "a?b?uploads", "a?tagging&b=c"})
  void v1RefusesAKeyThatReadsAsAnotherRequest(ObjectKey key) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> v1.sign(ObjectRequest.put(key), KEY, NOW, HOUR))
        .withMessageContaining("in the object key");
    assertThat(
            SentUrl.read(v4.sign(ObjectRequest.put(key), KEY, NOW, HOUR).url().toString()).path())
        .isEqualTo("/" + key);
  }

  @Test
  void v1RejectsAFileNameWithAParameter() {
    ObjectRequest download =
        ObjectRequest.get(PHOTO)
            .query("response-content-disposition", "attachment&response-content-type=text/html");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> v1.sign(download, KEY, NOW, HOUR))
        .withMessageContaining("in the value of 'response-content-disposition'");
  }

  @Test
  void aSignerFollowsItsCredentialsAndTheClock() {
    OssCredentials other = OssCredentials.of("LTAIexample", "othersecret");
    ObjectRequest request = ObjectRequest.get(PHOTO);
    for (Instant now : new Instant[] {NOW, NOW.plusSeconds(1), NOW.plus(Duration.ofDays(1)), NOW}) {
      for (OssCredentials credentials : new OssCredentials[] {KEY, other, KEY}) {
        assertThat(v4.sign(request, credentials, now, HOUR).url())
            .isEqualTo(
                UrlSigner.of(BUCKET, SignatureVersion.V4)
                    .sign(request, credentials, now, HOUR)
                    .url());
      }
    }
  }

  @Test
  void manyThreadsShareOneSigner() {
    assertThat(
            IntStream.range(0, 5000)
                .parallel()
                .filter(
                    i -> {
                      ObjectRequest request = ObjectRequest.put(new ObjectKey("k" + i));
                      Instant now = NOW.plusSeconds(i % 3);
                      return !v4.sign(request, KEY, now, HOUR)
                          .text()
                          .equals(
                              UrlSigner.of(BUCKET, SignatureVersion.V4)
                                  .sign(request, KEY, now, HOUR)
                                  .text());
                    }))
        .isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void aUrlPrintsMethodHostAndKeyButNothingThatWorks(SignatureVersion version) {
    OssCredentials temporary = OssCredentials.temporary("STS.id", "topsecret", "CAIStoken");
    PresignedUrl signed =
        UrlSigner.of(BUCKET, version).sign(ObjectRequest.put(PHOTO), temporary, NOW, HOUR);
    assertThat(signed)
        .hasToString(
            "PresignedUrl[PUT https://examplebucket.oss-cn-hangzhou.aliyuncs.com/dir/a%20b%2Bc.png]");
  }

  private static PresignedUrl sign(JsonNode vector) {
    ObjectKey key = new ObjectKey(vector.get("key").textValue());
    ObjectRequest request =
        vector.get("method").textValue().equals("PUT")
            ? ObjectRequest.put(key)
            : ObjectRequest.get(key);
    for (Map.Entry<String, JsonNode> header : vector.get("headers").properties()) {
      request = request.header(header.getKey(), header.getValue().textValue());
    }
    for (Map.Entry<String, JsonNode> parameter : vector.get("query").properties()) {
      request = request.query(parameter.getKey(), parameter.getValue().textValue());
    }
    String id = vector.get("id").textValue();
    String secret = vector.get("secret").textValue();
    OssCredentials credentials =
        vector.has("token")
            ? OssCredentials.temporary(id, secret, vector.get("token").textValue())
            : OssCredentials.of(id, secret);
    OssBucket bucket =
        OssBucket.of(vector.get("bucket").textValue(), vector.get("region").textValue());
    return UrlSigner.of(bucket, SignatureVersion.valueOf(vector.get("version").textValue()))
        .sign(
            request,
            credentials,
            Instant.parse(vector.get("now").textValue()),
            Duration.ofSeconds(vector.get("seconds").longValue()));
  }
}
