package io.osspost.emulator.internal.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.osspost.emulator.OssEmulator;
import io.osspost.emulator.testing.RawHttp;
import io.osspost.emulator.testing.RawHttp.Answer;
import io.osspost.emulator.testing.SignedRequest;
import io.osspost.emulator.testing.TestForm;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.MethodSource;

/** V4 and V1 signatures of requests, in header and query. */
class RequestSignatureTest {
  private static OssEmulator oss;

  @BeforeAll
  static void start() throws IOException {
    oss =
        TestForm.emulator()
            .temporaryKey("STS.a", "stssecret", "tok+/=a", Instant.parse("2024-03-15T09:00:00Z"))
            .temporaryKey("STS.b", "stssecret", "tok-b", Instant.parse("2024-03-15T08:15:30Z"))
            .start();
    assertThat(SignedRequest.put("dir/a b+c.txt", "hello").v4Header().send(oss.endpoint()).status())
        .isEqualTo(200);
  }

  @AfterAll
  static void stop() {
    oss.close();
  }

  // --- vectors of the vendor's unit tests and documents; the object does not exist

  @ParameterizedTest(name = "{0}")
  @CsvFileSource(resources = "/vectors/request-signatures.csv", delimiter = ' ', numLinesToSkip = 1)
  void signatureOfAVectorIsAccepted(
      String name,
      String keyId,
      String secret,
      String bucket,
      String now,
      String method,
      String path,
      String headers)
      throws IOException {
    try (OssEmulator at =
        OssEmulator.builder()
            .bucket(bucket)
            .accessKey(keyId, secret)
            .temporaryKey("unused", "s", "t", Instant.MAX)
            .clock(Clock.fixed(Instant.parse(now), ZoneOffset.UTC))
            .start()) {
      Map<String, String> sent = new LinkedHashMap<>();
      for (String header : headers.split("\\|", -1)) {
        int colon = header.indexOf(':');
        sent.put(header.substring(0, colon), header.substring(colon + 1).replace('~', ' '));
      }
      Answer answer = RawHttp.send(at.endpoint(), method, path, sent, new byte[0]);
      assertThat(answer.status()).as(answer.body()).isIn(200, 404);
    }
  }

  static Stream<Consumer<SignedRequest>> signings() {
    return Stream.of(
        SignedRequest::v4Header,
        SignedRequest::v4Url,
        SignedRequest::v1Header,
        SignedRequest::v1Url);
  }

  @ParameterizedTest
  @MethodSource("signings")
  void everyWayOfSigningReads(Consumer<SignedRequest> signing) throws IOException {
    SignedRequest request = SignedRequest.get("dir/a b+c.txt");
    signing.accept(request);
    Answer answer = request.send(oss.endpoint());
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("hello");
  }

  @ParameterizedTest
  @MethodSource("signings")
  void everyWayOfSigningCoversMethodKeyTypeAndOssHeaders(Consumer<SignedRequest> signing)
      throws IOException {
    for (Consumer<SignedRequest> spoil :
        List.<Consumer<SignedRequest>>of(
            r -> r.method = "DELETE",
            r -> r.key = "other.txt",
            r -> r.bucket = "Examplebucket",
            r -> r.with("content-type", "text/html"),
            r -> r.with("x-oss-meta-a", "2"),
            r -> r.with("x-oss-forbid-overwrite", "false"),
            r -> r.headers.remove("x-oss-meta-a"),
            r -> r.query("response-content-type", "a"))) {
      SignedRequest request = SignedRequest.put("a.txt", "hello").with("x-oss-meta-a", "1");
      signing.accept(request);
      spoil.accept(request);
      Answer answer = request.send(oss.endpoint());
      assertThat(answer.member("Code")).as(answer.body()).isEqualTo("SignatureDoesNotMatch");
    }
    assertThat(oss.object("a.txt")).isEmpty();
  }

  @Test
  void v4MismatchShowsTheExpectedText() throws IOException {
    SignedRequest request = SignedRequest.get("dir/a b+c.txt");
    request.secret = "wrong";
    Answer answer = request.v4Url().send(oss.endpoint());
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.member("EC")).isEqualTo("0002-00000201");
    assertThat(answer.member("OSSAccessKeyId")).isEqualTo("LTAIexample");
    assertThat(answer.member("SignatureProvided")).isEqualTo(request.query.get("x-oss-signature"));
    assertThat(answer.member("StringToSign"))
        .startsWith(
            "OSS4-HMAC-SHA256\n20240315T081530Z\n20240315/cn-hangzhou/oss/aliyun_v4_request\n");
    assertThat(answer.member("StringToSignBytes")).startsWith("4F 53 53 34");
    assertThat(answer.member("CanonicalRequest"))
        .startsWith("GET\n/examplebucket/dir/a%20b%2Bc.txt\nx-oss-credential=LTAIexample%2F2024")
        .endsWith("\n\n\nUNSIGNED-PAYLOAD");
    assertThat(answer.member("CanonicalRequestBytes")).startsWith("47 45 54 0A 2F");
  }

  @Test
  void v1MismatchShowsTheExpectedText() throws IOException {
    SignedRequest request = SignedRequest.get("dir/a b+c.txt");
    request.secret = "wrong";
    Answer answer = request.v1Header().send(oss.endpoint());
    assertThat(answer.member("EC")).isEqualTo("0002-00000040");
    assertThat(answer.member("StringToSign"))
        .isEqualTo("GET\n\n\nFri, 15 Mar 2024 08:15:30 GMT\n/examplebucket/dir/a b+c.txt");
    assertThat(answer.member("CanonicalRequest")).isNull();
  }

  @Test
  void temporaryKeySignsWithItsToken() throws IOException {
    SignedRequest v4 = temporary("STS.a");
    assertThat(v4.with("x-oss-security-token", "tok+/=a").v4Header().send(oss.endpoint()).status())
        .isEqualTo(200);
    SignedRequest v4Url = temporary("STS.a").query("x-oss-security-token", "tok+/=a");
    assertThat(v4Url.v4Url().send(oss.endpoint()).status()).isEqualTo(200);
    SignedRequest v1 = temporary("STS.a").with("x-oss-security-token", "tok+/=a");
    assertThat(v1.v1Header().send(oss.endpoint()).status()).isEqualTo(200);
    SignedRequest v1Url = temporary("STS.a").query("security-token", "tok+/=a");
    assertThat(v1Url.v1Url().send(oss.endpoint()).status()).isEqualTo(200);
    // The headers that the newer Java client sends with a V1 signature.
    SignedRequest unsigned = temporary("STS.a").v1Header().with("security-token", "tok+/=a");
    assertThat(unsigned.send(oss.endpoint()).status()).isEqualTo(200);
  }

  @Test
  void additionalHeadersAreSigned() throws IOException {
    SignedRequest request = SignedRequest.get("dir/a b+c.txt").with("range", "bytes=0-1");
    request.additionalHeaders = "range";
    request.v4Url();
    assertThat(request.send(oss.endpoint()).body()).isEqualTo("he");
    assertThat(request.with("range", "bytes=0-2").send(oss.endpoint()).member("Code"))
        .isEqualTo("SignatureDoesNotMatch");
  }

  @Test
  void dateIsUsedWithoutOssDate() throws IOException {
    SignedRequest request = SignedRequest.get("dir/a b+c.txt");
    request.with("date", request.httpDate()).v4Header();
    assertThat(request.headers).doesNotContainKey("x-oss-date");
    assertThat(request.send(oss.endpoint()).status()).isEqualTo(200);
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        row("unknown key", 403, "InvalidAccessKeyId", "0002-00000902", v4(r -> r.keyId = "x")),
        row("unknown key V1", 403, "InvalidAccessKeyId", "0002-00000902", v1(r -> r.keyId = "x")),
        row("header too old", 403, "RequestTimeTooSkewed", "0002-00000504", v4(r -> older(r, 901))),
        row("header ahead", 403, "RequestTimeTooSkewed", "0002-00000504", v4(r -> older(r, -901))),
        row("V1 too old", 403, "RequestTimeTooSkewed", "0002-00000504", v1(r -> older(r, 901))),
        row("URL expired", 403, "AccessDenied", "0002-00000069", v4Url(r -> older(r, 3600))),
        row("V1 URL expired", 403, "AccessDenied", "0002-00000069", v1Url(r -> older(r, 3600))),
        row("URL ahead", 403, "AccessDenied", null, v4Url(r -> older(r, -901))),
        row(
            "expired URL with a wrong signature",
            403,
            "AccessDenied",
            "0002-00000069",
            v4Url(r -> older(r, 3600)).andThen(r -> r.query("x-oss-signature", "0"))),
        row("life of 8 days", 403, "AccessDenied", "0002-00000232", v4Url(r -> r.life = 691200)),
        row("life of no time", 403, "AccessDenied", "0002-00000232", v4Url(r -> r.life = 0)),
        row("no life", 403, "AccessDenied", "0002-00000215", url(r -> drop(r, "x-oss-expires"))),
        row("no date", 403, "AccessDenied", null, url(r -> drop(r, "x-oss-date"))),
        row("odd date", 400, "InvalidArgument", null, url(r -> r.query("x-oss-date", "now"))),
        row("no signature", 403, "AccessDenied", null, url(r -> drop(r, "x-oss-signature"))),
        row(
            "no version",
            400,
            "InvalidArgument",
            null,
            url(r -> drop(r, "x-oss-signature-version"))),
        row(
            "no credential",
            400,
            "InvalidArgument",
            "0002-00000224",
            url(r -> drop(r, "x-oss-credential"))),
        row("region", 400, "InvalidArgument", "0002-00000226", v4(r -> r.region = "cn-beijing")),
        row("region URL", 400, "InvalidArgument", "0002-00000226", v4Url(r -> r.region = "a-b")),
        row("product", 400, "InvalidArgument", "0002-00000227", credential("oss", "s3")),
        row("odd day", 400, "InvalidArgument", "0002-00000223", credential("20240315", "today")),
        row("other day", 400, "InvalidArgument", null, credential("20240315", "20240314")),
        row("terminator", 400, "InvalidArgument", "0002-00000213", credential("v4_req", "v5_req")),
        row("empty authorization", 400, "InvalidArgument", null, header("authorization", "")),
        row("Basic", 400, "InvalidArgument", "0002-00000061", header("authorization", "Basic a:b")),
        row(
            "AWS",
            400,
            "InvalidArgument",
            "0002-00000002",
            header("authorization", "AWS4-HMAC-SHA256 Credential=a")),
        row(
            "V1 no key",
            400,
            "InvalidArgument",
            "0002-00000063",
            header("authorization", "OSS :s")),
        row(
            "V1 no sig",
            400,
            "InvalidArgument",
            "0002-00000065",
            header("authorization", "OSS a:")),
        row("V1 no colon", 400, "InvalidArgument", null, header("authorization", "OSS a")),
        row(
            "V4 unknown item",
            400,
            "InvalidArgument",
            null,
            header("authorization", "OSS4-HMAC-SHA256 Credential=a,Sig=b")),
        row(
            "V4 no signature",
            400,
            "InvalidArgument",
            null,
            header("authorization", "OSS4-HMAC-SHA256 Credential=a")),
        row(
            "payload",
            400,
            "InvalidArgument",
            "0002-00000214",
            v4(r -> r.with("x-oss-content-sha256", "abc"))),
        row("V1 without date", 403, "AccessDenied", null, v1(r -> {}).andThen(noHeader("date"))),
        row("V1 odd date", 400, "InvalidArgument", null, v1(r -> r.with("date", "today"))),
        row(
            "additional header not sent",
            400,
            "InvalidArgument",
            "0002-00000211",
            v4(r -> r.additionalHeaders = "range")),
        row(
            "additional header not sent, URL",
            400,
            "InvalidArgument",
            "0002-00000078",
            v4Url(r -> r.additionalHeaders = "range")),
        row(
            "additional header empty",
            400,
            "InvalidArgument",
            "0002-00000077",
            v4Url(r -> r.additionalHeaders = "host;")),
        row(
            "additional headers empty",
            400,
            "InvalidArgument",
            "0002-00000076",
            url(r -> r.query("x-oss-additional-headers", ""))),
        row("V1 URL no Expires", 403, "AccessDenied", "0002-00000067", v1Bent("Expires", null)),
        row("V1 URL empty Expires", 403, "AccessDenied", "0002-00000068", v1Bent("Expires", "")),
        row("V1 URL odd Expires", 403, "AccessDenied", "0002-00000070", v1Bent("Expires", "x")),
        row("V1 URL no key", 403, "AccessDenied", null, v1Bent("OSSAccessKeyId", null)),
        row("V1 URL no signature", 403, "AccessDenied", null, v1Bent("Signature", null)),
        row("both ways", 400, "InvalidArgument", null, v4(r -> {}).andThen(r -> r.v4Url())),
        row("no token", 403, "InvalidAccessKeyId", "0002-00000003", v4(r -> sts(r, "STS.a", null))),
        row("URL no token", 400, "InvalidRequest", null, v4Url(r -> sts(r, "STS.a", null))),
        row(
            "URL with token in a header",
            400,
            "InvalidRequest",
            null,
            v4Url(r -> sts(r, "STS.a", "tok+/=a"))),
        row(
            "token twice",
            400,
            "InvalidArgument",
            "0002-00000010",
            v4Url(
                r -> {
                  sts(r, "STS.a", "tok+/=a");
                  r.query("x-oss-security-token", "tok+/=a");
                })),
        row(
            "another key's token",
            403,
            "AccessKeyIdAndSecurityTokenNotMatch",
            "0002-00000004",
            v4(r -> sts(r, "STS.a", "tok-b"))),
        row(
            "token with a space for a plus",
            403,
            "InvalidSecurityToken",
            "0002-00000006",
            v4(r -> sts(r, "STS.a", "tok /=a"))),
        row(
            "token of the past",
            403,
            "SecurityTokenExpired",
            "0002-00000007",
            v4(r -> sts(r, "STS.b", "tok-b"))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refusals")
  void refuses(String what, int status, String code, String ec, Consumer<SignedRequest> make)
      throws IOException {
    SignedRequest request = SignedRequest.get("dir/a b+c.txt");
    make.accept(request);
    Answer answer = request.send(oss.endpoint());
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(answer.member("Code")).isEqualTo(code);
    assertThat(answer.member("EC")).isEqualTo(ec);
  }

  @Test
  void skewedClientGetsTheServersTime() throws IOException {
    SignedRequest request = SignedRequest.get("a.txt");
    older(request, 3600);
    Answer answer = request.v4Header().send(oss.endpoint());
    assertThat(answer.member("RequestTime")).isEqualTo("2024-03-15T07:15:30.000Z");
    assertThat(answer.member("ServerTime")).isEqualTo("2024-03-15T08:15:30.000Z");
    assertThat(answer.member("MaxAllowedSkewMilliseconds")).isEqualTo("900000");
  }

  @Test
  void expiredUrlReportsItsExpiration() throws IOException {
    SignedRequest request = SignedRequest.get("a.txt");
    older(request, 3600);
    Answer answer = request.v1Url().send(oss.endpoint());
    assertThat(answer.member("Expires")).isEqualTo("2024-03-15T08:15:30.000Z");
    assertThat(answer.member("ServerTime")).isEqualTo("2024-03-15T08:15:30.000Z");
  }

  @Test
  void signatureIsVerifiedBeforeTheBucketLookup() throws IOException {
    SignedRequest request = SignedRequest.get("a.txt");
    request.bucket = "nobucket";
    assertThat(request.v4Header().send(oss.endpoint()).member("Code")).isEqualTo("NoSuchBucket");
    request.secret = "wrong";
    assertThat(request.v4Header().send(oss.endpoint()).member("Code"))
        .isEqualTo("SignatureDoesNotMatch");
  }

  @Test
  void signatureIsEqualInBothAddressStyles() throws IOException {
    SignedRequest request = SignedRequest.get("dir/a b+c.txt").v4Header();
    request.with("Host", "examplebucket.localhost:" + oss.port());
    String path = request.path().substring("/examplebucket".length());
    Answer answer = RawHttp.send(oss.endpoint(), "GET", path, request.headers, "".getBytes(UTF_8));
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
  }

  private static SignedRequest temporary(String keyId) {
    SignedRequest request = SignedRequest.get("dir/a b+c.txt");
    request.keyId = keyId;
    request.secret = "stssecret";
    return request;
  }

  private static void sts(SignedRequest request, String keyId, String token) {
    request.keyId = keyId;
    request.secret = "stssecret";
    if (token != null) {
      request.with("x-oss-security-token", token);
    }
  }

  private static void older(SignedRequest request, long seconds) {
    request.signedAt = request.signedAt.minusSeconds(seconds);
  }

  private static void drop(SignedRequest request, String parameter) {
    request.query.remove(parameter);
  }

  private static Consumer<SignedRequest> v4(Consumer<SignedRequest> prepare) {
    return prepare.andThen(SignedRequest::v4Header);
  }

  private static Consumer<SignedRequest> v1(Consumer<SignedRequest> prepare) {
    return prepare.andThen(SignedRequest::v1Header);
  }

  private static Consumer<SignedRequest> v4Url(Consumer<SignedRequest> prepare) {
    return prepare.andThen(SignedRequest::v4Url);
  }

  private static Consumer<SignedRequest> v1Url(Consumer<SignedRequest> prepare) {
    return prepare.andThen(SignedRequest::v1Url);
  }

  /** Changes a V4 URL that is already signed. */
  private static Consumer<SignedRequest> url(Consumer<SignedRequest> spoil) {
    return v4Url(r -> {}).andThen(spoil);
  }

  private static Consumer<SignedRequest> header(String name, String value) {
    return request -> request.with(name, value);
  }

  private static Consumer<SignedRequest> noHeader(String name) {
    return request -> request.headers.remove(name);
  }

  private static Consumer<SignedRequest> credential(String from, String to) {
    return v4(r -> {})
        .andThen(r -> r.headers.computeIfPresent("authorization", (n, v) -> bend(v, from, to)));
  }

  private static String bend(String authorization, String from, String to) {
    return authorization.replace("/" + from + "/", "/" + to + "/").replace(from + "uest", to);
  }

  private static Consumer<SignedRequest> v1Bent(String parameter, String value) {
    return v1Url(r -> {})
        .andThen(
            r -> {
              if (value == null) {
                drop(r, parameter);
              } else {
                r.query(parameter, value);
              }
            });
  }

  private static Arguments row(
      String what, int status, String code, String ec, Consumer<SignedRequest> make) {
    return arguments(what, status, code, ec, make);
  }
}
