package io.osspost.multipart;

import io.osspost.sign.PresignedUrl;
import io.osspost.wire.JsonText;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** Presigned URLs for some parts of an upload. Immutable. */
public final class PartUrls {
  private final Map<Integer, PresignedUrl> urls;
  private final Instant expiresAt;

  PartUrls(Map<Integer, PresignedUrl> urls, Instant expiresAt) {
    this.urls = Collections.unmodifiableMap(new TreeMap<>(urls));
    this.expiresAt = expiresAt;
  }

  /** {@return the URLs by the numbers of their parts, for the caller of the upload alone} */
  public Map<Integer, PresignedUrl> urls() {
    return urls;
  }

  /** {@return when OSS stops accepting them} */
  public Instant expiresAt() {
    return expiresAt;
  }

  /** {@return the response to a page: JSON in UTF-8} */
  public byte[] toJson() {
    return writeTo(new JsonText().openObject()).closeObject().toBytes();
  }

  JsonText writeTo(JsonText json) {
    json.name("urls").openArray();
    urls.forEach(
        (number, url) ->
            json.openObject()
                .member("number", number)
                .member("url", url.text())
                .name("headers")
                .openObject()
                .closeObject()
                .closeObject());
    return json.closeArray().member("urlsExpireAt", expiresAt.toString());
  }

  /** Returns the numbers only, because the URLs are for the caller alone. */
  @Override
  public String toString() {
    return "PartUrls" + urls.keySet();
  }
}
