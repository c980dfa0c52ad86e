package io.osspost.store.nodes;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A process of the application, and its supervisor: a process that ends is started again, until the
 * test closes it. Thread-safe.
 */
final class Node implements AutoCloseable {
  private final List<String> command;
  private final Path log;
  private final AtomicInteger kills = new AtomicInteger();
  private final AtomicInteger starts = new AtomicInteger();
  private final Thread supervisor = new Thread(this::supervise, "node");
  private volatile boolean closed;
  private volatile int port;
  private volatile Process process;
  private Process killed;

  Node(List<String> command, Path log) {
    this.command = command;
    this.log = log;
    supervisor.setDaemon(true);
    supervisor.start();
  }

  /** Returns the port; 0 while the process does not serve. */
  int port() {
    return port;
  }

  /** Sends SIGKILL to the process, if it serves. */
  void kill() {
    if (port != 0) {
      kill(process);
    }
  }

  private synchronized void kill(Process running) {
    if (running != null && !running.equals(killed)) {
      killed = running;
      port = 0;
      kills.incrementAndGet();
      running.destroyForcibly();
    }
  }

  int kills() {
    return kills.get();
  }

  int starts() {
    return starts.get();
  }

  /** Returns the end of the log of all its processes. */
  String log() {
    try {
      String text = Files.exists(log) ? Files.readString(log) : "";
      return text.substring(Math.max(0, text.length() - 6_000));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    closed = true;
    Process running = process;
    if (running != null) {
      running.destroyForcibly();
    }
    try {
      supervisor.join(10_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void supervise() {
    while (!closed) {
      try {
        Process started =
            new ProcessBuilder(command).redirectError(Redirect.appendTo(log.toFile())).start();
        process = started;
        starts.incrementAndGet();
        if (closed) {
          started.destroyForcibly();
        }
        follow(started);
        started.waitFor();
        port = 0;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void follow(Process started) {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(started.getInputStream(), UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith(NodeProgram.READY)) {
          port = Integer.parseInt(line.substring(NodeProgram.READY.length()));
        } else if (line.startsWith(StopPoints.REACHED)) {
          // The sweep may report before the node serves.
          kill(started);
        }
      }
    } catch (IOException killed) {
      // The process was killed, so there is no more output.
    }
  }
}
