package io.osspost.emulator.store;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Content on its way in: write it, then {@link #commit}. Closing an upload that was not committed
 * removes what it wrote. Not thread-safe.
 */
public final class Upload extends OutputStream {
  private final ObjectStore store;
  private final ObjectStore.Bucket bucket;
  private final String id;
  private final Path file;
  private final OutputStream out;
  private final MessageDigest md5;
  private final Crc64 crc64 = new Crc64();
  private long size;
  private boolean committed;
  private byte @Nullable [] digest;

  Upload(ObjectStore store, ObjectStore.Bucket bucket, String id, Path file) throws IOException {
    this.store = store;
    this.bucket = bucket;
    this.id = id;
    this.file = file;
    try {
      this.md5 = MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java runtime has MD5", e);
    }
    this.out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW);
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    out.write(bytes, offset, length);
    md5.update(bytes, offset, length);
    crc64.update(bytes, offset, length);
    size += length;
  }

  /** Bytes written so far. */
  public long size() {
    return size;
  }

  /**
   * Makes what was written the object {@code key}. Nothing may be written afterwards.
   *
   * @throws ObjectExistsException if {@code forbidOverwrite} and the key is taken
   */
  public ObjectEntry commit(String key, ObjectHeaders headers, boolean forbidOverwrite)
      throws IOException, ObjectExistsException {
    out.close();
    ObjectEntry entry = store.publish(bucket, this, key, headers, forbidOverwrite);
    committed = true;
    return entry;
  }

  @Override
  public void close() throws IOException {
    out.close();
    if (!committed) {
      Files.deleteIfExists(file);
    }
  }

  /** The MD5 of what was written, in Base64. Nothing may be written afterwards. */
  public String contentMd5() {
    return Base64.getEncoder().encodeToString(digest());
  }

  /** The CRC-64 of what was written so far, as an unsigned decimal number. */
  public String crc64Text() {
    return Long.toUnsignedString(crc64.value());
  }

  String md5() {
    return HexFormat.of().formatHex(digest());
  }

  private byte[] digest() {
    if (digest == null) {
      digest = md5.digest();
    }
    return digest;
  }

  long crc64() {
    return crc64.value();
  }

  String id() {
    return id;
  }

  Path file() {
    return file;
  }
}
