package io.osspost.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Starts fresh JVMs, the contenders in turns, each with the jars that it needs first on its class
 * path. The SDK's answer is joined by hand, so it is charged with its own start, but not with
 * Jackson's.
 */
final class ColdStart {
  /**
   * The times of one JVM in milliseconds: from {@code main} to the answer, the CPU time until then,
   * and all of it.
   */
  private record Start(double answer, double cpu, double process) {}

  private record Entry(String name, String classPath, List<Start> starts) {
    Entry(String name, String classPath) {
      this(name, classPath, new ArrayList<>());
    }

    double answer(double quantile) {
      return GrantComparison.quantile(
          starts.stream().mapToDouble(Start::answer).toArray(), quantile);
    }

    double cpu() {
      return GrantComparison.quantile(starts.stream().mapToDouble(Start::cpu).toArray(), 0.5);
    }

    double process() {
      return GrantComparison.quantile(starts.stream().mapToDouble(Start::process).toArray(), 0.5);
    }
  }

  private ColdStart() {}

  static void run(int runs) throws IOException, InterruptedException {
    Entry empty = new Entry("nothing", classPath());
    Entry sdk = new Entry("aliyun-sdk-oss", classPath("aliyun-sdk-oss", ""));
    List<Entry> entries =
        List.of(
            empty,
            new Entry("oss-post", classPath("oss-post-core")),
            new Entry("tutorial", classPath("jackson-", "commons-codec")),
            sdk);
    for (int run = -1; run < runs; run++) { // The first run loads the jars into the page cache.
      for (Entry entry : entries) {
        Start start = start(entry.name, entry.classPath);
        if (run >= 0) {
          entry.starts.add(start);
        }
      }
    }
    System.out.printf(
        Locale.ROOT,
        "JDK %s; median of %d fresh JVMs each, in turns; milliseconds%n%n",
        Runtime.version(),
        runs);
    System.out.println(
        "| | main to answer | middle half | of aliyun-sdk-oss | CPU beyond an empty JVM"
            + " | of aliyun-sdk-oss | whole process |");
    System.out.println("|---|--:|--:|--:|--:|--:|--:|");
    for (Entry entry : entries) {
      double cpu = entry.cpu() - empty.cpu();
      System.out.printf(
          Locale.ROOT,
          "| %s | %.1f | %.1f to %.1f | %.2f | %.1f | %.2f | %.0f |%n",
          entry.name,
          entry.answer(0.5),
          entry.answer(0.25),
          entry.answer(0.75),
          entry.answer(0.5) / sdk.answer(0.5),
          cpu,
          cpu / (sdk.cpu() - empty.cpu()),
          entry.process());
    }
  }

  private static Start start(String contender, String classPath)
      throws IOException, InterruptedException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    ProcessBuilder child =
        new ProcessBuilder(java, "-cp", classPath, FirstGrant.class.getName(), contender)
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    long begin = System.nanoTime();
    Process process = child.start();
    String[] printed =
        new String(process.getInputStream().readAllBytes(), UTF_8).strip().split(" ", -1);
    int exit = process.waitFor();
    double whole = (System.nanoTime() - begin) / 1e6;
    boolean granted = exit == 0 && printed.length == 3;
    if (!granted || (printed[2].equals("0") && !contender.equals("nothing"))) {
      throw new IllegalStateException("The JVM of " + contender + " did not grant; exit " + exit);
    }
    return new Start(Double.parseDouble(printed[0]), Double.parseDouble(printed[1]), whole);
  }

  /** Returns the jars whose names begin with these texts, in that order, then this one. */
  private static String classPath(String... beginnings) {
    Path self = Path.of(System.getProperty("java.class.path")).toAbsolutePath();
    List<String> jars = new ArrayList<>();
    for (String beginning : beginnings) {
      try (Stream<Path> lib = Files.list(self.resolveSibling("lib"))) {
        lib.filter(jar -> jar.getFileName().toString().startsWith(beginning))
            .map(Path::toString)
            .sorted()
            .filter(jar -> !jars.contains(jar))
            .forEach(jars::add);
      } catch (IOException e) {
        throw new UncheckedIOException("Start this as java -jar benchmarks.jar", e);
      }
    }
    jars.add(self.toString());
    return String.join(File.pathSeparator, jars);
  }
}
