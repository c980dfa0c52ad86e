package io.osspost.emulator;

import io.osspost.emulator.internal.store.ObjectEntry;
import io.osspost.emulator.internal.store.ObjectHeaders;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A stored object at the time of the call that returned it. Immutable and thread-safe. */
public final class StoredObject {
  private static final String METADATA = "x-oss-meta-";

  private final ObjectEntry entry;

  StoredObject(ObjectEntry entry) {
    this.entry = entry;
  }

  public String key() {
    return entry.key();
  }

  /** Returns the number of bytes. */
  public long size() {
    return entry.size();
  }

  /**
   * Returns the type that OSS stored: the form's, the file part's, or {@code
   * application/octet-stream}.
   */
  public String contentType() {
    return entry.headers().contentType();
  }

  /**
   * Returns the ETag as in responses: for a single upload, the MD5 in upper-case hexadecimal
   * digits, in quotes.
   */
  public String etag() {
    return entry.etag();
  }

  /**
   * Returns the CRC-64 as in the response header {@code x-oss-hash-crc64ecma}: an unsigned decimal
   * number.
   */
  public String crc64() {
    return entry.crc64Text();
  }

  public Instant lastModified() {
    return entry.lastModified();
  }

  /** Returns the object's own ACL, such as {@code default} or {@code public-read}. */
  public String acl() {
    return entry.headers().acl().wireName();
  }

  /**
   * Returns the headers of every read, such as {@code Cache-Control}, {@code x-oss-storage-class}
   * and {@code x-oss-meta-*}. The names are not case-sensitive.
   */
  public Map<String, String> headers() {
    return entry.headers().read();
  }

  /** Returns the tags as they were sent, percent-encoded: {@code a=1&b=2}; empty without tags. */
  public String tagging() {
    return entry.headers().stored().getOrDefault(ObjectHeaders.TAGGING, "");
  }

  /** Returns the user metadata: lower-case names without {@code x-oss-meta-}. */
  public Map<String, String> metadata() {
    Map<String, String> metadata = new TreeMap<>();
    for (Map.Entry<String, String> header : headers().entrySet()) {
      String name = header.getKey().toLowerCase(Locale.ROOT);
      if (name.startsWith(METADATA)) {
        metadata.put(name.substring(METADATA.length()), header.getValue());
      }
    }
    return Collections.unmodifiableMap(metadata);
  }

  /**
   * Opens the content; close it after reading.
   *
   * @throws IOException if the object was overwritten, or the emulator closed
   */
  public InputStream content() throws IOException {
    return entry.open();
  }

  @Override
  public String toString() {
    return "StoredObject[" + key() + ", " + size() + " bytes, " + contentType() + "]";
  }
}
