package io.osspost.emulator.internal.protocol;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.INFO;

import io.osspost.emulator.internal.http.BrokenBodyException;
import io.osspost.emulator.internal.http.ConnectionCutException;
import io.osspost.emulator.internal.http.HttpAnswer;
import io.osspost.emulator.internal.http.HttpListener;
import io.osspost.emulator.internal.http.KnownHosts;
import io.osspost.emulator.journal.Journal;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * The HTTP server of OSS: passes every request to one operation and writes its response.
 * Thread-safe.
 */
public final class OssServer implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger("io.osspost.emulator");

  private final HttpListener listener;
  private final CorsPolicy cors;

  private final Journal journal;
  private final KnownHosts hosts;

  private OssServer(HttpListener listener, CorsPolicy cors, Journal journal, KnownHosts hosts) {
    this.listener = listener;
    this.cors = cors;
    this.journal = journal;
    this.hosts = hosts;
  }

  /**
   * Opens the port of {@code address}; 0 chooses a free one.
   *
   * @throws java.net.BindException if the port is in use
   */
  public static OssServer bind(
      InetSocketAddress address, CorsPolicy cors, Journal journal, KnownHosts hosts)
      throws IOException {
    return new OssServer(HttpListener.bind(address), cors, journal, hosts);
  }

  /** Starts to accept requests; call once. */
  public void serve(Operation operation) {
    listener.serve(
        hosts.guarding(
            http -> {
              OssExchange exchange = new OssExchange(http, hosts);
              return exchange.framed(cors(exchange, answer(exchange, operation)));
            }));
  }

  public int port() {
    return listener.port();
  }

  /** Closes every connection and waits until no request is in progress. */
  @Override
  public void close() {
    listener.close();
  }

  private HttpAnswer answer(OssExchange exchange, Operation operation) {
    try {
      OssRequest request = exchange.request();
      HttpAnswer answer =
          request.method().equals("OPTIONS")
              ? cors.of(request.bucket()).preflight(request)
              : operation.perform(request);
      LOG.log(DEBUG, () -> exchange + " answered " + answer.status());
      exchange.record(journal, answer, Optional.empty(), "");
      return answer;
    } catch (OssRefusedException e) {
      LOG.log(INFO, () -> exchange + " refused, " + e.error() + ": " + e.getMessage());
      return refuse(exchange, e.error(), String.valueOf(e.getMessage()));
    } catch (BrokenBodyException e) {
      LOG.log(INFO, () -> exchange + " was interrupted, nothing was stored: " + e.getMessage());
      return refuse(
          exchange,
          e.isStalled() ? OssError.requestTimeout() : OssError.incompleteBody(),
          String.valueOf(e.getMessage()));
    } catch (ConnectionCutException e) {
      LOG.log(INFO, () -> exchange + " was cut: " + e.getMessage());
      exchange.record(journal, HttpAnswer.none(), Optional.empty(), String.valueOf(e.getMessage()));
      return HttpAnswer.none();
    } catch (IOException e) {
      LOG.log(INFO, () -> exchange + " was interrupted, nothing was stored: " + e);
      return refuse(exchange, internalError(), e.toString());
    } catch (RuntimeException e) {
      LOG.log(ERROR, () -> exchange + " failed; this is a bug of the emulator", e);
      return refuse(exchange, internalError(), e.toString());
    }
  }

  private HttpAnswer refuse(OssExchange exchange, OssError error, String why) {
    HttpAnswer answer = exchange.error(error);
    exchange.record(journal, answer, Optional.of(error), why);
    return answer;
  }

  private HttpAnswer cors(OssExchange exchange, HttpAnswer answer) {
    return exchange
        .origin()
        .map(origin -> cors.of(exchange.bucket()).headersFor(origin, exchange.corsMethod()))
        .map(answer::with)
        .orElse(answer);
  }

  private static OssError internalError() {
    return OssError.of(500, "InternalError", "We encountered an internal error. Please try again.");
  }
}
