package io.osspost;

import io.osspost.object.ObjectKey;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/**
 * A link to a stored object. Immutable.
 *
 * <p>Anyone who has a signed link can read the object until it expires, so never log it.
 */
public final class DownloadLink {
  private final ObjectKey key;
  private final String text;
  private final Optional<Instant> expiresAt;

  DownloadLink(ObjectKey key, String text, Optional<Instant> expiresAt) {
    this.key = key;
    this.text = text;
    this.expiresAt = expiresAt;
  }

  /** {@return the URL to read the object from, with {@code GET}} */
  public URI url() {
    return URI.create(text);
  }

  /** {@return the {@link #url} as text, in ASCII} */
  public String text() {
    return text;
  }

  /** {@return the first instant at which OSS rejects the link; empty for an unsigned link} */
  public Optional<Instant> expiresAt() {
    return expiresAt;
  }

  /** Names the object, never the signature. */
  @Override
  public String toString() {
    return "DownloadLink[" + key + "]";
  }
}
