package io.osspost.store.nodes;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.osspost.store.nodes.UploadPlan.Confirmation;
import io.osspost.store.nodes.UploadPlan.Delivery;
import io.osspost.store.nodes.UploadPlan.Ending;
import io.osspost.store.nodes.UploadPlan.Kill;
import io.osspost.store.nodes.UploadPlan.Way;
import io.osspost.testsupport.FormPost;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.SequenceInputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A page in a browser that uploads as its plan says. Thread-safe. */
final class Page {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FORM = "/get_post_signature_for_oss_upload";
  private static final String URL = "/get_presigned_url_for_oss_upload";
  private static final String PARTS = "/oss_multipart_upload/";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final NodeProxy proxy;
  private final StopPoints stops;
  private final CountDownLatch slowEnd;
  private final HttpClient http = HttpClient.newHttpClient();

  /**
   * Creates a page.
   *
   * @param slowEnd ends when slow uploads send their last bytes
   */
  Page(NodeProxy proxy, StopPoints stops, CountDownLatch slowEnd) {
    this.proxy = proxy;
    this.stops = stops;
    this.slowEnd = slowEnd;
  }

  /** Uploads, and returns when the page is closed. */
  void run(UploadPlan plan) throws Exception {
    if (plan.way() == Way.PARTS) {
      inParts(plan);
    } else {
      atOnce(plan);
    }
  }

  private void atOnce(UploadPlan plan) throws Exception {
    String path = plan.way() == Way.FORM ? FORM : URL;
    JsonNode grant = granted(plan, path, file(plan));
    String key = grant.get("key").asText();
    if (plan.ending() == Ending.ABANDONED) {
      return;
    }
    expect(plan, key);
    send(plan, grant);
    if (plan.ending() == Ending.REPEATED) {
      String repeated = file(plan) + "&retry=" + encoded(grant.get("ticket").asText());
      Optional<JsonNode> next = answered(plan.node(), path, repeated);
      if (next.isPresent()) {
        grant = next.get();
        send(plan, grant);
      }
    }
    if (plan.kill().equals(Optional.of(Kill.UPLOADED))) {
      proxy.killLater(plan.node(), 0);
    }
    report(plan, "/oss_upload_confirm", "ticket=" + encoded(grant.get("ticket").asText()));
  }

  private void inParts(UploadPlan plan) throws Exception {
    JsonNode grant = granted(plan, PARTS + "start", file(plan));
    expect(plan, grant.get("key").asText());
    byte[] content = content(plan);
    int partSize = grant.get("partSize").asInt();
    for (JsonNode part : grant.get("urls")) {
      int number = part.get("number").asInt();
      int end = Math.min(content.length, number * partSize);
      put(
          URI.create(part.get("url").asText()),
          part.get("headers"),
          Arrays.copyOfRange(content, (number - 1) * partSize, end));
    }
    if (plan.ending() == Ending.ABANDONED) {
      return;
    }
    String complete = PARTS + "complete";
    String ticket = "ticket=" + encoded(grant.get("ticket").asText());
    if (plan.kill().equals(Optional.of(Kill.REPORTING))
        || plan.kill().equals(Optional.of(Kill.UPLOADED))) {
      proxy.killLater(plan.node(), plan.delayMillis());
    }
    // A page that goes away does not see the answer.
    if (plan.delivery() == Delivery.DOUBLED) {
      both(complete, ticket);
    } else {
      once(
          plan.delivery() == Delivery.OTHER_NODE ? 1 - plan.node() : plan.node(), complete, ticket);
    }
    report(plan, complete, ticket);
  }

  /** Lets the proxy and the nodes know the faults of this upload. */
  private void expect(UploadPlan plan, String key) throws IOException {
    proxy.expect(key, plan);
    Optional<StopPoint> stop = plan.kill().flatMap(Kill::stop);
    if (stop.isPresent()) {
      stops.set(stop.get(), key);
    }
  }

  private void report(UploadPlan plan, String path, String ticket) throws Exception {
    if (plan.confirmation() == Confirmation.BOTH_NODES) {
      both(path, ticket);
    } else if (plan.confirmation() == Confirmation.ONE_NODE) {
      for (int i = 0; i < 4 && !once((plan.node() + i) % 2, path, ticket); i++) {
        Thread.sleep(50);
      }
    }
  }

  private void both(String path, String ticket) {
    CompletableFuture<Boolean> other = CompletableFuture.supplyAsync(() -> once(1, path, ticket));
    once(0, path, ticket);
    other.join();
  }

  /** Returns whether the node accepted the report. */
  private boolean once(int node, String path, String form) {
    try {
      return proxy.post(node, path, form).statusCode() == 200;
    } catch (IOException killed) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Requests a grant until a node answers. Earlier requests may have been granted, too. */
  private JsonNode granted(UploadPlan plan, String path, String form) throws Exception {
    return answered(plan.node(), path, form)
        .orElseThrow(() -> new IllegalStateException("The grant of " + plan + " was refused."));
  }

  /** Returns the answer of the node, or of the other one; empty if it refused. */
  private Optional<JsonNode> answered(int node, String path, String form) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    for (int attempt = node; System.nanoTime() < end; attempt++) {
      try {
        HttpResponse<String> response = proxy.post(attempt % 2, path, form);
        if (response.statusCode() == 200) {
          return Optional.of(JSON.readTree(response.body()));
        }
        if (response.statusCode() < 500) {
          return Optional.empty();
        }
      } catch (IOException killed) {
        // Another node may serve, or this one is started again.
      }
      Thread.sleep(100);
    }
    throw new IllegalStateException("No node answered within " + PATIENCE + ".");
  }

  private void send(UploadPlan plan, JsonNode grant) throws Exception {
    URI url = URI.create(grant.get("url").asText());
    if (plan.way() == Way.PUT) {
      put(url, grant.get("headers"), content(plan));
      return;
    }
    Map<String, String> fields = new LinkedHashMap<>();
    grant.get("fields").properties().forEach(f -> fields.put(f.getKey(), f.getValue().asText()));
    byte[] body = FormPost.body(fields, name(plan), "image/png", content(plan));
    FormPost.send(
        url, plan.ending() == Ending.SLOW ? slow(body) : BodyPublishers.ofByteArray(body));
  }

  private void put(URI url, JsonNode headers, byte[] content) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url).PUT(BodyPublishers.ofByteArray(content));
    headers.properties().forEach(h -> request.header(h.getKey(), h.getValue().asText()));
    http.send(request.build(), BodyHandlers.ofString());
  }

  /** Returns a body that sends one byte per second at its end, until the grant has ended. */
  private BodyPublisher slow(byte[] body) {
    int quick = body.length - UploadPlan.SLOW_BYTES;
    InputStream last =
        new FilterInputStream(new ByteArrayInputStream(body, quick, UploadPlan.SLOW_BYTES)) {
          @Override
          public int read(byte[] bytes, int offset, int length) throws IOException {
            try {
              boolean ended = slowEnd.await(1, TimeUnit.SECONDS);
              return super.read(bytes, offset, ended ? length : 1);
            } catch (InterruptedException e) {
              throw new InterruptedIOException();
            }
          }
        };
    InputStream all = new SequenceInputStream(new ByteArrayInputStream(body, 0, quick), last);
    return BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(() -> all), body.length);
  }

  private static String file(UploadPlan plan) {
    return "filename=" + name(plan) + "&size=" + plan.size() + "&type=image%2Fpng";
  }

  private static String name(UploadPlan plan) {
    return plan.index() + ".png";
  }

  private static byte[] content(UploadPlan plan) {
    byte[] content = new byte[plan.size()];
    Arrays.fill(content, (byte) plan.index());
    return content;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }
}
