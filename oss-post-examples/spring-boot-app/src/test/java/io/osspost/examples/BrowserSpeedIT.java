package io.osspost.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.osspost.emulator.OssEmulator;
import io.osspost.testsupport.Chromium;
import io.osspost.testsupport.PackagedProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Prints how long each way takes for a large file in Chromium, and how it loads the page. Run only
 * by name, on a quiet machine. {@code benchmarks/RESULTS.md} has the command and its results.
 */
@Tag("speed")
class BrowserSpeedIT {
  private static final String ROLE = "acs:ram::1234567890123456:role/uploader";
  private static final int TURNS = Integer.getInteger("turns", 5);
  private static final int TURNS_OF_SDK = Integer.getInteger("turns.sdk", 2);
  private static final String SDK = "ali-oss";
  private static final List<String> WAYS =
      List.of("form", "put", "parts", "parts, CRC-64", "parts in Uppy");

  @TempDir static Path directory;
  @AutoClose private static Chromium chromium;
  @AutoClose private static OssEmulator oss;
  private static Path project;

  @BeforeAll
  static void start() throws Exception {
    chromium = Chromium.launch();
    project = BundlesIT.built(directory);
    Path sdk = AliOss.script();
    Files.copy(sdk, project.resolve("aliyun-oss-sdk.min.js"), StandardCopyOption.REPLACE_EXISTING);
    oss =
        OssEmulator.builder()
            .data(Files.createDirectory(directory.resolve("data")))
            .stsPort(0)
            .roleArn(ROLE)
            .start();
  }

  @Test
  void oneGibibyte() throws Exception {
    Path file = UploadPage.writeRandom(directory.resolve("large.mp4"), 1L << 30);
    Map<String, List<double[]>> results = new LinkedHashMap<>();
    try (PackagedProgram application = application(oss.endpoint().toString())) {
      for (int turn = 0; turn < TURNS; turn++) {
        List<String> ways = new ArrayList<>(WAYS);
        if (turn < TURNS_OF_SDK) {
          ways.add(SDK);
        }
        for (String way : ways) {
          results
              .computeIfAbsent(way, name -> new ArrayList<>())
              .add(measured(application, file, way));
        }
      }
    }
    print("1 GiB on loopback", results);
    assertThat(results).hasSize(TURNS_OF_SDK > 0 ? WAYS.size() + 1 : WAYS.size());
  }

  @Test
  void lineWithLatencyAndLoss() throws Exception {
    Path file = UploadPage.writeRandom(directory.resolve("medium.mp4"), 40L << 20);
    Map<String, List<double[]>> results = new LinkedHashMap<>();
    try (SlowLine line = new SlowLine(oss.endpoint(), Duration.ofMillis(50), 0.01);
        PackagedProgram application = application(line.address().toString())) {
      for (int turn = 0; turn < Math.min(TURNS, 3); turn++) {
        for (String way : List.of("form", "parts")) {
          results
              .computeIfAbsent(way, name -> new ArrayList<>())
              .add(measured(application, file, way));
        }
      }
      print(
          "40 MiB, 50 ms, 1 %% loss (%.0f KB/s per connection)"
              .formatted(line.bytesPerSecond() / 1000),
          results);
    }
    assertThat(results).hasSize(2);
  }

  private static PackagedProgram application(String endpoint) throws IOException {
    return PackagedApplication.start(
        "--oss.post.bucket=" + oss.bucket(),
        "--oss.post.region=" + oss.region(),
        "--oss.post.endpoint=" + endpoint,
        "--oss.post.server-endpoint=" + oss.endpoint(),
        "--oss.post.credentials.type=static",
        "--oss.post.credentials.access-key-id=" + oss.accessKeyId(),
        "--oss.post.credentials.access-key-secret=" + oss.accessKeySecret(),
        "--oss.post.credentials.sts-endpoint=" + oss.stsEndpoint(),
        "--oss.post.token.role-arn=" + ROLE,
        "--oss.post.profiles.default.grants=post,put,multipart",
        "--oss.post.profiles.large.grants=token",
        "--oss.post.profiles.large.dir=uploads/large/",
        "--oss.post.profiles.large.token-multipart=true",
        "--spring.web.resources.static-locations=classpath:/META-INF/resources/,"
            + "classpath:/static/,file:"
            + project
            + "/");
  }

  /** Returns seconds, blocked seconds, and the largest resident memory of a renderer in MB. */
  private static double[] measured(PackagedProgram application, Path file, String way)
      throws Exception {
    try (Page tab = chromium.open(application.page() + "built/speed/index.html", 800, 600)) {
      tab.setDefaultTimeout(900_000);
      if (way.equals(SDK)) {
        tab.addScriptTag(new Page.AddScriptTagOptions().setUrl("../../aliyun-oss-sdk.min.js"));
      }
      tab.locator("input").setInputFiles(file);
      AtomicBoolean ended = new AtomicBoolean();
      long[] most = {0};
      Thread watch =
          new Thread(
              () -> {
                while (!ended.get()) {
                  most[0] = Math.max(most[0], memoryOfRenderers());
                }
              });
      watch.start();
      List<?> measured = (List<?>) tab.evaluate("way => measure(way)", way);
      ended.set(true);
      watch.join();
      double[] result = {
        ((Number) measured.get(0)).doubleValue(),
        ((Number) measured.get(1)).doubleValue(),
        most[0] / 1e6
      };
      System.out.printf(
          "%s: %.1f s, blocked %.1f s, %.0f MB%n", way, result[0], result[1], result[2]);
      return result;
    }
  }

  /** Returns the largest resident set of all renderer processes in bytes. */
  private static long memoryOfRenderers() {
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      long most = 0;
      for (Path process : (Iterable<Path>) processes::iterator) {
        most = Math.max(most, residentSet(process));
      }
      Thread.sleep(200);
      return most;
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static long residentSet(Path process) {
    try {
      if (!Files.readString(process.resolve("cmdline")).contains("--type=renderer")) {
        return 0;
      }
      String[] pages = Files.readString(process.resolve("statm")).split(" ", -1);
      return (Long.parseLong(pages[1]) - Long.parseLong(pages[2])) * 4096;
    } catch (IOException | RuntimeException e) {
      return 0; // Not a process, or it has ended.
    }
  }

  private static void print(String title, Map<String, List<double[]>> results) {
    System.out.println(title + "; medians");
    results.forEach(
        (way, all) ->
            System.out.printf(
                "| %s | %.1f s | %.1f s | %.0f MB | %d |%n",
                way, median(all, 0), median(all, 1), median(all, 2), all.size()));
  }

  private static double median(List<double[]> all, int column) {
    double[] sorted = all.stream().mapToDouble(row -> row[column]).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
