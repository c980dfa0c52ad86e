package io.osspost.emulator.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** An application's server on a plain socket. It records calls, and answers with a test's bytes. */
public final class FakeApplication implements AutoCloseable {
  /** One request; header names in lower case. */
  public record Call(String requestLine, Map<String, String> headers, String body) {}

  private final ServerSocket server;
  private final List<Call> calls = new CopyOnWriteArrayList<>();
  private volatile String answer = json("{\"Status\":\"OK\"}");
  private volatile long pause;
  private volatile long trickle;

  public FakeApplication() throws IOException {
    this(InetAddress.getLoopbackAddress());
  }

  /** Listens on one address of this machine, or on the wildcard for all of them. */
  public FakeApplication(InetAddress address) throws IOException {
    server = new ServerSocket(0, 50, address);
    Thread thread = new Thread(this::serve, "fake-application");
    thread.setDaemon(true);
    thread.start();
  }

  public static String json(String body) {
    return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
        + body.getBytes(UTF_8).length
        + "\r\n\r\n"
        + body;
  }

  /** Answers with these bytes from now on. */
  public void answer(String raw) {
    this.answer = raw;
  }

  /** Waits before answering from now on. */
  public void pause(long milliseconds) {
    this.pause = milliseconds;
  }

  public int port() {
    return server.getLocalPort();
  }

  /** Waits before every byte of the answer from now on. */
  public void trickle(long milliseconds) {
    this.trickle = milliseconds;
  }

  public String address() {
    return "127.0.0.1:" + server.getLocalPort();
  }

  public List<Call> calls() {
    return calls;
  }

  public Call onlyCall() {
    if (calls.size() != 1) {
      throw new AssertionError("Not one call but " + calls);
    }
    return calls.get(0);
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  private void serve() {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        calls.add(read(socket.getInputStream()));
        Thread.sleep(pause);
        write(socket.getOutputStream());
      } catch (IOException e) {
        // The server was closed, or the emulator's time limit has passed.
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void write(OutputStream out) throws IOException, InterruptedException {
    byte[] bytes = answer.getBytes(UTF_8);
    if (trickle == 0) {
      out.write(bytes);
    }
    for (int i = 0; trickle > 0 && i < bytes.length; i++) {
      Thread.sleep(trickle);
      out.write(bytes[i]);
      out.flush();
    }
  }

  private static Call read(InputStream in) throws IOException {
    RawHttp.Message call = RawHttp.message(in, false);
    return new Call(call.firstLine(), call.headers(), call.body());
  }
}
