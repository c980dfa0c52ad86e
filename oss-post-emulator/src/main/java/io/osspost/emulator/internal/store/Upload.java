package io.osspost.emulator.internal.store;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Unfinished content: write it, then commit it as an object or as part of one. Closing an upload
 * that was not committed deletes it. Not thread-safe.
 */
public final class Upload extends OutputStream {
  private final ObjectStore store;
  private final String bucket;
  private final Draft draft;
  private final Md5 md5 = new Md5();
  private final Crc64 crc64 = new Crc64();
  private long size;
  private @Nullable Segment finished;
  private boolean committed;

  Upload(ObjectStore store, String bucket, Draft draft) {
    this.store = store;
    this.bucket = bucket;
    this.draft = draft;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    md5.update(bytes, offset, length);
    draft.write(bytes, offset, length);
    crc64.update(bytes, offset, length);
    size += length;
  }

  /** Returns the number of written bytes. */
  public long size() {
    return size;
  }

  /**
   * Makes the written bytes the object {@code key}. No more may be written afterwards.
   *
   * @throws ObjectExistsException if {@code forbidOverwrite} and the key is used
   */
  public ObjectEntry commit(String key, ObjectHeaders headers, boolean forbidOverwrite)
      throws IOException, ObjectExistsException {
    ObjectEntry entry =
        new ObjectEntry(
            key,
            ObjectType.NORMAL,
            tag(),
            crc64.value(),
            store.now(),
            headers,
            content(),
            Optional.empty());
    ObjectEntry placed = store.publish(bucket, entry, forbidOverwrite);
    committed = true;
    return placed;
  }

  /**
   * Appends the written bytes to the object {@code key}, or creates it.
   *
   * @param position the length of the object, according to the client
   * @throws NotAppendableException if it is longer or shorter, or not an appendable object
   */
  public ObjectEntry append(String key, long position, ObjectHeaders headers)
      throws IOException, NotAppendableException {
    ObjectEntry placed = store.append(bucket, key, position, headers, this);
    committed = true;
    return placed;
  }

  /**
   * Makes the written bytes part {@code number} of {@code upload}, and replaces an earlier one.
   *
   * @return null if the upload has been completed or aborted meanwhile
   */
  public @Nullable UploadedPart commit(MultipartUpload upload, int number) throws IOException {
    UploadedPart part = new UploadedPart(number, tag(), crc64.value(), store.now(), content());
    UploadedPart placed = store.add(bucket, upload, part);
    committed = placed != null;
    return placed;
  }

  @Override
  public void close() throws IOException {
    draft.close();
    if (!committed && finished != null) {
      finished.discard();
    }
  }

  /** Returns the MD5 of the written bytes, in Base64. No more may be written afterwards. */
  public String contentMd5() throws IOException {
    return Base64.getEncoder().encodeToString(md5.digest());
  }

  /** Returns the CRC-64 of the bytes written so far, as an unsigned decimal number. */
  public String crc64Text() {
    return Long.toUnsignedString(crc64.value());
  }

  /**
   * Returns the MD5 of the written bytes, in upper-case hexadecimal digits. No more may be written
   * afterwards.
   */
  String tag() throws IOException {
    return HexFormat.of().withUpperCase().formatHex(md5.digest());
  }

  long crc64() {
    return crc64.value();
  }

  /** Returns the written bytes. No more may be written afterwards. */
  Segment finish() throws IOException {
    if (finished == null) {
      finished = draft.finish();
    }
    return finished;
  }

  private Content content() throws IOException {
    return new Content(List.of(finish()));
  }
}
