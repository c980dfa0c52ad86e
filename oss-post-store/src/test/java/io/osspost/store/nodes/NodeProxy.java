package io.osspost.store.nodes;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The proxy in front of the nodes. It sends the callbacks to the node of the plan, to both, later,
 * or not at all. Thread-safe.
 */
final class NodeProxy implements AutoCloseable {
  private static final Pattern OBJECT = Pattern.compile("\"object\":\"([^\"]+)\"");
  private static final List<String> SENT =
      List.of("authorization", "x-oss-pub-key-url", "content-type");

  /** One request of OSS. */
  private record Received(String path, Map<String, String> headers, String body, int node) {}

  private final List<Node> nodes;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private final Map<String, UploadPlan> plans = new ConcurrentHashMap<>();
  private final Queue<Received> late = new ConcurrentLinkedQueue<>();

  NodeProxy(List<Node> nodes) throws IOException {
    this.nodes = nodes;
    this.server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 200);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Sets the plan of the callback of an object. */
  void expect(String key, UploadPlan plan) {
    plans.put(key, plan);
  }

  /** Sends a form to one node, and returns its answer. */
  HttpResponse<String> post(int node, String path, String form)
      throws IOException, InterruptedException {
    return forward(node, path, Map.of("Content-Type", "application/x-www-form-urlencoded"), form);
  }

  /** Kills a node soon. */
  void killLater(int node, int millis) {
    CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS, threads)
        .execute(() -> nodes.get(node).kill());
  }

  /** Delivers the late callbacks, some of them to both nodes at the same time. */
  void deliverLate() {
    for (Received callback = late.poll(); callback != null; callback = late.poll()) {
      Received next = callback;
      threads.execute(() -> deliver(next, next.node()));
      if (next.body().length() % 3 == 0) {
        threads.execute(() -> deliver(next, 1 - next.node()));
      }
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      HttpResponse<String> response = answerOf(received(exchange));
      if (response == null) {
        exchange.sendResponseHeaders(502, -1);
        return;
      }
      byte[] body = response.body().getBytes(UTF_8);
      response
          .headers()
          .firstValue("Content-Type")
          .ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
      exchange.sendResponseHeaders(response.statusCode(), body.length == 0 ? -1 : body.length);
      if (body.length > 0) {
        exchange.getResponseBody().write(body);
      }
    }
  }

  private Received received(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    Map<String, String> headers = new ConcurrentHashMap<>();
    for (String name : SENT) {
      headers.put(name, exchange.getRequestHeaders().getFirst(name));
    }
    return new Received(exchange.getRequestURI().getRawPath(), headers, body, planOf(body).node());
  }

  private UploadPlan planOf(String body) {
    Matcher object = OBJECT.matcher(body);
    if (!object.find() || !plans.containsKey(object.group(1))) {
      throw new IllegalStateException("No plan for the callback " + body);
    }
    return plans.get(object.group(1));
  }

  /** Returns the answer of a node; null if it gave none. */
  private HttpResponse<String> answerOf(Received callback) {
    UploadPlan plan = planOf(callback.body());
    int target = plan.delivery() == UploadPlan.Delivery.OTHER_NODE ? 1 - plan.node() : plan.node();
    if (plan.kill().equals(Optional.of(UploadPlan.Kill.REPORTING))) {
      killLater(target, plan.delayMillis());
    }
    return switch (plan.delivery()) {
      case LOST -> null;
      case LATE -> {
        late.add(callback);
        yield null;
      }
      case DOUBLED -> {
        threads.execute(() -> deliver(callback, 1 - target));
        yield deliver(callback, target);
      }
      case DELIVERED, OTHER_NODE -> deliver(callback, target);
    };
  }

  private HttpResponse<String> deliver(Received callback, int node) {
    try {
      return forward(node, callback.path(), callback.headers(), callback.body());
    } catch (IOException e) {
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  private HttpResponse<String> forward(
      int node, String path, Map<String, String> headers, String body)
      throws IOException, InterruptedException {
    int port = nodes.get(node).port();
    if (port == 0) {
      throw new IOException("The node does not run.");
    }
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofSeconds(30))
            .POST(BodyPublishers.ofString(body));
    headers.forEach(request::header);
    return http.send(request.build(), BodyHandlers.ofString());
  }
}
