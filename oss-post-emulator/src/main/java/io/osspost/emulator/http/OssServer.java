package io.osspost.emulator.http;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The HTTP side: hands every request to one operation and writes its answer. Thread-safe. */
public final class OssServer implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger("io.osspost.emulator");
  private static final int THREADS = 64;
  private static final Duration TIME_TO_STOP = Duration.ofSeconds(5);

  static {
    // The JDK's server sends head and body as two packets. Without this, Nagle's algorithm holds
    // the second one back for 40 ms on connections that are kept alive.
    if (System.getProperty("sun.net.httpserver.nodelay") == null) {
      System.setProperty("sun.net.httpserver.nodelay", "true");
    }
  }

  private final HttpServer server;
  private final ExecutorService threads;
  private final CorsRules cors;

  private OssServer(HttpServer server, CorsRules cors) {
    this.server = server;
    this.cors = cors;
    this.threads = threads();
  }

  /**
   * Takes the port of {@code address}, 0 for any free one, until closed.
   *
   * @throws java.net.BindException if the port is taken
   */
  public static OssServer bind(InetSocketAddress address, CorsRules cors) throws IOException {
    return new OssServer(HttpServer.create(address, 0), cors);
  }

  /** Starts answering; call once. */
  public void serve(Operation operation) {
    server.createContext("/", exchange -> handle(new OssExchange(exchange), operation));
    server.setExecutor(threads);
    server.start();
  }

  public int port() {
    return server.getAddress().getPort();
  }

  /** Cuts every connection and waits until no request is in work. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    try {
      if (!threads.awaitTermination(TIME_TO_STOP.toSeconds(), TimeUnit.SECONDS)) {
        LOG.log(WARNING, "Requests are still in work {0} after closing.", TIME_TO_STOP);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void handle(OssExchange exchange, Operation operation) {
    try (exchange) {
      exchange.send(cors(exchange, answer(exchange, operation)));
    } catch (IOException e) {
      LOG.log(DEBUG, () -> exchange + " was not answered: " + e);
    }
  }

  private OssAnswer answer(OssExchange exchange, Operation operation) {
    try {
      OssRequest request = exchange.request();
      OssAnswer answer =
          request.method().equals("OPTIONS") ? cors.preflight(request) : operation.perform(request);
      LOG.log(DEBUG, () -> exchange + " answered " + answer.status());
      return answer;
    } catch (OssRefusedException e) {
      LOG.log(INFO, () -> exchange + " refused, " + e.error() + ": " + e.getMessage());
      return exchange.error(e.error());
    } catch (IOException e) {
      LOG.log(INFO, () -> exchange + " broke off, nothing was stored: " + e);
      return exchange.error(internalError());
    } catch (RuntimeException e) {
      LOG.log(ERROR, () -> exchange + " failed; this is a bug of the emulator", e);
      return exchange.error(internalError());
    }
  }

  private OssAnswer cors(OssExchange exchange, OssAnswer answer) {
    return exchange
        .origin()
        .map(origin -> cors.headersFor(origin, exchange.corsMethod()))
        .map(answer::with)
        .orElse(answer);
  }

  private static OssError internalError() {
    return OssError.of(500, "InternalError", "We encountered an internal error. Please try again.");
  }

  private static ExecutorService threads() {
    AtomicInteger count = new AtomicInteger();
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            work -> {
              Thread thread = new Thread(work, "oss-emulator-" + count.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }
}
