package io.osspost.callback;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLConnection;
import java.time.Duration;

/**
 * Fetches without following redirects, at most 16 KB, and within a time that leaves some of the
 * five seconds OSS waits for the answer to its callback.
 */
final class HttpKeyFetcher implements KeyFetcher {
  private static final int MAX_BYTES = 16 * 1024;

  private final Duration limit;

  HttpKeyFetcher(Duration limit) {
    this.limit = limit;
  }

  @Override
  public String fetch(URI url) throws IOException {
    long deadline = System.nanoTime() + limit.toNanos();
    URLConnection connection = url.toURL().openConnection();
    if (!(connection instanceof HttpURLConnection http)) {
      throw new IOException("Not an HTTP address");
    }
    try {
      http.setInstanceFollowRedirects(false);
      http.setUseCaches(false);
      http.setConnectTimeout(millis(limit) / 2);
      http.setReadTimeout(millis(limit) / 2);
      int status = http.getResponseCode();
      if (status != HttpURLConnection.HTTP_OK) {
        throw new IOException("The answer has status " + status + ", not 200");
      }
      try (InputStream in = http.getInputStream()) {
        return read(in, deadline);
      }
    } finally {
      http.disconnect();
    }
  }

  private static String read(InputStream in, long deadline) throws IOException {
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    byte[] chunk = new byte[1024];
    for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
      read.write(chunk, 0, n);
      if (read.size() > MAX_BYTES) {
        throw new IOException("The answer has more than " + MAX_BYTES + " bytes");
      }
      if (System.nanoTime() - deadline > 0) {
        throw new IOException("The answer takes too long");
      }
    }
    return read.toString(US_ASCII);
  }

  private static int millis(Duration duration) {
    return Math.toIntExact(duration.toMillis());
  }
}
