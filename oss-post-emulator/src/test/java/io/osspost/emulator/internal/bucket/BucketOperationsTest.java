package io.osspost.emulator.internal.bucket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.osspost.emulator.OssEmulator;
import io.osspost.emulator.testing.RawHttp;
import io.osspost.emulator.testing.RawHttp.Answer;
import io.osspost.emulator.testing.SignedRequest;
import io.osspost.emulator.testing.TestForm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Buckets, lists, copies and CORS rules, as far as the clients do not cover them. */
class BucketOperationsTest {
  private static final byte[] NOTHING = new byte[0];

  @TempDir Path folder;
  private OssEmulator oss;

  @BeforeEach
  void start() {
    oss = TestForm.emulator().data(folder).start();
  }

  @AfterEach
  void stop() {
    oss.close();
  }

  // --- buckets

  @Test
  void bucketsAndTheirSettingsSurviveARestart() throws IOException {
    SignedRequest create = bucket("PUT", "new-bucket").with("x-oss-acl", "public-read");
    assertThat(create.v4Header().send(oss.endpoint()).status()).isEqualTo(200);
    SignedRequest put = SignedRequest.put("a", "hello");
    put.bucket = "new-bucket";
    assertThat(put.v4Header().send(oss.endpoint()).status()).isEqualTo(200);
    assertThat(cors("new-bucket", rule("https://a.example", "GET")).status()).isEqualTo(200);
    oss.close();
    start();
    assertThat(get("/new-bucket/a", Map.of()).body()).isEqualTo("hello");
    assertThat(
            get("/new-bucket/a", Map.of("Origin", "https://a.example"))
                .header("access-control-allow-origin"))
        .isEqualTo("https://a.example");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ab", "Upper", "-start", "end-", "under_score", "a.b"})
  void namesOssDoesNotAllowAreRefused(String name) throws IOException {
    Answer answer = bucket("PUT", name).v4Header().send(oss.endpoint());
    assertRefused(answer, 400, "InvalidBucketName", "0015-00000001");
  }

  @Test
  void bucketOfAnotherStorageClassIsNotAvailable() throws IOException {
    SignedRequest request = bucket("PUT", "examplebucket");
    assertThat(request.v4Header().send(oss.endpoint()).status()).isEqualTo(200);
    SignedRequest other = bucket("PUT", "examplebucket");
    other.body =
        "<CreateBucketConfiguration><StorageClass>IA</StorageClass></CreateBucketConfiguration>"
            .getBytes(UTF_8);
    assertRefused(other.v4Header().send(oss.endpoint()), 409, "BucketAlreadyExists", null);
  }

  @Test
  void bucketAclLimitsAnonymousRequests() throws IOException {
    SignedRequest.put("a", "hello").v4Header().send(oss.endpoint());
    for (String[] row :
        new String[][] {
          {"private", "403", "403", "403"},
          {"public-read", "200", "200", "403"},
          {"public-read-write", "200", "200", "200"},
        }) {
      SignedRequest acl = new SignedRequest("PUT", "").query("acl", "");
      assertThat(acl.with("x-oss-acl", row[0]).v4Header().send(oss.endpoint()).status())
          .isEqualTo(200);
      assertThat(get("/examplebucket/a", Map.of()).status()).hasToString(row[1]);
      assertThat(get("/examplebucket/", Map.of()).status()).hasToString(row[2]);
      Map<String, String> length = Map.of("Content-Length", "1");
      assertThat(
              RawHttp.send(oss.endpoint(), "PUT", "/examplebucket/b", length, new byte[1]).status())
          .hasToString(row[3]);
    }
    SignedRequest bad = new SignedRequest("PUT", "").query("acl", "");
    Answer answer = bad.with("x-oss-acl", "default").v4Header().send(oss.endpoint());
    assertRefused(answer, 400, "InvalidArgument", null);
    assertThat(answer.member("ArgumentName")).isEqualTo("x-oss-acl");
  }

  @Test
  void strangersSeeNeitherBucketsNorSettings() throws IOException {
    for (String path : new String[] {"/", "/examplebucket/?acl", "/examplebucket/?cors"}) {
      assertRefused(get(path, Map.of()), 403, "AccessDenied", "0003-00000002");
    }
  }

  // --- lists

  @ParameterizedTest
  @CsvSource({"max-keys, 1001", "max-keys, -1", "max-keys, x", "encoding-type, base64"})
  void parametersOfAListAreChecked(String name, String value) throws IOException {
    Answer answer = new SignedRequest("GET", "").query(name, value).v4Header().send(oss.endpoint());
    assertRefused(answer, 400, "InvalidArgument", null);
    assertThat(answer.member("ArgumentName")).isEqualTo(name);
  }

  @Test
  void rejectsForeignContinuationToken() throws IOException {
    SignedRequest request = new SignedRequest("GET", "").query("list-type", "2");
    request.query("continuation-token", "?");
    assertRefused(request.v4Header().send(oss.endpoint()), 400, "InvalidArgument", null);
  }

  @Test
  void listsAreInTheOrderOfUtf8() throws IOException {
    SignedRequest.put("\uffee", "1").v4Header().send(oss.endpoint());
    SignedRequest.put("😀", "2").v4Header().send(oss.endpoint());
    SignedRequest list = new SignedRequest("GET", "").query("max-keys", "1");
    assertThat(list.v4Header().send(oss.endpoint()).member("Key")).isEqualTo("\uffee");
  }

  @Test
  void emptyListHasNoWhiteSpace() throws IOException {
    SignedRequest list = new SignedRequest("GET", "");
    assertThat(list.v4Header().send(oss.endpoint()).body())
        .contains("<Prefix></Prefix>", "<IsTruncated>false</IsTruncated>")
        .doesNotContain("<Contents>", "xmlns");
  }

  // --- deletes

  @Test
  void aThousandKeysAreDeletedAtOnceAndNoMore() throws IOException {
    String object = "<Object><Key>a</Key></Object>";
    assertThat(delete("<Delete>" + object.repeat(1000) + "</Delete>").status()).isEqualTo(200);
    assertRefused(
        delete("<Delete>" + object.repeat(1001) + "</Delete>"),
        400,
        "MalformedXML",
        "0016-00000608");
    assertRefused(delete("<Delete></Delete>"), 400, "MalformedXML", "0016-00000608");
    assertRefused(delete("<Delete>"), 400, "MalformedXML", "0016-00000608");
    String padding = " ".repeat(2 << 20);
    assertRefused(
        delete("<Delete>" + object + padding + "</Delete>"), 400, "MalformedXML", "0016-00000608");
  }

  @Test
  void quietDeleteAnswersNothing() throws IOException {
    Answer answer = delete("<Delete><Quiet>true</Quiet><Object><Key>a</Key></Object></Delete>");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("content-length")).isEqualTo("0");
  }

  // --- copies and appends

  @ParameterizedTest
  @CsvSource({
    "x-oss-copy-source-if-match, 00, 412",
    "x-oss-copy-source-if-none-match, 5D41402ABC4B2A76B9719D911017C592, 304",
    "'x-oss-copy-source-if-unmodified-since', 2024-03-14T00:00:00.000Z, 412",
    "'x-oss-copy-source-if-modified-since', 'Fri, 15 Mar 2024 08:15:30 GMT', 304",
    "x-oss-copy-source-if-match, \"5d41402abc4b2a76b9719d911017c592\", 200",
  })
  void copyDependsOnItsSource(String header, String value, int status) throws IOException {
    SignedRequest.put("source", "hello").v4Header().send(oss.endpoint());
    SignedRequest copy = new SignedRequest("PUT", "copy");
    copy.with("x-oss-copy-source", "/examplebucket/source").with(header, value);
    assertThat(copy.v4Header().send(oss.endpoint()).status()).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({
    "examplebucket, 400, InvalidArgument",
    "/examplebucket/, 400, InvalidArgument",
    "/examplebucket/missing, 404, NoSuchKey",
    "/nobucket/a, 404, NoSuchBucket",
    "examplebucket/source, 200,",
  })
  void sourceOfACopyIsFoundOrRefused(String source, int status, String code) throws IOException {
    SignedRequest.put("source", "hello").v4Header().send(oss.endpoint());
    SignedRequest copy = new SignedRequest("PUT", "copy").with("x-oss-copy-source", source);
    Answer answer = copy.v4Header().send(oss.endpoint());
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.member("Code")).isEqualTo(code);
  }

  @Test
  void copyKeepsTheSourcesHeadersWithoutItsAcl() throws IOException {
    SignedRequest source = SignedRequest.put("source", "hello").with("x-oss-meta-author", "alice");
    source.with("x-oss-object-acl", "public-read").v4Header().send(oss.endpoint());
    SignedRequest copy = new SignedRequest("PUT", "copy");
    copy.with("x-oss-copy-source", "/examplebucket/source").with("x-oss-meta-author", "ignored");
    assertThat(copy.v4Header().send(oss.endpoint()).status()).isEqualTo(200);
    assertThat(oss.object("copy").orElseThrow().metadata()).containsEntry("author", "alice");
    assertThat(oss.object("copy").orElseThrow().acl()).isEqualTo("default");
  }

  @Test
  void appendNeedsTheEndOfAnAppendableObject() throws IOException {
    assertRefused(append("log", "5"), 409, "PositionNotEqualToLength", null);
    assertThat(append("log", "0").header("x-oss-next-append-position")).isEqualTo("5");
    Answer answer = append("log", "0");
    assertRefused(answer, 409, "PositionNotEqualToLength", null);
    assertThat(answer.header("x-oss-next-append-position")).isEqualTo("5");
    assertThat(append("log", "5").status()).isEqualTo(200);
    assertThat(oss.object("log").orElseThrow().content()).hasContent("hellohello");
    SignedRequest.put("normal", "hello").v4Header().send(oss.endpoint());
    assertRefused(append("normal", "5"), 409, "ObjectNotAppendable", null);
    assertRefused(append("log", "x"), 400, "MissingArgument", "0016-00000502");
  }

  @Test
  void appendedObjectSurvivesARestart() throws IOException {
    append("log", "0");
    append("log", "5");
    String crc64 = oss.object("log").orElseThrow().crc64();
    oss.close();
    start();
    assertThat(oss.object("log").orElseThrow().content()).hasContent("hellohello");
    assertThat(oss.object("log").orElseThrow().crc64()).isEqualTo(crc64);
    assertThat(append("log", "10").status()).isEqualTo(200);
  }

  // --- CORS rules

  @Test
  void rulesAClientSetDecideAtOnce() throws IOException {
    assertThat(cors("examplebucket", rule("https://*.example", "PUT")).status()).isEqualTo(200);
    assertThat(preflight("https://a.example", "PUT", "x-oss-date").status()).isEqualTo(200);
    assertThat(preflight("https://a.example", "PUT", "x-other").status()).isEqualTo(403);
    assertThat(preflight("https://a.example", "POST", "").status()).isEqualTo(403);
    assertThat(preflight("http://a.example", "PUT", "").status()).isEqualTo(403);
    Answer answer = get("/examplebucket/a", Map.of("Origin", "https://a.example"));
    assertThat(answer.header("access-control-allow-origin")).isNull();
    assertThat(answer.header("vary")).isEqualTo("Origin");
    SignedRequest delete = new SignedRequest("DELETE", "").query("cors", "");
    assertThat(delete.v4Header().send(oss.endpoint()).status()).isEqualTo(204);
    assertThat(preflight("https://a.example", "PUT", "").status()).isEqualTo(403);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<CORSConfiguration/> | MalformedXML",
        "<CORSConfiguration><CORSRule/></CORSConfiguration> | MalformedXML",
        "<CORSConfiguration>R</CORSConfiguration> | MalformedXML",
        "<Other/> | MalformedXML",
        "ten and one | CORSRuleBeyondLimit",
      })
  void rulesOssWouldNotTakeAreRefused(String document, String code) throws IOException {
    String twoStars =
        "<CORSRule><AllowedOrigin>*.*</AllowedOrigin>"
            + "<AllowedMethod>GET</AllowedMethod></CORSRule>";
    String body =
        document.startsWith("ten")
            ? "<CORSConfiguration>" + rule("*", "GET").repeat(11) + "</CORSConfiguration>"
            : document.replace(">R<", ">" + twoStars + "<");
    SignedRequest request = new SignedRequest("PUT", "").query("cors", "");
    request.body = body.getBytes(UTF_8);
    Answer answer = request.v4Header().send(oss.endpoint());
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.member("Code")).isEqualTo(code);
  }

  private static String rule(String origin, String method) {
    return "<CORSRule><AllowedOrigin>"
        + origin
        + "</AllowedOrigin><AllowedMethod>"
        + method
        + "</AllowedMethod><AllowedHeader>X-OSS-*</AllowedHeader></CORSRule>";
  }

  private Answer cors(String bucket, String rules) throws IOException {
    SignedRequest request = bucket("PUT", bucket).query("cors", "");
    request.body =
        ("<CORSConfiguration>" + rules + "<ResponseVary>true</ResponseVary></CORSConfiguration>")
            .getBytes(UTF_8);
    return request.v4Header().send(oss.endpoint());
  }

  private Answer preflight(String origin, String method, String headers) throws IOException {
    return RawHttp.send(
        oss.endpoint(),
        "OPTIONS",
        "/examplebucket/a",
        Map.of(
            "Origin",
            origin,
            "Access-Control-Request-Method",
            method,
            "Access-Control-Request-Headers",
            headers),
        NOTHING);
  }

  private Answer delete(String document) throws IOException {
    SignedRequest request = new SignedRequest("POST", "").query("delete", "");
    request.body = document.getBytes(UTF_8);
    return request.v4Header().send(oss.endpoint());
  }

  private Answer append(String key, String position) throws IOException {
    SignedRequest request = new SignedRequest("POST", key);
    request.query("append", "").query("position", position);
    request.body = "hello".getBytes(UTF_8);
    return request.v4Header().send(oss.endpoint());
  }

  private Answer get(String path, Map<String, String> headers) throws IOException {
    return RawHttp.send(oss.endpoint(), "GET", path, headers, NOTHING);
  }

  private static SignedRequest bucket(String method, String name) {
    SignedRequest request = new SignedRequest(method, "");
    request.bucket = name;
    return request;
  }

  private static void assertRefused(Answer answer, int status, String code, String ec) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(answer.member("Code")).isEqualTo(code);
    assertThat(answer.member("EC")).isEqualTo(ec);
  }
}
