package io.osspost.testsupport;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ServerSocket;
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

/** An example in its own process, as a user starts it. It prints the address to open. */
public final class PackagedProgram implements AutoCloseable {
  private static final Pattern OPEN = Pattern.compile("Open (http://localhost:\\d+/\\S*)");
  private static final Pattern OSS = Pattern.compile("emulated OSS at (http://127.0.0.1:\\d+)");

  private final Process process;
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final CompletableFuture<String> page = new CompletableFuture<>();

  private final Thread reader;

  private PackagedProgram(Process process) {
    this.process = process;
    this.reader = new Thread(this::read, "output of the example");
    reader.setDaemon(true);
    reader.start();
  }

  /** Starts {@code command} in {@code folder}, with {@code environment} instead of any OSS_*. */
  public static PackagedProgram start(
      List<String> command, Path folder, Map<String, String> environment) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toAbsolutePath().toFile())
            .redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("OSS_"));
    builder.environment().putAll(environment);
    return new PackagedProgram(builder.start());
  }

  /** Returns a free port. */
  public static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** Returns the address that the program prints, as soon as it does. */
  public String page() throws Exception {
    return page.get(60, TimeUnit.SECONDS);
  }

  /** Returns the address of the program's own emulator. */
  public URI oss() throws Exception {
    page();
    Matcher matcher = OSS.matcher(output());
    if (!matcher.find()) {
      throw new AssertionError("It did not say where uploads go:\n" + output());
    }
    return URI.create(matcher.group(1));
  }

  /** Returns the lines printed so far. A running program's last lines may be missing. */
  public String output() {
    return String.join("\n", lines);
  }

  /** Waits until the program has printed {@code text}. */
  public void awaitOutput(String text) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!output().contains(text)) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("It did not print '" + text + "':\n" + output());
      }
      Thread.sleep(20);
    }
  }

  /** Returns the CPU time of the process. */
  public Duration cpuTime() {
    return process.info().totalCpuDuration().orElseThrow();
  }

  /** Waits until the program ends and its output is read, and returns its exit code. */
  public int exitCode() throws Exception {
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      throw new AssertionError("It still runs:\n" + output());
    }
    reader.join(TimeUnit.SECONDS.toMillis(20));
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
      // The program was stopped, so there is no more output.
    } finally {
      page.completeExceptionally(new AssertionError("It stopped:\n" + output()));
    }
  }
}
