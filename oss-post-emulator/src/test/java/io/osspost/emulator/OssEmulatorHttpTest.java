package io.osspost.emulator;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.osspost.emulator.testing.RawHttp;
import io.osspost.emulator.testing.RawHttp.Answer;
import io.osspost.emulator.testing.SignedRequest;
import io.osspost.emulator.testing.TestForm;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Addressing, CORS, reading, and other behaviour that all operations share. */
class OssEmulatorHttpTest {
  private static final byte[] NOTHING = new byte[0];
  private static OssEmulator oss;

  @BeforeAll
  static void start() throws IOException {
    oss =
        TestForm.emulator()
            .bucket("examplebucket")
            .bucket("otherbucket")
            .corsOrigin("https://example.com")
            .corsOrigin("http://localhost:*")
            .start();
    TestForm readable =
        new TestForm()
            .with("key", "user-dir/public 字.png")
            .with("x-oss-object-acl", "public-read")
            .with("Cache-Control", "no-cache")
            .with("x-oss-meta-owner", "字");
    readable.content = "0123456789".getBytes(UTF_8);
    assertThat(RawHttp.post(oss.endpoint(), "/examplebucket/", readable.sign()).status())
        .isEqualTo(200);
    assertThat(RawHttp.post(oss.endpoint(), "/examplebucket/", new TestForm().sign()).status())
        .isEqualTo(200);
  }

  @AfterAll
  static void stop() {
    oss.close();
  }

  // --- addressing

  @Test
  void formIsAcceptedAtTheBucketsHost() throws IOException {
    TestForm form = new TestForm().with("key", "user-dir/host.png").sign();
    Answer answer =
        RawHttp.send(
            oss.endpoint(),
            "POST",
            "/",
            Map.of(
                "Host",
                "examplebucket.localhost:" + oss.port(),
                "Content-Type",
                "multipart/form-data; boundary=" + TestForm.BOUNDARY),
            form.body());
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(oss.object("user-dir/host.png")).isPresent();
  }

  @Test
  void conditionComparesTheBucketOfTheUrl() throws IOException {
    Answer refused = RawHttp.post(oss.endpoint(), "/otherbucket/", new TestForm().sign());
    assertThat(refused.member("EC")).isEqualTo("0006-00000227");

    TestForm form = new TestForm();
    form.conditions.set(0, "{\"bucket\":\"otherbucket\"}");
    assertThat(RawHttp.post(oss.endpoint(), "/otherbucket/", form.sign()).status()).isEqualTo(200);
    assertThat(oss.keys("otherbucket")).containsExactly("user-dir/photo.png");
    assertThat(oss.object("otherbucket", "user-dir/photo.png")).isPresent();
  }

  @Test
  void unknownBucketIsNotFound() throws IOException {
    Answer answer = RawHttp.post(oss.endpoint(), "/nobucket/", new TestForm().sign());
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.member("Code")).isEqualTo("NoSuchBucket");
    assertThat(answer.member("BucketName")).isEqualTo("nobucket");
    assertThat(answer.member("EC")).isEqualTo("0015-00000101");
    assertThat(get("/nobucket/a").member("Code")).isEqualTo("NoSuchBucket");
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /examplebucket/photo.png, Object",
    "POST, /, Service",
    "PATCH, /examplebucket/a, Object",
    "FOO, /examplebucket/, Bucket",
  })
  void methodsOssDoesNotKnowAreNotAllowed(String method, String path, String type)
      throws IOException {
    Answer answer = RawHttp.send(oss.endpoint(), method, path, Map.of(), NOTHING);
    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.member("Code")).isEqualTo("MethodNotAllowed");
    assertThat(answer.member("Method")).isEqualTo(method);
    assertThat(answer.member("ResourceType")).isEqualTo(type);
    assertThat(answer.member("EC")).isEqualTo("0017-00000001");
  }

  @Test
  void unsupportedOperationsAre501() throws IOException {
    for (String request :
        List.of(
            "PUT /examplebucket/?lifecycle",
            "PUT /examplebucket/a?lifecycle",
            "PUT /examplebucket/a?tagging",
            "GET /examplebucket/a?versionId=b",
            "GET /examplebucket/a?x-oss-process=image%2Finfo")) {
      String[] parts = request.split(" ", 2);
      Answer answer = RawHttp.send(oss.endpoint(), parts[0], parts[1], Map.of(), NOTHING);
      assertThat(answer.status()).as(request).isEqualTo(501);
      assertThat(answer.member("Code")).isEqualTo("NotImplemented");
    }
  }

  // --- reading

  @Test
  void publicObjectIsReadWithItsHeaders() throws IOException {
    Answer answer = get("/examplebucket/user-dir/public%20%E5%AD%97.png");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("0123456789");
    assertThat(answer.header("content-type")).isEqualTo("image/png");
    assertThat(answer.header("content-length")).isEqualTo("10");
    assertThat(answer.header("etag")).isEqualTo("\"781E5E245D69B566979B86E28D23F2C7\"");
    assertThat(answer.header("last-modified")).isEqualTo("Fri, 15 Mar 2024 08:15:30 GMT");
    assertThat(answer.header("cache-control")).isEqualTo("no-cache");
    assertThat(answer.header("x-oss-object-type")).isEqualTo("Normal");
    assertThat(answer.header("x-oss-storage-class")).isEqualTo("Standard");
    // The header is UTF-8 in the request.
    assertThat(new String(answer.header("x-oss-meta-owner").getBytes(ISO_8859_1), UTF_8))
        .isEqualTo("字");
  }

  @Test
  void headAnswersTheHeadersWithoutBody() throws IOException {
    Answer answer = head("/examplebucket/user-dir/public%20%E5%AD%97.png");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("content-length")).isEqualTo("10");
    assertThat(answer.header("x-oss-hash-crc64ecma")).isNotEmpty();
  }

  @Test
  void headErrorsTravelInAHeader() throws IOException {
    Answer answer = head("/examplebucket/user-dir/photo.png");
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.header("x-oss-ec")).isEqualTo("0003-00000001");
    assertThat(new String(Base64.getDecoder().decode(answer.header("x-oss-err")), UTF_8))
        .contains("<Code>AccessDenied</Code>", "<EC>0003-00000001</EC>");
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=0-3, 206, 0123, bytes 0-3/10",
    "bytes=8-, 206, 89, bytes 8-9/10",
    "bytes=-3, 206, 789, bytes 7-9/10",
    "bytes=9-9, 206, 9, bytes 9-9/10",
    "bytes=5-10, 200, 0123456789,",
    "bytes=10-, 200, 0123456789,",
    "bytes=-11, 200, 0123456789,",
    "byte=0-3, 200, 0123456789,",
    "bytes=-, 200, 0123456789,",
  })
  void rangeThatIsNotInsideTheObjectIsIgnored(
      String range, int status, String body, String contentRange) throws IOException {
    Answer answer = get("/examplebucket/user-dir/public%20%E5%AD%97.png", "Range", range);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.body()).isEqualTo(body);
    assertThat(answer.header("content-range")).isEqualTo(contentRange);
  }

  @Test
  void pagesOfTheInternetReachThisMachineIfTheirOriginIsAllowed() throws IOException {
    Map<String, String> preflight =
        Map.of(
            "Origin", "http://localhost:8080",
            "Access-Control-Request-Method", "PUT",
            "Access-Control-Request-Private-Network", "true");
    Answer answer =
        RawHttp.send(oss.endpoint(), "OPTIONS", "/examplebucket/a", preflight, new byte[0]);
    assertThat(answer.header("access-control-allow-private-network")).isEqualTo("true");
  }

  @Test
  void strangersReadNothingPrivate() throws IOException {
    for (String key : new String[] {"user-dir/photo.png", "not-there"}) {
      Answer answer = get("/examplebucket/" + key);
      assertThat(answer.status()).isEqualTo(403);
      assertThat(answer.member("Code")).isEqualTo("AccessDenied");
      assertThat(answer.member("EC")).isEqualTo("0003-00000001");
    }
  }

  @Test
  void anonymousReadsCannotOverrideHeaders() throws IOException {
    Answer answer = get("/examplebucket/user-dir/public%20%E5%AD%97.png?response-content-type=a");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.member("Code")).isEqualTo("InvalidRequest");
  }

  @Test
  void publicBucketIsReadUnlessTheObjectIsPrivate() throws IOException {
    try (OssEmulator open = TestForm.emulator().publicRead().start()) {
      TestForm hidden = new TestForm().with("key", "user-dir/hidden");
      RawHttp.post(
          open.endpoint(), "/examplebucket/", hidden.with("x-oss-object-acl", "private").sign());
      RawHttp.post(open.endpoint(), "/examplebucket/", new TestForm().sign());

      assertThat(status(open, "/examplebucket/user-dir/photo.png")).isEqualTo(200);
      assertThat(status(open, "/examplebucket/user-dir/hidden")).isEqualTo(403);
      assertThat(status(open, "/examplebucket/not-there")).isEqualTo(404);
    }
  }

  // --- CORS

  @Test
  void preflightOfAnAllowedOriginSucceeds() throws IOException {
    Answer answer =
        options(
            Map.of(
                "Origin", "https://example.com",
                "Access-Control-Request-Method", "PUT",
                "Access-Control-Request-Headers", "content-type, x-oss-date"));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
    assertThat(answer.header("access-control-allow-origin")).isEqualTo("https://example.com");
    assertThat(answer.header("access-control-allow-methods"))
        .isEqualTo("GET, POST, PUT, HEAD, DELETE");
    assertThat(answer.header("access-control-allow-headers")).isEqualTo("content-type, x-oss-date");
    assertThat(answer.header("access-control-expose-headers")).isEqualTo("ETag, x-oss-request-id");
    assertThat(answer.header("access-control-max-age")).isNotNull();
  }

  @Test
  void preflightThatNoRuleMatchesIsForbidden() throws IOException {
    for (Map<String, String> headers :
        List.of(
            Map.of("Origin", "https://evil.example", "Access-Control-Request-Method", "POST"),
            Map.of("Origin", "https://example.com", "Access-Control-Request-Method", "PATCH"))) {
      Answer answer = options(headers);
      assertThat(answer.status()).isEqualTo(403);
      assertThat(answer.member("Code")).isEqualTo("AccessForbidden");
      assertThat(answer.header("access-control-allow-origin")).isNull();
    }
  }

  @Test
  void preflightThatLacksAHeaderIsABadRequest() throws IOException {
    Answer noOrigin = options(Map.of("Access-Control-Request-Method", "POST"));
    assertThat(noOrigin.status()).isEqualTo(400);
    assertThat(noOrigin.member("Code")).isEqualTo("BadRequest");
    assertThat(noOrigin.member("Message"))
        .isEqualTo("Insufficient information. Origin request header needed.");
    Answer noMethod = options(Map.of("Origin", "https://example.com"));
    assertThat(noMethod.status()).isEqualTo(400);
    assertThat(noMethod.member("Message"))
        .isEqualTo(
            "Insufficient information. Request Access-Control-Request-Method header needed.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://example.com", "http://localhost:3000"})
  void pagesOfAllowedOriginsMayReadSuccessAndError(String origin) throws IOException {
    TestForm form = new TestForm().with("key", "user-dir/cors.png").sign();
    Answer success = post(form, origin);
    assertThat(success.status()).isEqualTo(200);
    assertThat(success.header("access-control-allow-origin")).isEqualTo(origin);
    Answer refused = post(form.with("x-oss-signature", "0"), origin);
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.header("access-control-allow-origin")).isEqualTo(origin);
  }

  @Test
  void pagesOfOtherOriginsAreServedWithoutCorsHeaders() throws IOException {
    TestForm form = new TestForm().with("key", "user-dir/cors.png").sign();
    Answer answer = post(form, "https://evil.example");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.headers().keySet()).noneMatch(name -> name.startsWith("access-control"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost",
        "http://localhost:3000",
        "https://localhost:8443",
        "http://127.0.0.1:8080",
        "http://[::1]:5173"
      })
  void pagesOfThisMachineAreAllowedByDefault(String origin) throws IOException {
    try (OssEmulator open = OssEmulator.start()) {
      assertThat(corsOrigin(open, origin)).isEqualTo(origin);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://anywhere.example",
        "http://localhost.evil.example",
        "http://127.0.0.1.evil.example",
        "http://evil.example:127",
        "null"
      })
  void pagesOfOtherMachinesAreNotAllowedByDefault(String origin) throws IOException {
    try (OssEmulator open = OssEmulator.start()) {
      assertThat(corsOrigin(open, origin)).isNull();
    }
  }

  private static @Nullable String corsOrigin(OssEmulator oss, String origin) throws IOException {
    Map<String, String> headers = Map.of("Origin", origin);
    return RawHttp.send(oss.endpoint(), "GET", "/examplebucket/a", headers, NOTHING)
        .headers()
        .get("access-control-allow-origin");
  }

  // --- the connection

  @Test
  void refusalIsReadableAfterALargeBodyWasSent() throws IOException {
    TestForm form = new TestForm().sign().with("x-oss-signature", "0");
    long rest = 64L << 20;
    byte[] piece = new byte[1 << 20];
    byte[] fields = form.fieldParts();
    byte[] head = form.fileHead();
    try (Socket socket = RawHttp.connect(oss.port())) {
      OutputStream out = socket.getOutputStream();
      out.write(
          RawHttp.formHead("Content-Length", Long.toString(fields.length + head.length + rest)));
      out.write(fields);
      out.write(head);
      for (long sent = 0; sent < rest; sent += piece.length) {
        out.write(piece);
      }
      Answer answer = RawHttp.read(socket.getInputStream(), false);
      assertThat(answer.member("Code")).isEqualTo("SignatureDoesNotMatch");
    }
  }

  @Test
  void acceptsChunkedBody() throws IOException {
    TestForm form = new TestForm().with("key", "user-dir/chunked.png").sign();
    byte[] body = form.body();
    try (Socket socket = RawHttp.connect(oss.port())) {
      OutputStream out = socket.getOutputStream();
      out.write(RawHttp.formHead("Transfer-Encoding", "chunked"));
      for (int at = 0; at < body.length; at += 100) {
        int length = Math.min(100, body.length - at);
        out.write((Integer.toHexString(length) + "\r\n").getBytes(UTF_8));
        out.write(body, at, length);
        out.write("\r\n".getBytes(UTF_8));
      }
      out.write("0\r\n\r\n".getBytes(UTF_8));
      assertThat(RawHttp.read(socket.getInputStream(), false).status()).isEqualTo(200);
    }
    assertThat(oss.object("user-dir/chunked.png").orElseThrow().size()).isEqualTo(11);
  }

  @Test
  void answersExpectContinue() throws IOException {
    TestForm form = new TestForm().with("key", "user-dir/continue.png").sign();
    byte[] body = form.body();
    try (Socket socket = RawHttp.connect(oss.port())) {
      OutputStream out = socket.getOutputStream();
      out.write(
          RawHttp.head(
              "POST",
              "/examplebucket/",
              Map.of(
                  "Host",
                  "127.0.0.1",
                  "Expect",
                  "100-continue",
                  "Content-Type",
                  "multipart/form-data; boundary=" + TestForm.BOUNDARY,
                  "Content-Length",
                  Integer.toString(body.length))));
      assertThat(RawHttp.read(socket.getInputStream(), true).status()).isEqualTo(100);
      out.write(body);
      assertThat(RawHttp.read(socket.getInputStream(), false).status()).isEqualTo(200);
    }
  }

  @Test
  void manyAnswersOnOneConnectionComeWithoutDelay() throws IOException {
    byte[] request = "GET /examplebucket/a HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(UTF_8);
    try (Socket socket = RawHttp.connect(oss.port())) {
      socket.setTcpNoDelay(true);
      long began = System.nanoTime();
      for (int i = 0; i < 50; i++) {
        socket.getOutputStream().write(request);
        assertThat(RawHttp.read(socket.getInputStream(), false).status()).isEqualTo(403);
      }
      // With Nagle's algorithm each answer would take 40 ms, together 2 s.
      assertThat((System.nanoTime() - began) / 1_000_000).isLessThan(1500);
    }
  }

  @Test
  void slowClientsDoNotExcludeOthers() throws Exception {
    List<Socket> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 200; i++) {
        Socket socket = RawHttp.connect(oss.port());
        slow.add(socket);
        if (i % 2 == 0) {
          socket.getOutputStream().write("POST /examplebucket/ HTTP/1.1\r\nHo".getBytes(UTF_8));
        } else {
          SignedRequest put = SignedRequest.put("slow-" + i, "0123456789").v4Header();
          put.headers.put("host", "localhost");
          put.headers.put("content-length", "1000000");
          socket.getOutputStream().write(RawHttp.head("PUT", put.path(), put.headers));
          socket.getOutputStream().write(put.body);
        }
      }
      for (int round = 0; round < 5; round++) {
        for (Socket socket : slow) {
          socket.getOutputStream().write('s');
        }
        TestForm form = new TestForm().with("key", "user-dir/quick-" + round).sign();
        long began = System.nanoTime();
        assertThat(RawHttp.post(oss.endpoint(), "/examplebucket/", form).status()).isEqualTo(200);
        assertThat((System.nanoTime() - began) / 1_000_000).isLessThan(2000);
      }
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
    assertThat(oss.keys()).noneMatch(key -> key.startsWith("slow-"));
  }

  @Test
  void urlThatCannotBeDecodedIsRefused() throws IOException {
    assertThat(get("/examplebucket/100%").member("Code")).isEqualTo("InvalidArgument");
    assertThat(get("/examplebucket/a?b=%zz").member("Code")).isEqualTo("InvalidArgument");
    Answer gbk = get("/examplebucket/%D6%D0");
    assertThat(gbk.member("Code")).isEqualTo("InvalidObjectName");
    assertThat(gbk.member("EC")).isEqualTo("0016-00000004");
  }

  private static int status(OssEmulator emulator, String path) throws IOException {
    return RawHttp.send(emulator.endpoint(), "GET", path, Map.of(), NOTHING).status();
  }

  private static Answer get(String path) throws IOException {
    return RawHttp.send(oss.endpoint(), "GET", path, Map.of(), NOTHING);
  }

  private static Answer get(String path, String header, String value) throws IOException {
    return RawHttp.send(oss.endpoint(), "GET", path, Map.of(header, value), NOTHING);
  }

  private static Answer head(String path) throws IOException {
    return RawHttp.send(oss.endpoint(), "HEAD", path, Map.of(), NOTHING);
  }

  private static Answer options(Map<String, String> headers) throws IOException {
    return RawHttp.send(oss.endpoint(), "OPTIONS", "/examplebucket/a", headers, NOTHING);
  }

  private static Answer post(TestForm form, String origin) throws IOException {
    Map<String, String> headers = new HashMap<>();
    headers.put("Content-Type", "multipart/form-data; boundary=" + TestForm.BOUNDARY);
    headers.put("Origin", origin);
    return RawHttp.send(oss.endpoint(), "POST", "/examplebucket/", headers, form.body());
  }
}
