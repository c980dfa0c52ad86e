package io.osspost.emulator.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The standalone jar in its own JVM, with one permanent key and any free port. */
public final class StandaloneProcess implements AutoCloseable {
  private final Process process;
  private final List<String> greeting = new ArrayList<>();

  private StandaloneProcess(Process process) throws IOException {
    this.process = process;
    BufferedReader out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      greeting.add(line);
      if (line.startsWith("A refused form")) {
        return;
      }
    }
    throw new IOException("The emulator did not start: " + greeting);
  }

  public static StandaloneProcess start(List<String> jvmOptions, List<String> options)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmOptions);
    command.add("-jar");
    command.add(System.getProperty("standalone.jar"));
    command.addAll(options);
    return new StandaloneProcess(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start());
  }

  public List<String> greeting() {
    return greeting;
  }

  public URI endpoint() {
    return URI.create(greeted("endpoint"));
  }

  /** Returns the value of {@code name} in the greeting. */
  public String greeted(String name) {
    return greeting.stream()
        .map(String::trim)
        .filter(line -> line.startsWith(name + " "))
        .map(line -> line.substring(name.length()).trim())
        .findFirst()
        .orElseThrow();
  }

  /** Returns the CPU time of the process; a long time if the system does not report it. */
  public Duration cpuTime() {
    return process.info().totalCpuDuration().orElse(Duration.ofDays(1));
  }

  /** Kills the process, like SIGKILL. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Stops the process, like Ctrl+C, and waits for it. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException("The emulator does not stop");
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
