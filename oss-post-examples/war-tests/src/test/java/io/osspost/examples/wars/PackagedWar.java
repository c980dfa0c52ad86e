package io.osspost.examples.wars;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code java -jar target/NAME.war}, as a user starts it. */
final class PackagedWar implements AutoCloseable {
  private static final String SECRET = "secretOfTheEmbeddedEmulator";

  private static final Pattern OPEN = Pattern.compile("Open (http://localhost:\\d+/[a-z-]+/)");
  private static final Pattern OSS = Pattern.compile("emulated OSS at (http://127.0.0.1:\\d+)");

  private final Process process;
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final CompletableFuture<String> page = new CompletableFuture<>();

  private PackagedWar(Process process) {
    this.process = process;
    Thread reader = new Thread(this::read, "output of the WAR");
    reader.setDaemon(true);
    reader.start();
  }

  static PackagedWar start(String name) throws IOException {
    return start(name, 0, Map.of());
  }

  static PackagedWar start(String name, int port, Map<String, String> environment)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                file(name).toString(),
                Integer.toString(port))
            .redirectErrorStream(true);
    builder.environment().keySet().removeIf(variable -> variable.startsWith("OSS_"));
    builder.environment().put("OSS_POST_CREDENTIALS_ACCESS_KEY_SECRET", SECRET);
    builder.environment().putAll(environment);
    return new PackagedWar(builder.start());
  }

  /** Where the build puts the WAR of that name. */
  static Path file(String name) {
    return Path.of("..", name, "target", name + ".war");
  }

  /** The address it tells its user to open, once it does. */
  String page() throws Exception {
    return page.get(60, TimeUnit.SECONDS);
  }

  /** What is stored in the OSS that it brought with it. */
  StoredObjects stored() throws Exception {
    return StoredObjects.at(oss(), SECRET);
  }

  /** Returns the address of the OSS that it brought with it. */
  URI oss() throws Exception {
    page();
    Matcher matcher = OSS.matcher(output());
    if (!matcher.find()) {
      throw new AssertionError("It did not say where uploads go:\n" + output());
    }
    return URI.create(matcher.group(1));
  }

  /** Returns the CPU time that the process has used. */
  Duration cpuTime() {
    return process.info().totalCpuDuration().orElseThrow();
  }

  String output() {
    return String.join("\n", lines);
  }

  /** Waits for it to end by itself, and returns its exit code. */
  int exitCode() throws Exception {
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      throw new AssertionError("It still runs:\n" + output());
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().completeOnTimeout(process, 20, TimeUnit.SECONDS).join().destroyForcibly();
  }

  private void read() {
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.add(line);
        Matcher matcher = OPEN.matcher(line);
        if (matcher.find()) {
          page.complete(matcher.group(1));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      page.completeExceptionally(new AssertionError("It stopped:\n" + output()));
    }
  }
}
