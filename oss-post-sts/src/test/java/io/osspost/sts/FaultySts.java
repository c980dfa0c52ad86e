package io.osspost.sts;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A proxy for the emulator's STS that counts calls, and passes them on or lets them fail. */
public final class FaultySts implements AutoCloseable {
  /** The result of a call. */
  public enum Fault {
    NONE,
    DOWN,
    HANGING,
    BROKEN,
    THROTTLED,
    MALFORMED,
    WITHOUT_KEYS,
    PROXY_PAGE,
    OVER_ON_ARRIVAL
  }

  private final HttpClient http = HttpClient.newHttpClient();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final ServerSocket listener;
  private final URI sts;

  public final AtomicInteger calls = new AtomicInteger();
  public volatile Fault fault = Fault.NONE;
  public volatile long delayMillis;

  public FaultySts(URI sts) throws IOException {
    this.sts = sts;
    listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    threads.execute(this::listen);
  }

  public String endpoint() {
    return "http://127.0.0.1:" + listener.getLocalPort();
  }

  private void listen() {
    while (closing.getCount() > 0) {
      try {
        Socket call = listener.accept();
        threads.execute(() -> answer(call));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void answer(Socket call) {
    try (call) {
      BufferedReader head =
          new BufferedReader(new InputStreamReader(call.getInputStream(), ISO_8859_1));
      String target = head.readLine().split(" ", 3)[1];
      while (!head.readLine().isEmpty()) {
        // The headers are not needed here.
      }
      calls.incrementAndGet();
      Thread.sleep(delayMillis);
      call.getOutputStream().write(answer(target).getBytes(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String answer(String target) throws IOException, InterruptedException {
    return switch (fault) {
      case NONE -> pass(target, false);
      case OVER_ON_ARRIVAL -> pass(target, true);
      case DOWN -> "";
      case HANGING -> {
        boolean closed = closing.await(20, TimeUnit.SECONDS);
        yield closed ? "" : text(504, "");
      }
      case BROKEN -> text(500, error("InternalError", "STS Server Internal Error."));
      case THROTTLED ->
          text(400, error("Throttling.User", "Request was denied due to flow control."));
      case MALFORMED -> text(200, "{\"Credentials\": {\"AccessKeySecret\": \"s3cret");
      case WITHOUT_KEYS -> text(200, "{\"Credentials\": {\"AccessKeySecret\": \"s3cret\"}}");
      case PROXY_PAGE -> text(200, "<html>Log in to the network: s3cret</html>");
    };
  }

  private String pass(String target, boolean over) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(sts.resolve(target)).build(),
            HttpResponse.BodyHandlers.ofString());
    String body = answer.body();
    String date = answer.headers().firstValue("Date").map(d -> "Date: " + d + "\r\n").orElse("");
    return text(
            answer.statusCode(),
            over
                ? body.replaceFirst(
                    "\"Expiration\" ?: ?\"[^\"]*\"", "\"Expiration\":\"2020-01-01T00:00:00Z\"")
                : body)
        .replaceFirst("\r\n", "\r\n" + date);
  }

  private static String error(String code, String message) {
    return "{\"RequestId\":\"1\",\"Code\":\"" + code + "\",\"Message\":\"" + message + "\"}";
  }

  private static String text(int status, String body) {
    return "HTTP/1.1 "
        + status
        + " X\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: "
        + body.getBytes(UTF_8).length
        + "\r\n\r\n"
        + body;
  }

  @Override
  public void close() throws IOException {
    closing.countDown();
    listener.close();
    threads.shutdownNow();
  }
}
