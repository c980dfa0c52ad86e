package io.osspost.emulator.internal.post;

import io.osspost.emulator.internal.store.Upload;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.LongConsumer;

/**
 * Writes the file to the store. Before each block is written, a check receives the size that the
 * file will then have.
 */
final class MeasuredContent extends OutputStream {
  private final Upload upload;
  private final LongConsumer sizeCheck;

  MeasuredContent(Upload upload, LongConsumer sizeCheck) {
    this.upload = upload;
    this.sizeCheck = sizeCheck;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    sizeCheck.accept(upload.size() + length);
    upload.write(bytes, offset, length);
  }
}
