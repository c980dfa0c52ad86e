package io.osspost.examples;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A proxy in front of OSS that behaves like a line with latency and loss: every connection has the
 * rate that TCP reaches there, and every answer comes later.
 *
 * <p>The rate is that of Mathis et al., "The macroscopic behavior of the TCP congestion avoidance
 * algorithm": MSS / (RTT · √(2p/3)).
 */
final class SlowLine implements AutoCloseable {
  private static final int SEGMENT = 1460;

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final ServerSocket server;
  private final URI target;
  private final Duration roundTrip;
  private final double bytesPerSecond;

  /** Opens a proxy to {@code target}; {@code loss} is the share of lost segments. */
  SlowLine(URI target, Duration roundTrip, double loss) throws IOException {
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.target = target;
    this.roundTrip = roundTrip;
    this.bytesPerSecond = SEGMENT / (roundTrip.toNanos() / 1e9 * Math.sqrt(2 * loss / 3));
    threads.execute(this::accept);
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort() + target.getRawPath());
  }

  double bytesPerSecond() {
    return bytesPerSecond;
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket browser = server.accept();
        Socket oss = new Socket(target.getHost(), target.getPort());
        threads.execute(() -> copy(browser, oss, bytesPerSecond));
        threads.execute(() -> copy(oss, browser, Double.MAX_VALUE));
      } catch (IOException e) {
        // Closed, or OSS does not answer: then the browser's connection breaks, as on a real line.
      }
    }
  }

  private void copy(Socket from, Socket to, double rate) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] buffer = new byte[16 << 10];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        // The first bytes of an exchange wait for half a round trip, the others for their turn.
        double seconds = read / rate + (read < buffer.length ? roundTrip.toNanos() / 2e9 : 0);
        Thread.sleep((long) (seconds * 1000));
        out.write(buffer, 0, read);
      }
    } catch (IOException | InterruptedException e) {
      // The other side has closed the connection, so both end.
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
