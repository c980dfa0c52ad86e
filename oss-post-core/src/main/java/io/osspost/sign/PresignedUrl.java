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

  /** The HTTP method the client must use. */
  public String method() {
    return request.method();
  }

  /** Where the client sends the request, with the signature. */
  public URI url() {
    return URI.create(text());
  }

  /**
   * The {@link #url} as answers carry it: {@code URI} would take longer to read it than to sign.
   */
  public String text() {
    return new String(url, US_ASCII);
  }

  /** The {@link #text} in ASCII. */
  public byte[] toBytes() {
    return url.clone();
  }

  /** The headers the client must send, no more of these kinds and no fewer, in order. */
  public Map<String, String> headers() {
    return request.headers();
  }

  /** The first instant OSS refuses the URL at. */
  public Instant expiresAt() {
    return expiresAt;
  }

  /** Names method, host and key, never the signature or the token. */
  @Override
  public String toString() {
    return "PresignedUrl[" + method() + " " + resource + "]";
  }
}
