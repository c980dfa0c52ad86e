package io.osspost.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.osspost.callback.CallbackRefusedException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallbackVerifierTest {
  private static final KeyPair KEY = FakeCallback.newKey();
  private static final FakeCallback OURS =
      FakeCallback.post("/app/oss_upload_callback", "{\"size\":1}").query("a=1&b=%2F");

  private final CallbackVerifier oss = CallbackVerifier.builder().build();
  private final CallbackVerifier pinned =
      CallbackVerifier.builder().publicKeys(FakeCallback.pem(KEY)).build();

  @Test
  void theVendorsOwnExampleVerifiesWithTheBundledKey() {
    assertThatCode(() -> oss.verify(vendorExample())).doesNotThrowAnyException();
    assertThatCode(
            () ->
                oss.verify(
                    vendorExample().keyAt("https://gosspublic.alicdn.com/callback_pub_key_v1.pem")))
        .doesNotThrowAnyException();
  }

  static Stream<Arguments> tampered() {
    FakeCallback genuine = vendorExample();
    String signature = genuine.header("Authorization").orElseThrow();
    String otherSignature = genuine.signed(KEY).header("Authorization").orElseThrow();
    return Stream.of(
        Arguments.of("another path", genuine.path("/index.html"), Reason.SIGNATURE_WRONG),
        Arguments.of("no slash", genuine.path("index.php"), Reason.SIGNATURE_WRONG),
        Arguments.of("doubled slash", genuine.path("//index.php"), Reason.SIGNATURE_WRONG),
        Arguments.of("doubly encoded path", genuine.path("/%2569ndex.php"), Reason.SIGNATURE_WRONG),
        Arguments.of("half an escape", genuine.path("/index.php%2"), Reason.PATH_MALFORMED),
        Arguments.of("another query", genuine.query("id=2&index=2"), Reason.SIGNATURE_WRONG),
        Arguments.of("reordered query", genuine.query("index=2&id=1"), Reason.SIGNATURE_WRONG),
        Arguments.of("encoded query", genuine.query("id=%31&index=2"), Reason.SIGNATURE_WRONG),
        Arguments.of("longer query", genuine.query("id=1&index=2&"), Reason.SIGNATURE_WRONG),
        Arguments.of("no query", genuine.noQuery(), Reason.SIGNATURE_WRONG),
        Arguments.of("empty query", genuine.query(""), Reason.SIGNATURE_WRONG),
        Arguments.of("another body", genuine.body("bucket=yonghu-tesT"), Reason.SIGNATURE_WRONG),
        Arguments.of("longer body", genuine.body("bucket=yonghu-test\n"), Reason.SIGNATURE_WRONG),
        Arguments.of("no body", genuine.body(""), Reason.SIGNATURE_WRONG),
        Arguments.of(
            "line feed moved",
            genuine.noQuery().path("/index.php").body("?id=1&index=2\nbucket=yonghu-test"),
            Reason.SIGNATURE_WRONG),
        Arguments.of("65537 bytes", genuine.body("x".repeat(65_537)), Reason.BODY_TOO_LARGE),
        Arguments.of("GET", genuine.method("GET"), Reason.NOT_POST),
        Arguments.of("lower-case method", genuine.method("post"), Reason.NOT_POST),
        Arguments.of("no signature", genuine.without("Authorization"), Reason.SIGNATURE_MISSING),
        Arguments.of(
            "blank signature", genuine.header("Authorization", " "), Reason.SIGNATURE_MISSING),
        Arguments.of(
            "signature not Base64",
            genuine.header("Authorization", "Basic " + signature),
            Reason.SIGNATURE_MALFORMED),
        Arguments.of(
            "URL-safe Base64",
            genuine.header("Authorization", signature.replace('+', '-').replace('/', '_')),
            Reason.SIGNATURE_MALFORMED),
        Arguments.of(
            "endless signature",
            genuine.header("Authorization", "A".repeat(4096)),
            Reason.SIGNATURE_MALFORMED),
        Arguments.of(
            "short signature",
            genuine.header("Authorization", signature.substring(0, 40)),
            Reason.SIGNATURE_WRONG),
        Arguments.of(
            "zero signature",
            genuine.header("Authorization", "A".repeat(86) + "=="),
            Reason.SIGNATURE_WRONG),
        Arguments.of(
            "another RSA key",
            genuine.header("Authorization", otherSignature),
            Reason.SIGNATURE_WRONG),
        Arguments.of("no key", genuine.without("x-oss-pub-key-url"), Reason.KEY_URL_MISSING),
        Arguments.of(
            "key not Base64",
            genuine.header(
                "x-oss-pub-key-url", "http://gosspublic.alicdn.com/callback_pub_key_v1.pem"),
            Reason.KEY_URL_MALFORMED),
        Arguments.of(
            "endless key",
            genuine.keyAt("http://gosspublic.alicdn.com/" + "a".repeat(2000)),
            Reason.KEY_URL_MALFORMED),
        Arguments.of(
            "another key of OSS",
            genuine.keyAt("http://gosspublic.alicdn.com/callback_pub_key_v2.pem"),
            Reason.KEY_UNKNOWN));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("tampered")
  void whatIsNotTheVendorsExampleToTheByteIsRefused(
      String what, FakeCallback request, Reason reason) {
    assertRefused(oss, request, reason);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "callback_pub_key_v1.pem",
        "//gosspublic.alicdn.com/callback_pub_key_v1.pem",
        "http://evil.example/callback_pub_key_v1.pem",
        "http://evil.example/gosspublic.alicdn.com/callback_pub_key_v1.pem",
        "http://evil.example/?http://gosspublic.alicdn.com/callback_pub_key_v1.pem",
        "http://evil.example/#http://gosspublic.alicdn.com/callback_pub_key_v1.pem",
        "http://gosspublic.alicdn.com@evil.example/callback_pub_key_v1.pem",
        "http://user@gosspublic.alicdn.com/callback_pub_key_v1.pem",
        "http://user:pw@gosspublic.alicdn.com/callback_pub_key_v1.pem",
        "http://gosspublic.alicdn.com\\@evil.example/key.pem",
        "http://gosspublic.alicdn.com.evil.example/callback_pub_key_v1.pem",
        "http://evilgosspublic.alicdn.com/callback_pub_key_v1.pem",
        "http://evil.gosspublic.alicdn.com/callback_pub_key_v1.pem",
        "http://gosspublicxalicdn.com/callback_pub_key_v1.pem",
        "http://gosspublic.alicdn.com./callback_pub_key_v1.pem",
        "http://gosspublic.alicdn.com:80/callback_pub_key_v1.pem",
        "https://gosspublic.alicdn.com:8443/callback_pub_key_v1.pem",
        "https://gosspublic.alicdn.com:/callback_pub_key_v1.pem",
        "HTTP://gosspublic.alicdn.com/callback_pub_key_v1.pem",
        "http://GossPublic.AliCDN.com/callback_pub_key_v1.pem",
        "http://goss\u017Fpublic.alicdn.com/key.pem",
        "http://gosspublic.alicdn.com%2F@evil.example/key.pem",
        "http://gosspublic.alicdn.com/%2e%2e/key.pem",
        "http://gosspublic.alicdn.com/a/../key.pem",
        "http://gosspublic.alicdn.com/.key.pem",
        "http://gosspublic.alicdn.com//evil.example/key.pem",
        "http://gosspublic.alicdn.com/key.pem?redirect=http://evil.example",
        "http://gosspublic.alicdn.com/key.pem#",
        "http://gosspublic.alicdn.com/key.pem\n",
        "http://gosspublic.alicdn.com/key.pem\r\nHost: evil.example",
        " http://gosspublic.alicdn.com/key.pem",
        "http://gosspublic.alicdn.com/",
        "http://gosspublic.alicdn.com",
        "http://127.0.0.1/callback_pub_key_v1.pem",
        "http://[::1]/callback_pub_key_v1.pem",
        "http://100.100.100.200/latest/meta-data/",
        "http://localhost/callback_pub_key_v1.pem",
        "ftp://gosspublic.alicdn.com/callback_pub_key_v1.pem",
        "file:///etc/passwd",
        "jar:http://gosspublic.alicdn.com/a.jar!/key.pem",
        "httpss://gosspublic.alicdn.com/callback_pub_key_v1.pem",
        "aHR0cDovL2dvc3NwdWJsaWMuYWxpY2RuLmNvbS9jYWxsYmFja19wdWJfa2V5X3YxLnBlbQ==",
      })
  void keyThatIsNotAtTheDocumentedHostIsRefused(String url) {
    FakeCallback request = OURS.keyAt(url).signed(KEY);
    assertRefused(oss, request, Reason.KEY_URL_FOREIGN);
  }

  @Test
  void missingOrMalformedKeyAddressIsRefused() {
    assertRefused(oss, OURS.signed(KEY), Reason.KEY_URL_MISSING);
    assertRefused(oss, OURS.signed(KEY).header("x-oss-pub-key-url", "*"), Reason.KEY_URL_MALFORMED);
    assertRefused(
        oss,
        OURS.keyAt("http://gosspublic.alicdn.com/v2.pem").header("Authorization", "*"),
        Reason.SIGNATURE_MALFORMED);
  }

  @Test
  void anyOfSeveralNamedKeysMayHaveSigned() {
    KeyPair other = FakeCallback.newKey();
    CallbackVerifier both =
        CallbackVerifier.builder()
            .publicKeys(FakeCallback.pem(other) + "\n\n" + FakeCallback.pem(KEY) + "\n")
            .build();
    both.verify(OURS.signed(KEY));
    both.verify(OURS.signed(other));
    assertRefused(both, OURS.signed(FakeCallback.newKey()), Reason.SIGNATURE_WRONG);
  }

  @Test
  void lineBreaksOfAKeyMayBeEscaped() {
    KeyPair other = FakeCallback.newKey();
    String pem = FakeCallback.pem(other) + "\n" + FakeCallback.pem(KEY) + "\n";
    CallbackVerifier escaped =
        CallbackVerifier.builder().publicKeys(pem.replace("\r", "").replace("\n", "\\n")).build();
    escaped.verify(OURS.signed(KEY));
    escaped.verify(OURS.signed(other));
    assertRefused(escaped, OURS.signed(FakeCallback.newKey()), Reason.SIGNATURE_WRONG);
  }

  @Test
  void configuredKeyIsUsedForEveryKeyAddress() {
    FakeCallback request = OURS.signed(KEY);
    pinned.verify(request);
    pinned.verify(request.keyAt("http://127.0.0.1:9000/key.pem"));
    assertRefused(pinned, vendorExample(), Reason.SIGNATURE_WRONG);
    assertRefused(pinned, OURS.signed(FakeCallback.newKey()), Reason.SIGNATURE_WRONG);
  }

  @Test
  void thePathIsDecodedOnceWithPlusLeftAlone() {
    FakeCallback request = FakeCallback.post("/a%2Bb+c/%E4%B8%AD%2525", "{}").signed(KEY);
    pinned.verify(request);
    assertRefused(pinned, request.path("/a+b c/中%25"), Reason.SIGNATURE_WRONG);
  }

  @Test
  void publicPathIsVerifiedBehindAProxy() {
    FakeCallback asSent = OURS.signed(KEY);
    FakeCallback asArrived = asSent.path("/oss_upload_callback");
    CallbackVerifier told =
        CallbackVerifier.builder()
            .publicKeys(FakeCallback.pem(KEY))
            .publicPath("/app/oss_upload_callback")
            .build();
    told.verify(asArrived);
    assertRefused(pinned, asArrived, Reason.SIGNATURE_WRONG);
  }

  @Test
  void everyConfiguredPathIsVerified() {
    CallbackVerifier verifier =
        CallbackVerifier.builder()
            .publicKeys(FakeCallback.pem(KEY))
            .publicPaths(List.of("/a/oss_upload_callback", "/b/oss_upload_callback"))
            .build();
    for (String path : List.of("/a/oss_upload_callback", "/b/oss_upload_callback")) {
      verifier.verify(OURS.path(path).signed(KEY).path("/oss_upload_callback"));
    }
    FakeCallback other = OURS.path("/c/oss_upload_callback").signed(KEY);
    assertRefused(verifier, other.path("/oss_upload_callback"), Reason.SIGNATURE_WRONG);
  }

  @Test
  void wrongSignatureNamesTheSignedText() {
    FakeCallback asSent = OURS.signed(KEY);
    CallbackVerifier toldWrong =
        CallbackVerifier.builder().publicKeys(FakeCallback.pem(KEY)).publicPath("/other").build();

    assertRefusedSaying(
        pinned,
        asSent.path("/oss_upload_callback").header("X-Forwarded-Prefix", "/app"),
        "the path began with X-Forwarded-Prefix");
    assertRefusedSaying(
        pinned, asSent.path("/ctx/app/oss_upload_callback"), "lacked its first part");
    assertRefusedSaying(
        pinned, asSent.path("/a/b/app/oss_upload_callback"), "lacked its first 2 parts");
    assertRefusedSaying(toldWrong, asSent, "the path were the received one");
    assertRefusedSaying(pinned, OURS.path("/a%2520b").signed(KEY).path("/a%20b"), "not decoded");
    assertRefusedSaying(
        pinned, OURS.path("/a%20b").signed(KEY).path("/a+b"), "a '+' in the path were a space");
    assertRefusedSaying(pinned, OURS.noQuery().signed(KEY).query("added=1"), "there were no query");
    assertRefusedSaying(
        pinned, OURS.query("a=/").signed(KEY).query("a=%2F"), "the query were decoded");
    assertThatThrownBy(() -> pinned.verify(asSent.body("{}")))
        .hasMessageNotContaining("It would match")
        .hasMessageContaining("reads the body as parameters");
  }

  @Test
  void refusalsQuoteNeitherSignatureNorBody() {
    FakeCallback request = OURS.signed(KEY).body("{\"secret\":\"hunter2\"}");
    assertThatThrownBy(() -> pinned.verify(request))
        .hasMessageNotContaining("hunter2")
        .hasMessageNotContaining(request.headers().get("Authorization"));
  }

  @Test
  void rejectsInvalidArguments() {
    assertThatThrownBy(() -> CallbackVerifier.builder().publicKeys("not a key"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("BEGIN PUBLIC KEY");
    for (String path : List.of("app", "", "/a?b", "/a#b", "/a b", "/ä", "/a%2")) {
      assertThatThrownBy(() -> CallbackVerifier.builder().publicPath(path))
          .as(path)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static void assertRefused(
      CallbackVerifier verifier, FakeCallback request, Reason reason) {
    assertThatThrownBy(() -> verifier.verify(request))
        .isInstanceOfSatisfying(
            CallbackRefusedException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  private static void assertRefusedSaying(
      CallbackVerifier verifier, FakeCallback request, String candidate) {
    assertThatThrownBy(() -> verifier.verify(request))
        .isInstanceOfSatisfying(
            CallbackRefusedException.class,
            e -> assertThat(e.reason()).isEqualTo(Reason.SIGNATURE_WRONG))
        .hasMessageContaining("It would match")
        .hasMessageContaining(candidate);
  }

  private static FakeCallback vendorExample() {
    Properties vector = new Properties();
    try (var reader =
        Files.newBufferedReader(Path.of("src/test/resources/vectors/upload-callback.properties"))) {
      vector.load(reader);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return new FakeCallback(
        "POST",
        vector.getProperty("path"),
        Optional.of(vector.getProperty("query")),
        Map.of(
            "Authorization", vector.getProperty("authorization"),
            "x-oss-pub-key-url", vector.getProperty("x-oss-pub-key-url")),
        vector.getProperty("body"));
  }
}
