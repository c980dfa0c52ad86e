package io.osspost.testsupport;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A port in front of a server, which can lose its connections, refuse new ones, or deliver nothing.
 * Thread-safe.
 */
public final class Relay implements AutoCloseable {
  private final int target;
  private final ServerSocket server;
  private final Queue<Socket> open = new ConcurrentLinkedQueue<>();
  private volatile boolean silent;
  private volatile boolean refusing;

  /**
   * Opens a port on loopback.
   *
   * @param target the port of the server, on loopback
   * @throws IOException if there is no free port
   */
  public Relay(int target) throws IOException {
    this.target = target;
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start("relay", this::serve);
  }

  /** {@return the port for clients} */
  public int port() {
    return server.getLocalPort();
  }

  /** Delivers no byte any more, without closing a connection. */
  public void silence() {
    silent = true;
  }

  /** Closes all connections. New ones are accepted. */
  public void cut() {
    try {
      for (Socket socket = open.poll(); socket != null; socket = open.poll()) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Closes all connections, and every new one at once, until {@link #accept()}. */
  public void refuse() {
    refusing = true;
    cut();
  }

  /** Ends {@link #refuse()}. */
  public void accept() {
    refusing = false;
  }

  /** Closes all connections, and refuses new ones. */
  @Override
  public void close() {
    try {
      server.close();
      cut();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void serve() {
    try {
      while (true) {
        Socket client = server.accept();
        if (refusing) {
          client.close();
          continue;
        }
        Socket behind = new Socket(InetAddress.getLoopbackAddress(), target);
        client.setTcpNoDelay(true);
        behind.setTcpNoDelay(true);
        open.add(client);
        open.add(behind);
        if (refusing) {
          cut();
        }
        start("to the server", () -> copy(client, behind));
        start("from the server", () -> copy(behind, client));
      }
    } catch (IOException closed) {
      // The relay was closed.
    }
  }

  private void copy(Socket from, Socket to) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] bytes = new byte[8192];
      for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
        while (silent) {
          Thread.sleep(10);
        }
        out.write(bytes, 0, read);
      }
    } catch (IOException closed) {
      // One side has closed the connection.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void start(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }
}
