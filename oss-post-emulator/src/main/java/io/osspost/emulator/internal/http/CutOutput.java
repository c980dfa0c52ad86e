package io.osspost.emulator.internal.http;

import java.io.IOException;
import java.io.OutputStream;

/** Writes the first bytes of a response, and then ends the connection. */
final class CutOutput extends OutputStream {
  private final OutputStream out;
  private long left;

  CutOutput(OutputStream out, long bytes) {
    this.out = out;
    this.left = bytes;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    int passed = (int) Math.min(length, left);
    out.write(bytes, offset, passed);
    left -= passed;
    if (passed < length) {
      out.flush();
      throw new ConnectionCutException("a fault cuts the response");
    }
  }
}
