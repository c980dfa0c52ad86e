package io.osspost.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code java -jar target/spring-boot-app.jar}, as a user starts it. */
final class PackagedApplication implements AutoCloseable {
  private static final Pattern OPEN = Pattern.compile("Open (http://localhost:\\d+/)");
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
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-jar");
    command.add(Path.of("target", "spring-boot-app.jar").toString());
    command.add("--server.port=0");
    command.addAll(List.of(properties));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("OSS_"));
    return new PackagedApplication(builder.start());
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
