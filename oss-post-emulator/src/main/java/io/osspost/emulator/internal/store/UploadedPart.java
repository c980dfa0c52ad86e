package io.osspost.emulator.internal.store;

import java.time.Instant;

/**
 * One part of a multipart upload. Immutable.
 *
 * @param tag the ETag without its quotes: the MD5 in upper-case hexadecimal digits
 * @param crc64 unsigned, in a long
 */
public record UploadedPart(
    int number, String tag, long crc64, Instant lastModified, Content content) {

  public long size() {
    return content.size();
  }

  /** Returns this part with its content at another place. */
  UploadedPart at(Content place) {
    return new UploadedPart(number, tag, crc64, lastModified, place);
  }

  /** Returns the ETag with its quotes. */
  public String etag() {
    return '"' + tag + '"';
  }

  /** Returns the value of an {@code x-oss-hash-crc64ecma} header. */
  public String crc64Text() {
    return Long.toUnsignedString(crc64);
  }
}
