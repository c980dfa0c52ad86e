package io.osspost.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.osspost.emulator.testing.LargeUpload;
import io.osspost.emulator.testing.RawHttp.Answer;
import io.osspost.emulator.testing.StandaloneProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The emulator's share of the throughput of a bare server, with all checks, hashes and storage.
 * Both are processes with a heap of 64 MB, and take turns with the same client.
 */
@Tag("full")
class ThroughputIT {
  private static final int MEBIBYTES = 1024;
  private static final int PAIRS = 7;

  /** Uploads so many mebibytes. */
  @FunctionalInterface
  private interface Sender {
    Answer send(LargeUpload upload) throws IOException;
  }

  @TempDir Path folder;

  @Test
  void largeUploadIsAsFastAsABareServersOrder() throws Exception {
    Process bare = bareServer();
    try (StandaloneProcess emulator =
            StandaloneProcess.start(List.of("-Xmx64m"), List.of("--port=0", "--data=" + folder));
        BufferedReader out =
            new BufferedReader(
                new InputStreamReader(bare.getInputStream(), StandardCharsets.UTF_8))) {
      LargeUpload yardstick =
          new LargeUpload(URI.create("http://127.0.0.1:" + out.readLine()), "id", "secret");
      LargeUpload upload =
          new LargeUpload(
              emulator.endpoint(),
              emulator.greeted("access key id"),
              emulator.greeted("access key secret"));

      double put = median("PUT", yardstick, upload, to -> to.put("large", MEBIBYTES));
      double post = median("POST", yardstick, upload, to -> to.post("large", MEBIBYTES));
      double parts = median("multipart", yardstick, upload, to -> to.multipart("large", 8, 128));

      // Not a goal, but a limit that even a busy machine keeps.
      assertThat(List.of(put, post, parts)).allMatch(ratio -> ratio >= 0.2);
    } finally {
      bare.destroy();
    }
  }

  /** The median of the ratios of consecutive pairs; the bare server always gets one PUT. */
  private static double median(
      String what, LargeUpload yardstick, LargeUpload upload, Sender sender) throws Exception {
    double[] ratios = new double[PAIRS];
    double[] bareSpeeds = new double[PAIRS];
    double[] speeds = new double[PAIRS];
    speed(upload, sender);
    speed(yardstick, to -> to.put("large", MEBIBYTES));
    for (int pair = 0; pair < PAIRS; pair++) {
      bareSpeeds[pair] = speed(yardstick, to -> to.put("large", MEBIBYTES));
      speeds[pair] = speed(upload, sender);
      ratios[pair] = speeds[pair] / bareSpeeds[pair];
    }
    for (double[] numbers : List.of(ratios, bareSpeeds, speeds)) {
      Arrays.sort(numbers);
    }
    System.out.printf(
        "%s: %.0f MB/s, bare server %.0f MB/s, median ratio %.2f (%.2f to %.2f)%n",
        what,
        speeds[PAIRS / 2],
        bareSpeeds[PAIRS / 2],
        ratios[PAIRS / 2],
        ratios[0],
        ratios[PAIRS - 1]);
    return ratios[PAIRS / 2];
  }

  /** Megabytes per second. */
  private static double speed(LargeUpload upload, Sender sender) throws IOException {
    long began = System.nanoTime();
    Answer answer = sender.send(upload);
    double seconds = (System.nanoTime() - began) / 1e9;
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    upload.delete("large");
    return MEBIBYTES * 1.048576 / seconds;
  }

  private Process bareServer() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx64m",
            "-cp",
            Path.of("target", "test-classes").toString(),
            "io.osspost.emulator.testing.BareServer",
            folder.toString())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }
}
