package io.osspost.emulator.internal.http;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.TRACE;
import static java.lang.System.Logger.Level.WARNING;

import io.osspost.emulator.internal.text.DurationText;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A port that serves HTTP/1.1, with one thread for each connection. At the connection limit the
 * longest-idle connection is closed, so clients that only keep connections open cannot exclude
 * others. Thread-safe.
 */
public final class HttpListener implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger("io.osspost.emulator");
  private static final Duration TIME_TO_STOP = Duration.ofSeconds(5);
  private static final int ROUND_MILLIS = 1000;

  /** A younger connection is not closed to make place for another one. */
  private static final int GRACE_MILLIS = 250;

  private final ServerSocket server;
  private final HttpLimits limits;
  private final Semaphore places;
  private final Set<HttpConnection> open = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads = threads();

  private HttpListener(ServerSocket server, HttpLimits limits) {
    this.server = server;
    this.limits = limits;
    this.places = new Semaphore(limits.connections());
  }

  /**
   * Opens the port of {@code address}; 0 chooses a free one.
   *
   * @throws java.net.BindException if the port is in use
   */
  public static HttpListener bind(InetSocketAddress address) throws IOException {
    return bind(address, HttpLimits.standard());
  }

  static HttpListener bind(InetSocketAddress address, HttpLimits limits) throws IOException {
    ServerSocket server = new ServerSocket();
    try {
      server.setReuseAddress(true);
      server.setSoTimeout(ROUND_MILLIS);
      server.bind(address, 256);
      return new HttpListener(server, limits);
    } catch (IOException | RuntimeException e) {
      server.close();
      throw e;
    }
  }

  /** Starts to accept requests; call once. The program then runs until this listener is closed. */
  public void serve(HttpHandler handler) {
    new Thread(() -> accept(handler), "oss-emulator-listener").start();
  }

  public int port() {
    return server.getLocalPort();
  }

  /** Closes every connection and waits until no request is in progress. */
  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      LOG.log(DEBUG, () -> "The port did not close: " + e);
    }
    open.forEach(HttpConnection::close);
    threads.shutdownNow();
    try {
      if (!threads.awaitTermination(TIME_TO_STOP.toSeconds(), TimeUnit.SECONDS)) {
        LOG.log(
            WARNING,
            "Requests are still in progress {0} after closing.",
            DurationText.of(TIME_TO_STOP));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void accept(HttpHandler handler) {
    try {
      while (!server.isClosed()) {
        acceptOne(handler);
        open.forEach(HttpConnection::closeIfStalled);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void acceptOne(HttpHandler handler) throws InterruptedException {
    try {
      Socket client = server.accept();
      closeLongestIdle();
      start(new HttpConnection(client, handler, limits));
    } catch (SocketTimeoutException e) {
      LOG.log(TRACE, "No client connected.");
    } catch (IOException e) {
      if (!server.isClosed()) {
        LOG.log(WARNING, () -> "A connection was not accepted: " + e);
        TimeUnit.MILLISECONDS.sleep(100);
      }
    }
  }

  private void closeLongestIdle() throws InterruptedException {
    while (!places.tryAcquire()) {
      open.stream()
          .filter(connection -> connection.hasWaited(GRACE_MILLIS))
          .min(Comparator.comparingLong(HttpConnection::waitingSince))
          .ifPresent(HttpConnection::close);
      if (places.tryAcquire(GRACE_MILLIS, TimeUnit.MILLISECONDS)) {
        return;
      }
      open.forEach(HttpConnection::closeIfStalled);
    }
  }

  private void start(HttpConnection connection) {
    open.add(connection);
    try {
      threads.execute(
          () -> {
            try {
              connection.run();
            } finally {
              open.remove(connection);
              places.release();
            }
          });
    } catch (RejectedExecutionException e) {
      connection.close();
    }
    if (server.isClosed()) {
      connection.close();
    }
  }

  private static ExecutorService threads() {
    AtomicInteger count = new AtomicInteger();
    return new ThreadPoolExecutor(
        0,
        Integer.MAX_VALUE,
        10,
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        work -> {
          Thread thread = new Thread(work, "oss-emulator-" + count.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        });
  }
}
