package io.osspost.emulator.internal.store;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/**
 * One stored object. Immutable; its content stays readable until the object is overwritten.
 *
 * @param tag the ETag without its quotes: of a normal object the MD5 in upper-case hexadecimal
 *     digits
 * @param crc64 unsigned, in a long
 * @param uploadId the multipart upload that made this object; empty for other objects
 */
public record ObjectEntry(
    String key,
    ObjectType type,
    String tag,
    long crc64,
    Instant lastModified,
    ObjectHeaders headers,
    Content content,
    Optional<String> uploadId) {

  /** Returns the number of bytes. */
  public long size() {
    return content.size();
  }

  /** Returns the ETag with its quotes. */
  public String etag() {
    return '"' + tag + '"';
  }

  /** Returns the value of a {@code Content-MD5} header; only normal objects have one. */
  public Optional<String> contentMd5() {
    return type == ObjectType.NORMAL
        ? Optional.of(Base64.getEncoder().encodeToString(HexFormat.of().parseHex(tag)))
        : Optional.empty();
  }

  /** Returns the value of an {@code x-oss-hash-crc64ecma} header. */
  public String crc64Text() {
    return Long.toUnsignedString(crc64);
  }

  public InputStream open() throws IOException {
    return open(0);
  }

  /** Opens the content from byte {@code offset} on. */
  public InputStream open(long offset) throws IOException {
    return content.open(offset);
  }

  /** Returns this object with other headers, and the same content and dates. */
  public ObjectEntry with(ObjectHeaders newHeaders) {
    return new ObjectEntry(key, type, tag, crc64, lastModified, newHeaders, content, uploadId);
  }

  /** Returns this object with its content at another place. */
  ObjectEntry at(Content place) {
    return new ObjectEntry(key, type, tag, crc64, lastModified, headers, place, uploadId);
  }
}
