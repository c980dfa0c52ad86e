package io.osspost.sign;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.net.URI;
import java.time.Instant;
import java.util.Map;

/**
 * A URL whose holder may make one kind of request, until it expires. Immutable.
 *
 * <p>It is a key: whoever reads it can use it, so it belongs in no log.
 */
public final class PresignedUrl {
  private final ObjectRequest request;
  private final String resource;
  private final byte[] url;
  private final Instant expiresAt;

  PresignedUrl(ObjectRequest request, String resource, byte[] url, Instant expiresAt) {
    this.request = request;
    this.resource = resource;
    this.url = url;
    this.expiresAt = expiresAt;
  }

  /** {@return the HTTP method the client must use, in upper case} */
  public String method() {
    return request.method();
  }

  /** {@return where the client sends the request, with the signature} */
  public URI url() {
    return URI.create(text());
  }

  /**
   * {@return the {@link #url} as answers carry it} {@code URI} would take longer to read it than to
   * sign.
   */
  public String text() {
    return new String(url, US_ASCII);
  }

  /** {@return the {@link #text} in ASCII; a copy} */
  public byte[] toBytes() {
    return url.clone();
  }

  /** {@return the headers the client must send, no more of these kinds and no fewer, in order} */
  public Map<String, String> headers() {
    return request.headers();
  }

  /** {@return the first instant OSS refuses the URL at} */
  public Instant expiresAt() {
    return expiresAt;
  }

  /** Names method, host and key, never the signature or the token. */
  @Override
  public String toString() {
    return "PresignedUrl[" + method() + " " + resource + "]";
  }
}
