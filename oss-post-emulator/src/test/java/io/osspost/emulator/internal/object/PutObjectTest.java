package io.osspost.emulator.internal.object;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.osspost.emulator.OssEmulator;
import io.osspost.emulator.StoredObject;
import io.osspost.emulator.testing.RawHttp;
import io.osspost.emulator.testing.RawHttp.Answer;
import io.osspost.emulator.testing.SignedRequest;
import io.osspost.emulator.testing.TestForm;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PutObjectTest {
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

  @Test
  void storesTheBodyAndAnswersItsChecksums() throws IOException {
    Answer answer = SignedRequest.put("a.txt", "hello world").v4Url().send(oss.endpoint());

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
    assertThat(answer.header("etag")).isEqualTo("\"5EB63BBBE01EEED093CB22BB8F5ACDC3\"");
    assertThat(answer.header("content-md5")).isEqualTo("XrY7u+Ae7tCTyyK7j1rNww==");
    assertThat(answer.header("x-oss-hash-crc64ecma")).isEqualTo("5981764153023615706");
    StoredObject object = oss.object("a.txt").orElseThrow();
    assertThat(object.content()).hasContent("hello world");
    assertThat(object.contentType()).isEqualTo("text/plain");
  }

  @Test
  void storesHeadersMetadataAclAndClass() throws IOException {
    SignedRequest request =
        SignedRequest.put("a.txt", "hello")
            .with("cache-control", "no-cache")
            .with("content-disposition", "attachment")
            .with("content-encoding", "identity")
            .with("content-language", "zh")
            .with("expires", "0")
            .with("x-oss-meta-author", "alice")
            .with("x-oss-object-acl", "public-read")
            .with("x-oss-storage-class", "IA")
            .with("x-oss-server-side-encryption", "AES256");
    assertThat(request.v4Header().send(oss.endpoint()).header("x-oss-server-side-encryption"))
        .isEqualTo("AES256");

    StoredObject object = oss.object("a.txt").orElseThrow();
    assertThat(object.acl()).isEqualTo("public-read");
    assertThat(object.metadata()).containsExactly(Map.entry("author", "alice"));
    Answer read =
        RawHttp.send(oss.endpoint(), "GET", "/examplebucket/a.txt", Map.of(), new byte[0]);
    assertThat(read.headers())
        .containsEntry("cache-control", "no-cache")
        .containsEntry("content-disposition", "attachment")
        .containsEntry("content-encoding", "identity")
        .containsEntry("content-language", "zh")
        .containsEntry("expires", "0")
        .containsEntry("x-oss-storage-class", "IA")
        .containsEntry("x-oss-meta-author", "alice");
  }

  @Test
  void headerInUtf8IsSignedAndKept() throws IOException {
    SignedRequest request = SignedRequest.put("a.txt", "").with("x-oss-meta-a", "字").v4Header();
    request.with("x-oss-meta-a", new String("字".getBytes(UTF_8), ISO_8859_1));
    assertThat(request.send(oss.endpoint()).status()).isEqualTo(200);
    assertThat(oss.object("a.txt").orElseThrow().metadata()).containsEntry("a", "字");
  }

  @Test
  void laterObjectReplacesTheEarlierCompletely() throws IOException {
    put(
        SignedRequest.put("a.txt", "1")
            .with("x-oss-meta-a", "1")
            .with("x-oss-object-acl", "private"));
    SignedRequest plain = new SignedRequest("PUT", "a.txt");
    put(plain);
    StoredObject object = oss.object("a.txt").orElseThrow();
    assertThat(object.size()).isZero();
    assertThat(object.contentType()).isEqualTo("application/octet-stream");
    assertThat(object.acl()).isEqualTo("default");
    assertThat(object.metadata()).isEmpty();
  }

  @Test
  void checksumsTheClientSendsAreChecked() throws IOException {
    SignedRequest request =
        SignedRequest.put("a.txt", "hello world")
            .with("content-md5", "XrY7u+Ae7tCTyyK7j1rNww==")
            .with("x-oss-hash-crc64ecma", "5981764153023615706");
    assertThat(put(request).status()).isEqualTo(200);
  }

  @Test
  void folderIsAnObjectLikeAnyOther() throws IOException {
    assertThat(put(SignedRequest.put("dir/", "")).status()).isEqualTo(200);
    assertThat(oss.keys()).containsExactly("dir/");
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        row(
            409,
            "FileAlreadyExists",
            "0026-00000002",
            r -> {
              r.key = "taken.txt";
              r.with("x-oss-forbid-overwrite", "true");
            }),
        row(400, "InvalidArgument", "0017-00000279", r -> r.with("x-oss-forbid-overwrite", "1")),
        row(400, "InvalidDigest", "0017-00000502", r -> r.with("content-md5", "5eb63bbbe01eeed0")),
        row(
            400,
            "InvalidDigest",
            "0017-00000503",
            r -> r.with("content-md5", "x".repeat(22) + "==")),
        row(400, "InvalidCRC64", null, r -> r.with("x-oss-hash-crc64ecma", "1")),
        row(400, "InvalidArgument", null, r -> r.with("x-oss-object-acl", "public")),
        row(400, "InvalidArgument", null, r -> r.with("x-oss-storage-class", "STANDARD")),
        row(400, "InvalidArgument", "0011-00000002", r -> r.with("x-oss-meta-a", "v".repeat(8192))),
        row(
            400,
            "InvalidEncryptionAlgorithmError",
            "0005-00000003",
            r -> r.with("x-oss-server-side-encryption", "DES")),
        row(400, "NotImplemented", null, r -> r.with("if-none-match", "*")),
        row(400, "InvalidObjectName", "0016-00000003", r -> r.key = "k".repeat(1024)),
        row(400, "InvalidObjectName", "0016-00000005", r -> r.key = "/a"),
        row(
            411,
            "MissingContentLength",
            "0017-00000101",
            r -> {
              r.method = "PUT ";
              r.body = new byte[0];
            }),
        row(400, "EntityTooLarge", null, r -> r.with("Content-Length", "5368709121")),
        row(400, "InvalidTag", null, r -> r.with("x-oss-tagging", "a=1&a=2")),
        row(400, "InvalidTag", null, r -> r.with("x-oss-tagging", "a=%22")),
        row(400, "InvalidTag", null, r -> r.with("x-oss-tagging", "a=%E5%90%88")));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void refuses(int status, String code, String ec, Consumer<SignedRequest> spoil)
      throws IOException {
    put(SignedRequest.put("taken.txt", "first"));
    SignedRequest request = SignedRequest.put("a.txt", "hello world");
    spoil.accept(request);
    boolean noLength = request.method.endsWith(" ");
    request.method = "PUT";
    request.v4Header();

    Answer answer =
        noLength
            ? RawHttp.send(oss.endpoint(), "PUT", request.path(), request.headers, new byte[0])
            : request.send(oss.endpoint());

    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(answer.member("Code")).isEqualTo(code);
    assertThat(answer.member("EC")).isEqualTo(ec);
    assertThat(oss.keys()).containsExactly("taken.txt");
    assertThat(oss.object("taken.txt").orElseThrow().content()).hasContent("first");
    assertThat(unfinished()).isZero();
  }

  @Test
  void strangersWriteAndDeleteNothing() throws IOException {
    put(SignedRequest.put("a.txt", "1").with("x-oss-object-acl", "public-read-write"));
    for (String method : new String[] {"PUT", "DELETE"}) {
      Answer answer = new SignedRequest(method, "a.txt").send(oss.endpoint());
      assertThat(answer.status()).isEqualTo(403);
      assertThat(answer.member("EC")).isEqualTo("0003-00000001");
    }
    assertThat(oss.object("a.txt").orElseThrow().content()).hasContent("1");
  }

  @Test
  void acceptsChunkedBody() throws IOException {
    SignedRequest request = new SignedRequest("PUT", "a.txt").v4Header();
    request.with("Transfer-Encoding", "chunked").with("Host", "127.0.0.1");
    try (Socket socket = RawHttp.connect(oss.port())) {
      OutputStream out = socket.getOutputStream();
      out.write(RawHttp.head("PUT", request.path(), request.headers));
      out.write("5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n".getBytes(UTF_8));
      assertThat(RawHttp.read(socket.getInputStream(), false).status()).isEqualTo(200);
    }
    assertThat(oss.object("a.txt").orElseThrow().content()).hasContent("hello world");
  }

  @Test
  void answersExpectContinue() throws IOException {
    SignedRequest request = new SignedRequest("PUT", "a.txt").v4Url();
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Host", "127.0.0.1");
    headers.put("Expect", "100-continue");
    headers.put("Content-Length", "5");
    try (Socket socket = RawHttp.connect(oss.port())) {
      OutputStream out = socket.getOutputStream();
      out.write(RawHttp.head("PUT", request.path(), headers));
      assertThat(RawHttp.read(socket.getInputStream(), true).status()).isEqualTo(100);
      out.write("hello".getBytes(UTF_8));
      assertThat(RawHttp.read(socket.getInputStream(), false).status()).isEqualTo(200);
    }
  }

  @Test
  void bodyThatBreaksOffLeavesNothing() throws IOException {
    SignedRequest request = new SignedRequest("PUT", "a.txt").v4Header();
    request.with("Host", "127.0.0.1").with("Content-Length", "1000");
    try (Socket socket = RawHttp.connect(oss.port())) {
      OutputStream out = socket.getOutputStream();
      out.write(RawHttp.head("PUT", request.path(), request.headers));
      out.write("hello".getBytes(UTF_8));
      socket.shutdownOutput();
      Answer answer = RawHttp.read(socket.getInputStream(), false);
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.member("Code")).isEqualTo("IncompleteBody");
    }
    assertThat(oss.keys()).isEmpty();
    assertThat(unfinished()).isZero();
  }

  @Test
  void refusalIsReadableAfterALargeBodyWasSent() throws IOException {
    SignedRequest request = new SignedRequest("PUT", "a.txt");
    request.body = new byte[32 << 20];
    request.secret = "wrong";
    assertThat(request.v4Header().send(oss.endpoint()).member("Code"))
        .isEqualTo("SignatureDoesNotMatch");
  }

  @Test
  void deletedObjectIsGoneWithItsFiles() throws IOException {
    put(SignedRequest.put("a.txt", "hello"));
    for (int time = 0; time < 2; time++) {
      Answer answer = new SignedRequest("DELETE", "a.txt").v4Header().send(oss.endpoint());
      assertThat(answer.status()).isEqualTo(204);
    }
    assertThat(oss.keys()).isEmpty();
    try (Stream<Path> files = Files.list(folder.resolve("buckets").resolve("examplebucket"))) {
      assertThat(files.map(Path::getFileName)).containsExactly(Path.of("bucket.settings"));
    }
  }

  private long unfinished() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("incoming"))) {
      return files.count();
    }
  }

  private Answer put(SignedRequest request) throws IOException {
    return request.v4Header().send(oss.endpoint());
  }

  private static Arguments row(int status, String code, String ec, Consumer<SignedRequest> spoil) {
    return arguments(status, code, ec, spoil);
  }
}
