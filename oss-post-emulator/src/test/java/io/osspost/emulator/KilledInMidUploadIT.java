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
      String id =
          signed(killed, new SignedRequest("POST", "parts").query("uploads", ""))
              .send(killed.endpoint())
              .member("UploadId");
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
