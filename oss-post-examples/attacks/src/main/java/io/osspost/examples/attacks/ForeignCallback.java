package io.osspost.examples.attacks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.osspost.credentials.OssCredentials;
import io.osspost.emulator.OssEmulator;
import io.osspost.object.ObjectKey;
import io.osspost.object.OssBucket;
import io.osspost.sign.ObjectRequest;
import io.osspost.sign.PresignedUrl;
import io.osspost.sign.SignatureVersion;
import io.osspost.sign.UrlSigner;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** A callback that OSS signed for another customer, about an upload into that customer's bucket. */
record ForeignCallback(Map<String, String> headers, String body) {
  /** The bucket of the other customer. */
  static final String BUCKET = "othercustomer";

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  /**
   * Lets OSS sign a callback with the body of a grant's callback, including the ticket.
   *
   * @param granted the grant's field {@code callback}
   * @param pretendsOurBucket whether the body names the bucket of {@code oss}
   */
  static ForeignCallback signedBy(
      OssEmulator oss, String granted, String key, boolean pretendsOurBucket) throws Exception {
    BlockingQueue<ForeignCallback> received = new ArrayBlockingQueue<>(1);
    HttpServer customer =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    customer.createContext(
        "/",
        exchange -> {
          Map<String, String> headers = new LinkedHashMap<>();
          for (String name : new String[] {"Authorization", "x-oss-pub-key-url", "Content-Type"}) {
            headers.put(name, exchange.getRequestHeaders().getFirst(name));
          }
          received.add(
              new ForeignCallback(
                  headers, new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    customer.start();
    try {
      String parameter =
          new String(Base64.getDecoder().decode(granted), UTF_8)
              .replaceFirst(
                  "http://127\\.0\\.0\\.1:\\d+/",
                  "http://127.0.0.1:" + customer.getAddress().getPort() + "/")
              .replace("${object}", "\\\"" + key + "\\\"")
              .replace("${mimeType}", "\\\"image/png\\\"")
              .replace(
                  "${bucket}", pretendsOurBucket ? "\\\"" + oss.bucket() + "\\\"" : "${bucket}");
      HttpResponse<String> stored = putIntoTheirs(oss, parameter);
      ForeignCallback callback = received.poll(20, TimeUnit.SECONDS);
      assertThat(callback).as("callback after " + stored.body()).isNotNull();
      return callback;
    } finally {
      customer.stop(0);
    }
  }

  private static HttpResponse<String> putIntoTheirs(OssEmulator oss, String callback)
      throws Exception {
    PresignedUrl put =
        UrlSigner.of(OssBucket.of(BUCKET, oss.region()).at(oss.endpoint()), SignatureVersion.V4)
            .sign(
                ObjectRequest.put(new ObjectKey("any"))
                    .header(
                        "x-oss-callback",
                        Base64.getEncoder().encodeToString(callback.getBytes(UTF_8))),
                OssCredentials.of(oss.accessKeyId(), oss.accessKeySecret()),
                Instant.now(),
                Duration.ofMinutes(1));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(put.url()).PUT(BodyPublishers.ofString("hello"));
    put.headers().forEach(request::header);
    return HTTP.send(request.build(), BodyHandlers.ofString());
  }

  /** Sends the callback to the server that issued the ticket. */
  HttpResponse<String> sendTo(URI callbackUrl) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(callbackUrl).POST(BodyPublishers.ofString(body));
    headers.forEach(request::header);
    return HTTP.send(request.build(), BodyHandlers.ofString());
  }
}
