package io.osspost.emulator;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.osspost.emulator.testing.RawHttp;
import io.osspost.emulator.testing.RawHttp.Answer;
import io.osspost.emulator.testing.StandaloneProcess;
import io.osspost.emulator.testing.TestForm;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The largest form there is, through the smallest heap. Needs 5 GB of disk for a minute. */
@Tag("full")
class LargeUploadIT {
  private static final int PIECE = 1 << 20;
  private static final int PIECES = 5 * 1024 - 1;

  @Test
  void almostFiveGigabytesPassThroughAHeapOf64Megabytes() throws Exception {
    Path folder;
    try (StandaloneProcess emulator =
        StandaloneProcess.start(List.of("-Xmx64m"), List.of("--port=0", "--public-read"))) {
      TestForm form = TestForm.signableNow();
      form.keyId = emulator.greeted("access key id");
      form.secret = emulator.greeted("access key secret");
      form.conditions.removeIf(condition -> condition.contains("content-length-range"));
      form.condition("[\"content-length-range\",1,5368709120]");
      byte[] piece = new byte[PIECE];
      new Random(7).nextBytes(piece);
      long size = (long) PIECE * PIECES;

      long began = System.nanoTime();
      Answer answer = upload(emulator.endpoint().getPort(), form.sign(), piece);
      Duration took = Duration.ofNanos(System.nanoTime() - began);

      System.out.printf(
          "%d bytes in %d ms, %d MB/s%n",
          size, took.toMillis(), size / 1_000_000 * 1000 / Math.max(1, took.toMillis()));
      assertThat(answer.status()).as(answer.body()).isEqualTo(200);
      Answer head =
          RawHttp.send(
              emulator.endpoint(),
              "HEAD",
              "/examplebucket/user-dir/photo.png",
              Map.of(),
              new byte[0]);
      assertThat(head.header("content-length")).isEqualTo(Long.toString(size));
      assertThat(head.header("etag")).isEqualTo('"' + md5(piece) + '"');
      assertThat(head.header("x-oss-hash-crc64ecma"))
          .isEqualTo(answer.header("x-oss-hash-crc64ecma"));
      folder = Path.of(emulator.greeted("objects in"));
    }
    assertThat(folder).doesNotExist();
  }

  private static Answer upload(int port, TestForm form, byte[] piece) throws IOException {
    byte[] fields = form.fieldParts();
    byte[] head = form.fileHead();
    byte[] end = ("\r\n--" + TestForm.BOUNDARY + "--\r\n").getBytes(US_ASCII);
    long length = fields.length + head.length + (long) PIECE * PIECES + end.length;
    try (Socket socket = RawHttp.connect(port)) {
      OutputStream out = socket.getOutputStream();
      out.write(
          RawHttp.head(
              "POST",
              "/examplebucket/",
              Map.of(
                  "Host",
                  "127.0.0.1",
                  "Content-Type",
                  "multipart/form-data; boundary=" + TestForm.BOUNDARY,
                  "Content-Length",
                  Long.toString(length))));
      out.write(fields);
      out.write(head);
      for (int i = 0; i < PIECES; i++) {
        out.write(piece);
      }
      out.write(end);
      return RawHttp.read(socket.getInputStream(), false);
    }
  }

  private static String md5(byte[] piece) throws NoSuchAlgorithmException {
    MessageDigest md5 = MessageDigest.getInstance("MD5");
    for (int i = 0; i < PIECES; i++) {
      md5.update(piece);
    }
    return HexFormat.of().withUpperCase().formatHex(md5.digest());
  }
}
