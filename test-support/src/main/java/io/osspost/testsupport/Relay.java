package io.osspost.benchmarks.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A port in front of the database, which can refuse connections, or deliver nothing. */
final class Relay implements AutoCloseable {
  private final int target;
  private final ServerSocket server;
  private final Queue<Socket> open = new ConcurrentLinkedQueue<>();
  private volatile boolean silent;

  Relay(int target) throws IOException {
    this.target = target;
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start("relay", this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  /** Delivers no byte any more, without closing a connection. */
  void silence() {
    silent = true;
  }

  /** Closes all connections, and refuses new ones. */
  @Override
  public void close() {
    try {
      server.close();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket client = server.accept();
        Socket database = new Socket(InetAddress.getLoopbackAddress(), target);
        client.setTcpNoDelay(true);
        database.setTcpNoDelay(true);
        open.add(client);
        open.add(database);
        start("to the database", () -> copy(client, database));
        start("from the database", () -> copy(database, client));
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
