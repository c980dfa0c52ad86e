package io.osspost.emulator.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;

/**
 * One stored object. Immutable; its content stays readable until the object is overwritten.
 *
 * @param size bytes of content
 * @param md5 lower-case hex
 * @param crc64 unsigned, in a long
 */
public record ObjectEntry(
    String key,
    long size,
    String md5,
    long crc64,
    Instant lastModified,
    ObjectHeaders headers,
    Path content) {

  /** The ETag with its quotes: upper-case hex MD5. */
  public String etag() {
    return '"' + HexFormat.of().withUpperCase().formatHex(md5Bytes()) + '"';
  }

  /** The value of a {@code Content-MD5} header. */
  public String contentMd5() {
    return Base64.getEncoder().encodeToString(md5Bytes());
  }

  /** The value of an {@code x-oss-hash-crc64ecma} header. */
  public String crc64Text() {
    return Long.toUnsignedString(crc64);
  }

  public InputStream open() throws IOException {
    return Files.newInputStream(content);
  }

  private byte[] md5Bytes() {
    return HexFormat.of().parseHex(md5);
  }
}
