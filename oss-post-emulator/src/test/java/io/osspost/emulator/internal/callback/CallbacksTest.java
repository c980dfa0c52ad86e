package io.osspost.emulator.internal.callback;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.osspost.emulator.OssEmulator;
import io.osspost.emulator.testing.FakeApplication;
import io.osspost.emulator.testing.FakeApplication.Call;
import io.osspost.emulator.testing.RawHttp;
import io.osspost.emulator.testing.RawHttp.Answer;
import io.osspost.emulator.testing.SignedRequest;
import io.osspost.emulator.testing.TestForm;
import io.osspost.emulator.testing.TestSigner;
import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CallbacksTest {
  private FakeApplication application;
  private OssEmulator oss;

  @BeforeEach
  void start() throws IOException {
    application = new FakeApplication();
    oss = TestForm.emulator().start();
  }

  @AfterEach
  void stop() throws IOException {
    oss.close();
    application.close();
  }

  @Test
  void formReturnsTheApplicationsAnswer() throws IOException {
    String template =
        "b=${bucket}&o=${object}&s=${size}&t=${mimeType}&e=${etag}&me=${x:me}&no=${no}";
    TestForm form =
        new TestForm()
            .with("key", "user-dir/字 1.png")
            .with("callback", callback("/call?id=1&index=2", template, null))
            .with("x:me", "a&b c")
            .sign();

    Answer answer = RawHttp.post(oss.endpoint(), "/examplebucket/", form);

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"Status\":\"OK\"}");
    assertThat(answer.header("content-type")).isEqualTo("application/json");
    assertThat(answer.header("etag")).isEqualTo("\"5EB63BBBE01EEED093CB22BB8F5ACDC3\"");
    Call call = application.onlyCall();
    assertThat(call.requestLine()).isEqualTo("POST /call?id=1&index=2 HTTP/1.1");
    assertThat(call.headers())
        .containsEntry("host", "127.0.0.1")
        .containsEntry("connection", "close")
        .containsEntry("content-type", "application/x-www-form-urlencoded")
        .containsEntry("user-agent", "http-client/0.0.1");
    assertThat(call.body())
        .isEqualTo(
            "b=examplebucket&o=user-dir%2F%E5%AD%97%201.png&s=11&t=image%2Fpng"
                + "&e=5EB63BBBE01EEED093CB22BB8F5ACDC3&me=a%26b%20c&no=");
  }

  @Test
  void jsonTemplateGetsJsonValues() throws IOException {
    String template =
        "{\"o\":${object},\"s\":${size},\"m\":${contentMd5},\"c\":${crc64},\"ip\":${clientIp},"
            + "\"op\":${operation},\"id\":${reqId},\"w\":${imageInfo.width},\"x\":${x:a},\"n\":${x:n}}";
    SignedRequest put =
        SignedRequest.put("a\"b.txt", "hello world")
            .with("x-oss-callback", callback("/", template, "application/json"))
            .with("x-oss-callback-var", TestSigner.base64("{\"x:a\":\"1\\n2\"}"));

    Answer answer = put.v4Header().send(oss.endpoint());

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(application.onlyCall().headers()).containsEntry("content-type", "application/json");
    assertThat(application.onlyCall().body())
        .isEqualTo(
            "{\"o\":\"a\\\"b.txt\",\"s\":11,\"m\":\"XrY7u+Ae7tCTyyK7j1rNww==\","
                + "\"c\":\"5981764153023615706\",\"ip\":\"127.0.0.1\",\"op\":\"PutObject\",\"id\":\""
                + answer.header("x-oss-request-id")
                + "\",\"w\":\"\",\"x\":\"1\\n2\",\"n\":\"\"}");
  }

  @Test
  void callIsSignedWithTheKeyTheEmulatorServes() throws IOException, GeneralSecurityException {
    SignedRequest put =
        SignedRequest.put("a.txt", "hello")
            .query("callback", callback("/p%20q/%E5%AD%97?a=%20b", "o=${object}", null));
    assertThat(put.v1Url().send(oss.endpoint()).status()).isEqualTo(200);

    Call call = application.onlyCall();
    String keyUrl =
        new String(Base64.getDecoder().decode(call.headers().get("x-oss-pub-key-url")), UTF_8);
    assertThat(keyUrl).isEqualTo(oss.endpoint() + "/callback_pub_key_v1.pem");
    assertThat(oss.callbackPublicKeyUrl()).hasToString(keyUrl);
    PublicKey served = fetch(URI.create(keyUrl));
    assertThat(served).isEqualTo(oss.callbackPublicKey());
    Signature verifier = Signature.getInstance("MD5withRSA");
    verifier.initVerify(served);
    verifier.update("/p q/字?a=%20b\no=a.txt".getBytes(UTF_8));
    assertThat(verifier.verify(Base64.getDecoder().decode(call.headers().get("authorization"))))
        .isTrue();
  }

  @Test
  void everyEmulatorHasItsOwnKey() {
    try (OssEmulator other = OssEmulator.start()) {
      assertThat(other.callbackPublicKey()).isNotEqualTo(oss.callbackPublicKey());
    }
  }

  @Test
  void callbackContainsTheSizeOfAnImage() throws IOException {
    SignedRequest put =
        new SignedRequest("PUT", "a.gif")
            .with(
                "x-oss-callback",
                callback("/", "${imageInfo.width}x${imageInfo.height} ${imageInfo.format}", null));
    put.body = HexFormat.of().parseHex("4749463839610a00ff00");
    assertThat(put.v4Header().send(oss.endpoint()).status()).isEqualTo(200);
    assertThat(application.onlyCall().body()).isEqualTo("10x255 gif");
  }

  @Test
  void brokenImageFailsTheCallback() throws IOException {
    SignedRequest put =
        new SignedRequest("PUT", "a.png")
            .with("x-oss-callback", callback("/", "w=${imageInfo.width}", null));
    put.body = HexFormat.of().parseHex("89504e470d0a1a0a0000000d");
    Answer answer = put.v4Header().send(oss.endpoint());
    assertThat(answer.status()).isEqualTo(203);
    assertThat(answer.member("Message")).isEqualTo("Get image info failed.");
    assertThat(application.calls()).isEmpty();
  }

  @Test
  void nextUrlIsTriedWhenOneFails() throws IOException {
    try (FakeApplication failing = new FakeApplication()) {
      failing.answer("HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n");
      String urls = failing.address() + "/a;http://" + application.address() + "/b";
      Answer answer = put(json(urls, "o=${object}", null)).v4Header().send(oss.endpoint());
      assertThat(answer.status()).isEqualTo(200);
      assertThat(failing.calls()).hasSize(1);
      assertThat(application.onlyCall().requestLine()).isEqualTo("POST /b HTTP/1.1");
    }
  }

  @Test
  void redirectToALoginIsExplained() throws IOException {
    application.answer("HTTP/1.1 302 Found\r\nLocation: /login\r\nContent-Length: 0\r\n\r\n");
    assertThat(
            put(json(application.address() + "/a", "a", null))
                .v4Header()
                .send(oss.endpoint())
                .status())
        .isEqualTo(203);
    assertThat(oss.journal().last().orElseThrow().explanation())
        .contains("returned status 302: allow POST requests to this path without login");
  }

  @Test
  void triesFiveUrlsAndReportsTheLastFailure() throws IOException {
    String address = application.address();
    String urls = String.join(";", address + "/1", address + "/2", address + "/3", address + "/4");
    application.answer("HTTP/1.1 400 No\r\nContent-Length: 0\r\n\r\n");
    Answer answer =
        put(json(urls + ";http://" + address + "/5", "a", null)).v4Header().send(oss.endpoint());
    assertThat(answer.status()).isEqualTo(203);
    assertThat(answer.member("Message")).isEqualTo("Error status : 400.");
    assertThat(application.calls().stream().map(Call::requestLine))
        .containsExactly(
            "POST /1 HTTP/1.1",
            "POST /2 HTTP/1.1",
            "POST /3 HTTP/1.1",
            "POST /4 HTTP/1.1",
            "POST /5 HTTP/1.1");
    assertThat(oss.journal().last().orElseThrow().explanation())
        .contains("callback to http://" + address + "/1 failed: Error status : 400.; ")
        .endsWith("the object is stored, but the callback returned status 400");
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void answerThatTricklesInIsCutAfterFiveSeconds() throws IOException {
    application.trickle(400);
    Answer answer = put(json(application.address(), "a", null)).v4Header().send(oss.endpoint());
    assertThat(answer.status()).isEqualTo(203);
    assertThat(answer.member("EC")).isEqualTo("0007-00000202");
  }

  @Test
  void journalContainsTheSuccessfulCallback() throws IOException {
    put(json(application.address(), "a", null)).v4Header().send(oss.endpoint());
    assertThat(oss.journal().last().orElseThrow().explanation())
        .isEqualTo("callback to http://" + application.address() + "/ returned 200");
  }

  @Test
  void documentedPlaceholdersThatHaveNoValueHereAreEmpty() throws IOException {
    put(json(application.address(), "v=${vpcId}&i=${imageInfo.format}&o=$(object)", null))
        .v4Header()
        .send(oss.endpoint());
    assertThat(application.onlyCall().body()).isEqualTo("v=&i=&o=$(object)");
  }

  @Test
  void namesOfPlaceholdersAreCaseSensitive() throws IOException {
    put(json(application.address(), "o=${Object}&m=${mimetype}", null))
        .v4Header()
        .send(oss.endpoint());
    assertThat(application.onlyCall().body()).isEqualTo("o=&m=");
  }

  @Test
  void blanksAndMissingValuesFollowTheirRules() throws IOException {
    restart("callback-space=plus,callback-missing=null");
    SignedRequest form = put(json(application.address(), "x=${x:a}", null));
    form.with("x-oss-callback-var", TestSigner.base64("{\"x:a\":\"1 2+3\"}"));
    form.v4Header().send(oss.endpoint());
    assertThat(application.calls().get(0).body()).isEqualTo("x=1+2%2B3");
    put(json(application.address(), "{\"x\":${x:a}}", "application/json"))
        .v4Header()
        .send(oss.endpoint());
    assertThat(application.calls().get(1).body()).isEqualTo("{\"x\":null}");
  }

  @Test
  void answerOfThreeMegabytesPassesUnderItsRule() throws IOException {
    restart("callback-answer=3-mb");
    application.answer(FakeApplication.json('"' + "a".repeat(2 << 20) + '"'));
    Answer answer = put(json(application.address(), "a", null)).v4Header().send(oss.endpoint());
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).hasSize((2 << 20) + 2);
  }

  @Test
  void redirectFollowsTheCallbackUnderItsRule() throws IOException {
    restart("callback-and-redirect=redirect");
    TestForm form =
        new TestForm()
            .with("callback", callback("/", "a", null))
            .with("success_action_redirect", "http://example.com/");
    Answer answer = RawHttp.post(oss.endpoint(), "/examplebucket/", form.sign());
    assertThat(answer.status()).isEqualTo(303);
    assertThat(answer.header("location")).isEqualTo("http://example.com/");
    assertThat(application.calls()).hasSize(1);
  }

  @Test
  void callbackBeatsRedirectAndStatusOfAForm() throws IOException {
    TestForm form =
        new TestForm()
            .with("callback", callback("/", "a", null))
            .with("success_action_redirect", "http://example.com/");
    Answer answer = RawHttp.post(oss.endpoint(), "/examplebucket/", form.sign());
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"Status\":\"OK\"}");
    assertThat(answer.header("location")).isNull();
  }

  @Test
  void hostOfTheCallbackIsSent() throws IOException {
    String config =
        "{\"callbackUrl\":\""
            + application.address()
            + "\",\"callbackHost\":\"app.example.com\",\"callbackBody\":\"a\"}";
    assertThat(put(config).v4Header().send(oss.endpoint()).status()).isEqualTo(200);
    assertThat(application.onlyCall().headers()).containsEntry("host", "app.example.com");
    assertThat(application.onlyCall().requestLine()).isEqualTo("POST / HTTP/1.1");
  }

  static Stream<Arguments> badAnswers() {
    return Stream.of(
        arguments(
            "HTTP/1.1 301 Moved\r\nLocation: /b\r\nContent-Length: 2\r\n\r\n{}",
            "Error status : 301.",
            "0007-00000203"),
        arguments(
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
            "Error Status : 400.User server missing content-length.",
            null),
        arguments(
            "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n{}",
            "Error Status : 400.User server return invalid conent-length value.",
            null),
        arguments(
            "HTTP/1.1 200 OK\r\nContent-Length: 1048577\r\n\r\n{}",
            "Error Status : 400.User server return too long content-length value.",
            null),
        arguments(
            FakeApplication.json("ok"), "Response body is not valid json format.", "0007-00000205"),
        arguments(
            FakeApplication.json("{}x"),
            "Response body is not valid json format.",
            "0007-00000205"),
        arguments(
            FakeApplication.json("\uFEFF{}"),
            "Response body is not valid json format.",
            "0007-00000205"),
        arguments(
            "no http",
            "Error status : -1.OSS can not connect to your callbackUrl, please check it.",
            null));
  }

  @ParameterizedTest
  @MethodSource("badAnswers")
  void badAnswerIs203AndTheObjectStays(String raw, String message, String ec) throws IOException {
    application.answer(raw);
    Answer answer = put(json(application.address(), "a", null)).v4Header().send(oss.endpoint());
    assertThat(answer.status()).isEqualTo(203);
    assertThat(answer.member("Code")).isEqualTo("CallbackFailed");
    assertThat(answer.member("Message")).isEqualTo(message);
    assertThat(answer.member("EC")).isEqualTo(ec);
    assertThat(oss.object("a.txt")).isPresent();
  }

  @Test
  void applicationThatIsDownIs203() throws IOException {
    application.close();
    Answer answer = put(json(application.address(), "a", null)).v4Header().send(oss.endpoint());
    assertThat(answer.status()).isEqualTo(203);
    assertThat(answer.member("Message"))
        .isEqualTo("Error status : -1.OSS can not connect to your callbackUrl, please check it.");
    assertThat(oss.object("a.txt")).isPresent();
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void slowApplicationIs203() throws IOException {
    application.pause(6000);
    Answer answer = put(json(application.address(), "a", null)).v4Header().send(oss.endpoint());
    assertThat(answer.status()).isEqualTo(203);
    assertThat(answer.member("EC")).isEqualTo("0007-00000202");
    assertThat(answer.member("Message"))
        .isEqualTo(
            "Error status : -1 "
                + application.address()
                + " reply timeout, cost:5000ms, timeout:5000ms (err -4, errno115)");
  }

  static Stream<Arguments> badConfigurations() {
    String url = "\"callbackUrl\":\"127.0.0.1:1\"";
    String body = "\"callbackBody\":\"a\"";
    return Stream.of(
        arguments("callback", "!!", "The callback configuration is not base64 encoded.", "0002"),
        bad("[]", "The callback configuration is not json format.", "0003"),
        bad("{\"a\":\"b\"\"}", "The callback configuration is not json format.", "0003"),
        bad("{" + body + "}", "The callback url configuration is invalid.", "0004"),
        bad(
            "{\"callbackUrl\":\"\"," + body + "}",
            "The callback url configuration is invalid.",
            "0004"),
        bad(
            "{\"callbackUrl\":\"a:b\"," + body + "}",
            "The callback url configuration is invalid.",
            "0004"),
        bad(
            "{\"callbackUrl\":\"ftp://a\"," + body + "}",
            "The callback url configuration is invalid.",
            "0004"),
        bad(
            "{\"callbackUrl\":\"http://[::1]/\"," + body + "}",
            "The callback url configuration is invalid.",
            "0004"),
        bad(
            "{\"callbackUrl\":\"http://a/字\"," + body + "}",
            "The callback url configuration is invalid.",
            "0004"),
        bad(
            "{\"callbackUrl\":\"a;b;c;d;e;f\"," + body + "}",
            "The number of callback url exceed max value.",
            "0005"),
        bad(
            "{\"callbackUrl\":\"no-such-host.invalid\"," + body + "}",
            "Can not get ip by this host.",
            "0007"),
        bad("{" + url + "}", "The callback body is empty.", "0011"),
        bad("{" + url + ",\"callbackBody\":\"\"}", "The callback body is empty.", "0011"),
        bad("{" + url + ",\"callbackBody\":1}", "The callback body is invalid.", null),
        bad(
            "{" + url + "," + body + ",\"callbackHost\":1}",
            "The callback host configuration is invalid.",
            null),
        bad(
            "{" + url + "," + body + ",\"callbackHost\":\"a\\r\\nb\"}",
            "The callback host configuration is invalid.",
            null),
        bad(
            "{" + url + "," + body + ",\"callbackBodyType\":1}",
            "The callback body type configuration is invalid.",
            "0012"),
        bad(
            "{" + url + "," + body + ",\"callbackBodyType\":\"text/plain\"}",
            "The body type of callback is not supported.",
            null),
        bad(
            "{" + url + "," + body + "," + "\"a\":\"" + "a".repeat(5000) + "\"}",
            "The length of callback exceed max value.",
            null),
        arguments("callback-var", "!!", "The callback var is not base64 encoded.", "0102"),
        arguments(
            "callback-var",
            TestSigner.base64("[]"),
            "The callback var is not expecten json.",
            "0103"),
        arguments(
            "callback-var",
            TestSigner.base64("{\"a\":\"b\"}"),
            "The callback var is not expecten json.",
            "0103"),
        arguments(
            "callback-var",
            "a".repeat(5121),
            "The length of callback var exceed max value.",
            null));
  }

  @ParameterizedTest
  @MethodSource("badConfigurations")
  void badConfigurationIsRefusedBeforeAnythingIsStored(
      String argument, String value, String message, String ec) throws IOException {
    SignedRequest put = put(json(application.address(), "a", null));
    Answer answer = put.with("x-oss-" + argument, value).v4Header().send(oss.endpoint());
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.member("Code")).isEqualTo("InvalidArgument");
    assertThat(answer.member("Message")).isEqualTo(message);
    assertThat(answer.member("ArgumentName")).isEqualTo(argument);
    assertThat(answer.member("EC")).isEqualTo(ec == null ? null : "0007-0000" + ec);
    assertThat(oss.keys()).isEmpty();
    assertThat(application.calls()).isEmpty();
  }

  @Test
  void callbackInHeaderAndUrlIsRefused() throws IOException {
    String callback = callback("/", "a", null);
    SignedRequest put =
        SignedRequest.put("a.txt", "a")
            .with("x-oss-callback", callback)
            .query("callback", callback);
    Answer answer = put.v4Url().send(oss.endpoint());
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.member("Message")).contains("should be specified, not both");
  }

  private void restart(String rules) {
    oss.close();
    oss = TestForm.emulator().rules(rules).start();
  }

  private String callback(String path, String template, String type) {
    return TestSigner.base64(json("http://" + application.address() + path, template, type));
  }

  private static SignedRequest put(String config) {
    return SignedRequest.put("a.txt", "hello").with("x-oss-callback", TestSigner.base64(config));
  }

  private static String json(String urls, String template, String type) {
    return "{\"callbackUrl\":\""
        + urls
        + "\",\"callbackBody\":\""
        + template.replace("\"", "\\\"")
        + "\""
        + (type == null ? "" : ",\"callbackBodyType\":\"" + type + "\"")
        + "}";
  }

  private static Arguments bad(String config, String message, String ec) {
    return arguments("callback", TestSigner.base64(config), message, ec);
  }

  private static PublicKey fetch(URI url) throws IOException, GeneralSecurityException {
    Answer pem = RawHttp.send(url, "GET", url.getPath(), Map.of(), new byte[0]);
    assertThat(pem.body()).startsWith("-----BEGIN PUBLIC KEY-----\n");
    String base64 = pem.body().replaceAll("-----[A-Z ]+-----|\\s", "");
    return KeyFactory.getInstance("RSA")
        .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(base64)));
  }
}
