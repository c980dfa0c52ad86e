package io.osspost.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.osspost.credentials.CredentialsUnavailableException;
import io.osspost.object.BucketRef;
import io.osspost.sign.ObjectRequest;
import io.osspost.sign.PresignedUrl;
import io.osspost.sign.ServerAccess;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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
 * Sends this server's own requests to OSS. Every call ends at its deadline, and the number of
 * concurrent calls is limited. Thread-safe.
 *
 * <p>A request uses a presigned URL that is valid for one minute, so no second signing code is
 * needed. The URL is never logged or returned.
 */
final class OssCalls implements AutoCloseable {
  private static final Duration URL_LIFE = Duration.ofMinutes(1);
  private static final int MAX_CONCURRENT = 32;

  /** A page of 1,000 parts has about 300 KB. */
  private static final int MAX_BODY = 4 << 20;

  private final ServerAccess access;
  private final ThreadPoolExecutor workers;
  private final Set<HttpURLConnection> open = ConcurrentHashMap.newKeySet();

  /**
   * Creates calls.
   *
   * @param access signs each request
   */
  OssCalls(ServerAccess access) {
    this.access = access;
    this.workers =
        new ThreadPoolExecutor(
            0, MAX_CONCURRENT, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), OssCalls::thread);
  }

  /** One or more requests under one deadline. */
  interface Work<T> {
    T run(Call call) throws InterruptedException;
  }

  /**
   * Runs {@code work} on another thread, and returns its result.
   *
   * @throws OssUnreachableException if it did not end before the deadline
   */
  <T> T within(Duration deadline, Work<T> work) {
    Call call = new Call();
    Future<T> result;
    try {
      result = workers.submit(() -> work.run(call));
    } catch (RejectedExecutionException e) {
      throw new OssUnreachableException("too many requests are in progress");
    }
    try {
      return result.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new OssUnreachableException(
          "there was no response within " + deadline.toSeconds() + " s");
    } catch (ExecutionException e) {
      throw rethrown(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OssUnreachableException("the server is shutting down");
    } finally {
      if (!result.isDone()) {
        result.cancel(true);
        call.abandon();
      }
    }
  }

  /** Cancels all calls and ends their threads. */
  @Override
  public void close() {
    workers.shutdownNow();
    try {
      // A thread that outlives a redeployed application keeps its class loader in memory. A
      // connection that is just being opened does not notice the first attempt to close it.
      for (int i = 0; i < 20 && !workers.awaitTermination(100, TimeUnit.MILLISECONDS); i++) {
        open.forEach(HttpURLConnection::disconnect);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static RuntimeException rethrown(ExecutionException e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return cause instanceof OssRefusedException
            || cause instanceof OssUnreachableException
            || cause instanceof CredentialsUnavailableException
        ? (RuntimeException) cause
        : new OssUnreachableException("the request failed: " + cause.getClass().getSimpleName());
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "oss-post-request");
    thread.setDaemon(true);
    thread.setContextClassLoader(null);
    return thread;
  }

  /** The requests of one piece of work, one after the other. */
  final class Call {
    private final AtomicReference<@Nullable HttpURLConnection> current = new AtomicReference<>();
    private volatile boolean abandoned;

    /**
     * Sends one request without a retry.
     *
     * @param body empty if the method has none
     * @throws OssUnreachableException if there was no response
     * @throws UnknownBucketException if no profile of today has the bucket
     * @throws CredentialsUnavailableException if there are no credentials to sign with
     */
    OssAnswer send(BucketRef bucket, ObjectRequest request, byte[] body, Duration timeout) {
      return send(bucket, request, Collections.emptyMap(), body, timeout);
    }

    /**
     * Sends one request without a retry, with headers that the signature does not cover.
     *
     * @param unsigned headers of a request that only this server sends
     */
    OssAnswer send(
        BucketRef bucket,
        ObjectRequest request,
        Map<String, String> unsigned,
        byte[] body,
        Duration timeout) {
      PresignedUrl signed =
          access
              .sign(bucket, request, URL_LIFE)
              .orElseThrow(() -> new UnknownBucketException(bucket.name()));
      try {
        HttpURLConnection connection = connection(signed, timeout);
        unsigned.forEach(connection::setRequestProperty);
        current.set(connection);
        open.add(connection);
        try {
          if (abandoned) {
            throw new OssUnreachableException("the request was cancelled");
          }
          return exchange(connection, body);
        } finally {
          open.remove(connection);
          current.set(null);
        }
      } catch (IOException e) {
        throw new OssUnreachableException("the request failed: " + e.getClass().getSimpleName());
      }
    }

    private void abandon() {
      abandoned = true;
      HttpURLConnection connection = current.getAndSet(null);
      if (connection != null) {
        connection.disconnect();
      }
    }
  }

  private static HttpURLConnection connection(PresignedUrl signed, Duration timeout)
      throws IOException {
    URI url = signed.url();
    HttpURLConnection connection =
        (HttpURLConnection)
            (isLoopback(url.getHost())
                ? url.toURL().openConnection(Proxy.NO_PROXY)
                : url.toURL().openConnection());
    connection.setRequestMethod(signed.method());
    connection.setInstanceFollowRedirects(false);
    connection.setUseCaches(false);
    connection.setConnectTimeout((int) timeout.toMillis());
    connection.setReadTimeout((int) timeout.toMillis());
    signed.headers().forEach(connection::setRequestProperty);
    return connection;
  }

  private static boolean isLoopback(String host) {
    return host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
  }

  private static OssAnswer exchange(HttpURLConnection connection, byte[] body) throws IOException {
    if (connection.getRequestMethod().equals("POST")) {
      connection.setDoOutput(true);
      // In this mode the JDK does not repeat a failed POST by itself.
      connection.setFixedLengthStreamingMode(body.length);
      connection.getOutputStream().write(body);
    }
    int status = connection.getResponseCode();
    Map<String, String> headers = new HashMap<>();
    connection
        .getHeaderFields()
        .forEach(
            (name, values) -> {
              if (name != null) {
                headers.put(name.toLowerCase(Locale.ROOT), values.get(0));
              }
            });
    InputStream stream = status < 400 ? connection.getInputStream() : connection.getErrorStream();
    return new OssAnswer(status, headers, stream == null ? "" : text(stream));
  }

  private static String text(InputStream stream) throws IOException {
    try (InputStream closed = stream) {
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      byte[] block = new byte[8192];
      for (int read = closed.read(block); read >= 0; read = closed.read(block)) {
        body.write(block, 0, read);
        if (body.size() > MAX_BODY) {
          throw new IOException("The response has more than " + MAX_BODY + " bytes");
        }
      }
      return new String(body.toByteArray(), UTF_8);
    }
  }
}
