package io.osspost.client;

import io.osspost.credentials.CredentialsUnavailableException;
import io.osspost.credentials.OssCredentialsProvider;
import io.osspost.object.ObjectKey;
import io.osspost.object.OssBucket;
import io.osspost.sign.ObjectRequest;
import io.osspost.sign.SignatureVersion;
import io.osspost.sign.UrlSigner;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Requests the headers of objects from OSS, to confirm reported uploads. Every request ends at a
 * deadline, and the number of concurrent requests is limited. Thread-safe.
 *
 * <p>A request uses a presigned {@code HEAD} URL that is valid for one minute, so no second signing
 * code is needed. The URL is never logged or returned.
 *
 * <p>Source: OSS documentation, "HeadObject"; errors carry no body.
 */
public final class ObjectHeadClient implements AutoCloseable {
  /**
   * OSS waits 5 s for the response to its callback, and the listener needs the rest of that time.
   */
  private static final Duration DEADLINE = Duration.ofSeconds(4);

  private static final Duration ATTEMPT = Duration.ofMillis(1_800);
  private static final Duration URL_LIFE = Duration.ofMinutes(1);
  private static final int MAX_CONCURRENT = 32;
  private static final long[] BACKOFF_MILLIS = {100, 400};
  private static final String NO_SUCH_BUCKET = "0015-00000101";

  private final OssCredentialsProvider credentials;
  private final Map<String, UrlSigner> signers = new HashMap<>();
  private final Duration deadline;
  private final ThreadPoolExecutor workers;

  /**
   * Creates a client for some buckets.
   *
   * @param credentials sign each request; not closed here
   * @param buckets at the addresses that this server reaches them at
   * @param version the signature version that their cloud accepts
   */
  public ObjectHeadClient(
      OssCredentialsProvider credentials, Collection<OssBucket> buckets, SignatureVersion version) {
    this(credentials, buckets, version, DEADLINE);
  }

  ObjectHeadClient(
      OssCredentialsProvider credentials,
      Collection<OssBucket> buckets,
      SignatureVersion version,
      Duration deadline) {
    this.credentials = credentials;
    this.deadline = deadline;
    for (OssBucket bucket : buckets) {
      signers.put(bucket.name(), UrlSigner.of(bucket, version));
    }
    this.workers =
        new ThreadPoolExecutor(
            0,
            MAX_CONCURRENT,
            10,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            ObjectHeadClient::thread);
  }

  /**
   * {@return the headers of an object, or the reason why there are none}
   *
   * @param bucket the name of one of the buckets
   * @param key the object's full name
   */
  public Head head(String bucket, ObjectKey key) {
    UrlSigner signer = signers.get(bucket);
    if (signer == null) {
      return new Head.Unavailable("bucket " + bucket + " is not configured");
    }
    HeadRequest request = new HeadRequest(signer, key);
    Future<Head> result;
    try {
      result = workers.submit(request::send);
    } catch (RejectedExecutionException e) {
      return new Head.Unavailable("too many requests are in progress");
    }
    try {
      return result.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return new Head.Unavailable("there was no response within " + deadline.toSeconds() + " s");
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      return new Head.Unavailable("the request failed: " + cause.getClass().getSimpleName());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Head.Unavailable("the server is shutting down");
    } finally {
      if (!result.isDone()) {
        result.cancel(true);
        request.abandon();
      }
    }
  }

  /** Cancels all requests and ends their threads. */
  @Override
  public void close() {
    workers.shutdownNow();
    try {
      // A thread that outlives a redeployed application keeps its class loader in memory.
      if (!workers.awaitTermination(ATTEMPT.toMillis(), TimeUnit.MILLISECONDS)) {
        workers.purge();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "oss-post-head");
    thread.setDaemon(true);
    thread.setContextClassLoader(null);
    return thread;
  }

  /** One request, with up to three attempts. */
  private final class HeadRequest {
    private final UrlSigner signer;
    private final ObjectKey key;
    private final AtomicReference<@Nullable HttpURLConnection> open = new AtomicReference<>();

    HeadRequest(UrlSigner signer, ObjectKey key) {
      this.signer = signer;
      this.key = key;
    }

    Head send() throws InterruptedException {
      Head head = attempt();
      for (int i = 0; i < BACKOFF_MILLIS.length && head instanceof Head.Unavailable; i++) {
        Thread.sleep(BACKOFF_MILLIS[i]);
        head = attempt();
      }
      return head;
    }

    /** Cancels an attempt after the deadline. */
    void abandon() {
      HttpURLConnection connection = open.getAndSet(null);
      if (connection != null) {
        connection.disconnect();
      }
    }

    private Head attempt() {
      try {
        URI url =
            signer
                .sign(
                    ObjectRequest.head(key),
                    credentials.resolve(),
                    credentials.clock().instant(),
                    URL_LIFE)
                .url();
        HttpURLConnection connection = connect(url);
        open.set(connection);
        try {
          return read(connection);
        } finally {
          open.set(null);
        }
      } catch (CredentialsUnavailableException e) {
        return new Head.Unavailable("there are no credentials to sign with");
      } catch (IOException e) {
        return new Head.Unavailable("the request failed: " + e.getClass().getSimpleName());
      }
    }
  }

  private static HttpURLConnection connect(URI url) throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection)
            (isLoopback(url.getHost())
                ? url.toURL().openConnection(Proxy.NO_PROXY)
                : url.toURL().openConnection());
    connection.setRequestMethod("HEAD");
    connection.setInstanceFollowRedirects(false);
    connection.setUseCaches(false);
    connection.setConnectTimeout((int) ATTEMPT.toMillis());
    connection.setReadTimeout((int) ATTEMPT.toMillis());
    return connection;
  }

  private static boolean isLoopback(String host) {
    return host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
  }

  private static Head read(HttpURLConnection connection) throws IOException {
    int status = connection.getResponseCode();
    return switch (status) {
      case 200 -> found(connection);
      case 403 -> new Head.Forbidden();
      case 404 ->
          NO_SUCH_BUCKET.equals(connection.getHeaderField("x-oss-ec"))
              ? new Head.Unavailable("there is no such bucket")
              : new Head.Absent();
      default -> new Head.Unavailable("OSS responded with status " + status);
    };
  }

  private static Head found(HttpURLConnection connection) {
    long size = connection.getContentLengthLong();
    String etag = connection.getHeaderField("ETag");
    String lastModified = connection.getHeaderField("Last-Modified");
    if (size < 0 || etag == null || lastModified == null) {
      return new Head.Unavailable("the response lacks Content-Length, ETag or Last-Modified");
    }
    return new Head.Found(
        size,
        field(connection, "Content-Type"),
        etag.replace("\"", ""),
        field(connection, "x-oss-hash-crc64ecma"),
        lastModified,
        field(connection, "x-oss-version-id"),
        field(connection, "x-oss-meta-grant"));
  }

  private static Optional<String> field(HttpURLConnection connection, String name) {
    return Optional.ofNullable(connection.getHeaderField(name)).filter(value -> !value.isEmpty());
  }
}
