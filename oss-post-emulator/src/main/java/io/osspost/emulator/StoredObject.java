package io.osspost.emulator;

import io.osspost.emulator.internal.store.ObjectEntry;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * An object an upload left behind, as it was when it was asked for. Immutable; share it freely
 * between threads.
 */
public final class StoredObject {
  private static final String METADATA = "x-oss-meta-";

  private final ObjectEntry entry;

  StoredObject(ObjectEntry entry) {
    this.entry = entry;
  }

  public String key() {
    return entry.key();
  }

  /** Bytes of content. */
  public long size() {
    return entry.size();
  }

  /** The type OSS settled on: the form's, the file part's, or {@code application/octet-stream}. */
  public String contentType() {
    return entry.headers().contentType();
  }

  /** The ETag as the answer had it: in quotes, upper-case hex MD5. */
  public String etag() {
    return entry.etag();
  }

  /** The CRC-64 as {@code x-oss-hash-crc64ecma} had it: an unsigned decimal number. */
  public String crc64() {
    return entry.crc64Text();
  }

  public Instant lastModified() {
    return entry.lastModified();
  }

  /** The object's own ACL, such as {@code default} or {@code public-read}. */
  public String acl() {
    return entry.headers().acl().wireName();
  }

  /**
   * Headers handed back on every read, such as {@code Cache-Control}, {@code x-oss-storage-class}
   * and {@code x-oss-meta-*}. Looking up a name ignores case.
   */
  public Map<String, String> headers() {
    return entry.headers().stored();
  }

  /** User metadata: lower-case names without {@code x-oss-meta-}. */
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
   * @throws IOException if the object was overwritten meanwhile, or the emulator is closed
   */
  public InputStream content() throws IOException {
    return entry.open();
  }

  @Override
  public String toString() {
    return "StoredObject[" + key() + ", " + size() + " bytes, " + contentType() + "]";
  }
}
