package io.osspost.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.osspost.emulator.OssEmulator;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * {@code java -jar target/spring-boot-app.jar}, as a user starts it, but for a compiler that is
 * done sooner: no test runs long enough to gain by the other.
 */
final class PackagedApplication implements AutoCloseable {
  private static final Pattern OPEN = Pattern.compile("Open (http://localhost:\\d+/\\S*)");
  private static final Pattern OSS = Pattern.compile("emulated OSS at (http://127.0.0.1:\\d+)");

  private final Process process;
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final CompletableFuture<String> page = new CompletableFuture<>();

  private PackagedApplication(Process process) {
    this.process = process;
    Thread reader = new Thread(this::read, "output of spring-boot-app.jar");
    reader.setDaemon(true);
    reader.start();
  }

  static PackagedApplication start(String... properties) throws IOException {
    return start(jar(Path.of(System.getProperty("java.home"))), Path.of(""), properties);
  }

  /** Uploading to an OSS of the test's own, which calls back. */
  static PackagedApplication using(OssEmulator oss, String... properties) throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    List<String> all =
        new ArrayList<>(
            List.of(
                "--server.port=" + port,
                "--oss.post.bucket=" + oss.bucket(),
                "--oss.post.region=" + oss.region(),
                "--oss.post.endpoint=" + oss.endpoint(),
                "--oss.post.credentials.type=static",
                "--oss.post.credentials.access-key-id=" + oss.accessKeyId(),
                "--oss.post.credentials.access-key-secret=" + oss.accessKeySecret(),
                "--oss.post.callback.url=http://127.0.0.1:" + port + "/oss_upload_callback",
                "--oss.post.callback.public-key=" + oss.callbackPublicKeyPem()));
    all.addAll(List.of(properties));
    return start(all.toArray(String[]::new));
  }

  /** Started by that command, in that directory. */
  static PackagedApplication start(List<String> command, Path directory, String... properties)
      throws IOException {
    List<String> whole = new ArrayList<>(command);
    whole.addAll(List.of(properties));
    if (Stream.of(properties).noneMatch(property -> property.startsWith("--server.port="))) {
      whole.add("--server.port=0");
    }
    ProcessBuilder builder =
        new ProcessBuilder(whole)
            .directory(directory.toAbsolutePath().toFile())
            .redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("OSS_"));
    return new PackagedApplication(builder.start());
  }

  static List<String> jar(Path javaHome) {
    return List.of(
        javaHome.resolve("bin/java").toString(),
        "-XX:TieredStopAtLevel=1",
        "-jar",
        Path.of("target", "spring-boot-app.jar").toAbsolutePath().toString());
  }

  /** The address it tells its user to open, once it does. */
  String page() throws Exception {
    return page.get(60, TimeUnit.SECONDS);
  }

  /** Where the OSS that it brought with it listens. */
  String oss() throws Exception {
    page();
    Matcher matcher = OSS.matcher(output());
    if (!matcher.find()) {
      throw new AssertionError("It did not say where uploads go:\n" + output());
    }
    return matcher.group(1);
  }

  String output() {
    return String.join("\n", lines);
  }

  /** Returns the CPU time that the process has used. */
  Duration cpuTime() {
    return process.info().totalCpuDuration().orElseThrow();
  }

  /** Waits for it to end by itself, and returns its exit code. */
  int exitCode() throws Exception {
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
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
    } catch (IOException closed) {
      // It was stopped: there is nothing more to read.
    } finally {
      page.completeExceptionally(new AssertionError("It stopped:\n" + output()));
    }
  }
}
