package io.osspost.benchmarks.boot;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Starts the same Boot application with the starter and without, in turns and in fresh JVMs, and
 * prints the difference.
 */
public final class BootStart {
  /** Boot and its dependencies. The other jars of this module are not part of the application. */
  private static final Pattern BOOT =
      Pattern.compile(
          "(spring|tomcat-embed|jakarta\\.|logback|slf4j|log4j|jul-to|micrometer|snakeyaml"
              + "|jackson|commons-logging|jspecify).*");

  private static final Pattern STARTER =
      Pattern.compile("oss-post-(browser|core|servlet|spring-boot-starter)-.*");

  /**
   * The times of one JVM in milliseconds: from {@code main} until it serves, its CPU time until
   * then, and all of it.
   */
  private record Start(double serving, double cpu, double process) {}

  /** Two JVMs, one right after the other. */
  private record Pair(Start with, Start without) {
    double added(ToDoubleFunction<Start> of) {
      return of.applyAsDouble(with) - of.applyAsDouble(without);
    }
  }

  private BootStart() {}

  /**
   * Runs the comparison.
   *
   * @param runs the number of JVMs of each kind
   */
  public static void run(int runs) throws IOException, InterruptedException {
    Path classes = applicationClass();
    List<Pair> pairs = new ArrayList<>();
    for (int run = -1;
        run < runs;
        run++) { // The first pair loads the jars into the page cache. Each side goes first in every
      // second pair.
      boolean withFirst = run % 2 == 0;
      Start first = start(classes, withFirst);
      Start second = start(classes, !withFirst);
      if (run >= 0) {
        pairs.add(withFirst ? new Pair(first, second) : new Pair(second, first));
      }
    }
    System.out.printf(
        Locale.ROOT,
        "JDK %s; median of %d fresh JVMs each, in turns; milliseconds, in brackets the middle half"
            + " of the pairs' differences%n%n",
        Runtime.version(),
        runs);
    System.out.println("| | with the starter | without | added |");
    System.out.println("|---|--:|--:|--:|");
    print("main to serving", pairs, Start::serving);
    print("CPU until then", pairs, Start::cpu);
    print("whole process", pairs, Start::process);
  }

  private static Start start(Path classes, boolean withStarter)
      throws IOException, InterruptedException {
    ProcessBuilder child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classPath(classes, withStarter),
                BareApplication.class.getName(),
                "--server.port=0",
                "--logging.level.root=warn",
                "--spring.main.banner-mode=off",
                "--oss.post.bucket=examplebucket",
                "--oss.post.region=cn-hangzhou",
                "--oss.post.allow-anonymous=true",
                "--oss.post.profiles.default.formats=form",
                "--oss.post.credentials.type=static",
                "--oss.post.credentials.access-key-id=LTAI5tExampleExampleExam",
                "--oss.post.credentials.access-key-secret=exampleSecretExampleSecretExam")
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    long begin = System.nanoTime();
    Process process = child.start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
    int exit = process.waitFor();
    double whole = (System.nanoTime() - begin) / 1e6;
    String[] told = output.substring(output.lastIndexOf('\n') + 1).split(" ", -1);
    boolean asItShould = exit == 0 && told.length == 3 && withStarter != told[2].equals("0");
    if (!asItShould) {
      throw new IllegalStateException("The application did not start as it should:\n" + output);
    }
    return new Start(Double.parseDouble(told[0]), Double.parseDouble(told[1]), whole);
  }

  private static String classPath(Path classes, boolean withStarter) throws IOException {
    Path lib =
        Path.of(System.getProperty("java.class.path")).toAbsolutePath().resolveSibling("lib");
    List<String> entries = new ArrayList<>(List.of(classes.toString()));
    try (Stream<Path> jars = Files.list(lib)) {
      jars.filter(
              jar ->
                  BOOT.matcher(jar.getFileName().toString()).matches()
                      || (withStarter && STARTER.matcher(jar.getFileName().toString()).matches()))
          .map(Path::toString)
          .sorted()
          .forEach(entries::add);
    }
    return String.join(File.pathSeparator, entries);
  }

  /**
   * Returns a folder with the application's class alone, because the manifest of its jar names all
   * others.
   */
  private static Path applicationClass() throws IOException {
    String name = BareApplication.class.getName().replace('.', '/') + ".class";
    Path classes = Files.createTempDirectory("boot-start");
    Path file = classes.resolve(name);
    Files.createDirectories(file.getParent());
    try (InputStream bytes = BareApplication.class.getResourceAsStream("/" + name)) {
      Files.copy(Objects.requireNonNull(bytes), file);
    }
    file.toFile().deleteOnExit();
    return classes;
  }

  private static void print(String what, List<Pair> pairs, ToDoubleFunction<Start> of) {
    System.out.printf(
        Locale.ROOT,
        "| %s | %.0f | %.0f | %.0f (%.0f to %.0f) |%n",
        what,
        quantile(pairs, pair -> of.applyAsDouble(pair.with), 0.5),
        quantile(pairs, pair -> of.applyAsDouble(pair.without), 0.5),
        quantile(pairs, pair -> pair.added(of), 0.5),
        quantile(pairs, pair -> pair.added(of), 0.25),
        quantile(pairs, pair -> pair.added(of), 0.75));
  }

  private static double quantile(List<Pair> pairs, ToDoubleFunction<Pair> of, double quantile) {
    double[] sorted = pairs.stream().mapToDouble(of).toArray();
    Arrays.sort(sorted);
    return sorted[(int) Math.round(quantile * (sorted.length - 1))];
  }
}
