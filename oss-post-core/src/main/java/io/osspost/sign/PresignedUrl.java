package io.osspost.sign;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.net.URI;
import java.time.Instant;
import java.util.Map;

/**
 * A URL that permits one kind of request until it expires. Immutable.
 *
 * <p>Anyone who reads the URL can use it, so never log it.
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

  /** {@return the HTTP method that the client must use, in upper case} */
  public String method() {
    return request.method();
  }

  /** {@return the URL of the request, with the signature} */
  public URI url() {
    return URI.create(text());
  }

  /**
   * {@return the {@link #url} as text} Parsing it as a {@code URI} takes longer than signing it.
   */
  public String text() {
    return new String(url, US_ASCII);
  }

  /** {@return the {@link #text} in ASCII; a copy} */
  public byte[] toBytes() {
    return url.clone();
  }

  /**
   * {@return the headers that the client must send, no more of these kinds and no fewer, in order}
   */
  public Map<String, String> headers() {
    return request.headers();
  }

  /** {@return the first instant at which OSS rejects the URL} */
  public Instant expiresAt() {
    return expiresAt;
  }

  /** Returns method, host and key, never the signature or the token. */
  @Override
  public String toString() {
    return "PresignedUrl[" + method() + " " + resource + "]";
  }
}
