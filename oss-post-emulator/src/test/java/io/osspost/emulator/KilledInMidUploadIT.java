package io.osspost.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.osspost.emulator.testing.RawHttp;
import io.osspost.emulator.testing.SignedRequest;
import io.osspost.emulator.testing.StandaloneProcess;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGKILL leaves the emulator no time to clean up, so the next start does it. */
class KilledInMidUploadIT {
  @TempDir Path folder;

  @Test
  void nothingHalfIsVisibleAfterAKill() throws Exception {
    List<String> options = List.of("--port=0", "--data=" + folder, "--public-read");
    List<Socket> uploads = new ArrayList<>();
    try (StandaloneProcess killed = StandaloneProcess.start(List.of(), options)) {
      assertThat(put(killed, "kept", "first").send(killed.endpoint()).status()).isEqualTo(200);
      String id = initiate(killed);
      SignedRequest part = new SignedRequest("PUT", "parts");
      part.query("partNumber", "1").query("uploadId", id);
      for (SignedRequest request :
          List.of(put(killed, "kept", ""), put(killed, "new", ""), signed(killed, part))) {
        uploads.add(begin(killed, request));
      }
      await(3);
      killed.kill();
    } finally {
      for (Socket socket : uploads) {
        socket.close();
      }
    }
    try (StandaloneProcess next = StandaloneProcess.start(List.of(), options)) {
      assertThat(get(next, "kept").body()).isEqualTo("first");
      assertThat(get(next, "new").status()).isEqualTo(404);
      assertThat(get(next, "parts").status()).isEqualTo(404);
      assertThat(incoming()).isZero();
    }
  }

  @Test
  void partsOfAnUnfinishedUploadSurviveAKill() throws Exception {
    List<String> options = List.of("--port=0", "--data=" + folder, "--public-read");
    String id;
    try (StandaloneProcess killed = StandaloneProcess.start(List.of(), options)) {
      id = initiate(killed);
      assertThat(part(killed, id, 1, "A".repeat(102400)).status()).isEqualTo(200);
      SignedRequest cut = new SignedRequest("PUT", "parts");
      cut.query("partNumber", "2").query("uploadId", id);
      try (Socket socket = begin(killed, signed(killed, cut))) {
        assertThat(socket.isConnected()).isTrue();
        await(1);
        killed.kill();
      }
    }
    try (StandaloneProcess next = StandaloneProcess.start(List.of(), options)) {
      SignedRequest list = SignedRequest.get("parts").query("uploadId", id);
      assertThat(signed(next, list).send(next.endpoint()).body())
          .contains("<PartNumber>1</PartNumber>", "<Size>102400</Size>")
          .doesNotContain("<PartNumber>2</PartNumber>");
      assertThat(part(next, id, 2, "hello").status()).isEqualTo(200);
      SignedRequest complete = new SignedRequest("POST", "parts").query("uploadId", id);
      complete.with("x-oss-complete-all", "yes");
      assertThat(signed(next, complete).send(next.endpoint()).status()).isEqualTo(200);
      assertThat(get(next, "parts").body()).isEqualTo("A".repeat(102400) + "hello");

      String aborted = initiate(next);
      part(next, aborted, 1, "hello");
      SignedRequest abort = new SignedRequest("DELETE", "parts").query("uploadId", aborted);
      assertThat(signed(next, abort).send(next.endpoint()).status()).isEqualTo(204);
      try (Stream<Path> files = Files.list(folder.resolve("buckets/examplebucket"))) {
        assertThat(files).noneMatch(file -> file.getFileName().toString().contains(".upload"));
      }
    }
  }

  private static String initiate(StandaloneProcess emulator) throws IOException {
    return signed(emulator, new SignedRequest("POST", "parts").query("uploads", ""))
        .send(emulator.endpoint())
        .member("UploadId");
  }

  private static RawHttp.Answer part(
      StandaloneProcess emulator, String id, int number, String content) throws IOException {
    SignedRequest request = new SignedRequest("PUT", "parts");
    request.query("partNumber", Integer.toString(number)).query("uploadId", id);
    request.body = content.getBytes(UTF_8);
    return signed(emulator, request).send(emulator.endpoint());
  }

  /** Sends half of the stated length. */
  private static Socket begin(StandaloneProcess emulator, SignedRequest request)
      throws IOException {
    Map<String, String> headers = request.headers;
    headers.put("host", emulator.endpoint().getAuthority());
    headers.put("content-length", "2000000");
    Socket socket = RawHttp.connect(emulator.endpoint().getPort());
    socket.getOutputStream().write(RawHttp.head("PUT", request.path(), headers));
    socket.getOutputStream().write(new byte[1_000_000]);
    return socket;
  }

  private static SignedRequest put(StandaloneProcess emulator, String key, String content) {
    SignedRequest request = new SignedRequest("PUT", key);
    request.body = content.getBytes(UTF_8);
    return signed(emulator, request);
  }

  private static SignedRequest signed(StandaloneProcess emulator, SignedRequest request) {
    request.keyId = emulator.greeted("access key id");
    request.secret = emulator.greeted("access key secret");
    request.signedAt = Instant.now();
    return request.v4Header();
  }

  private static RawHttp.Answer get(StandaloneProcess emulator, String key) throws IOException {
    return RawHttp.send(emulator.endpoint(), "GET", "/examplebucket/" + key, Map.of(), new byte[0]);
  }

  private void await(long files) throws Exception {
    for (int i = 0; i < 500 && incoming() < files; i++) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
    assertThat(incoming()).isEqualTo(files);
  }

  private long incoming() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("incoming"))) {
      return files.count();
    }
  }
}
