package io.osspost.store;

import io.osspost.testsupport.Requirement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A Redis of Debian that the tests start on loopback, without a file. */
public final class RedisServer implements AutoCloseable {
  private static final Path PROGRAM = Path.of("/usr/bin/redis-server");

  private final int port;
  private Process process;

  private RedisServer(int port, Process process) {
    this.port = port;
    this.process = process;
  }

  /** Starts the server, or skips the test. */
  public static RedisServer start() {
    if (!Files.isExecutable(PROGRAM)) {
      throw Requirement.REDIS.missing("Install redis-server to run this test.");
    }
    int port = freePort();
    RedisServer server = new RedisServer(port, run(port));
    Runtime.getRuntime().addShutdownHook(new Thread(server::close));
    server.await();
    return server;
  }

  public String url() {
    return "redis://127.0.0.1:" + port;
  }

  /** Starts the server again, without data. */
  void restart() {
    close();
    process = run(port);
    await();
  }

  @Override
  public void close() {
    process.destroy();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
  }

  private static Process run(int port) {
    try {
      return new ProcessBuilder(
              PROGRAM.toString(),
              "--port",
              String.valueOf(port),
              "--bind",
              "127.0.0.1",
              "--save",
              "",
              "--appendonly",
              "no")
          .directory(Path.of(System.getProperty("java.io.tmpdir")).toFile())
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void await() {
    for (int i = 0; i < 100 && process.isAlive(); i++) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
        return;
      } catch (IOException e) {
        pause();
      }
    }
    throw new IllegalStateException("Redis did not start at port " + port + ".");
  }

  private static void pause() {
    try {
      Thread.sleep(100);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
