package io.osspost.emulator.internal.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;

/**
 * Reads the bytes that a client sends, with a time limit for every wait. The head of a request is
 * read line by line through a buffer; a large body is read without it. Used by one thread.
 */
final class ClientInput extends InputStream {
  private final Socket socket;
  private final InputStream in;
  private final byte[] buffer = new byte[8 << 10];
  private int start;
  private int end;
  private boolean total;
  private long nanos;

  ClientInput(Socket socket) throws IOException {
    this.socket = socket;
    this.in = socket.getInputStream();
  }

  /** Limits each wait for bytes to {@code time} from now on. */
  void limitEachRead(Duration time) {
    total = false;
    nanos = time.toNanos();
  }

  /** Limits all waits for bytes together to {@code time} from now on. */
  void limitAllReads(Duration time) {
    total = true;
    nanos = System.nanoTime() + time.toNanos();
  }

  /** Returns whether a byte arrived before the end of the stream. */
  boolean awaitByte() throws IOException {
    return start < end || fill();
  }

  @Override
  public int read() throws IOException {
    return awaitByte() ? buffer[start++] & 0xFF : -1;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (start == end && length >= buffer.length) {
      return receive(bytes, offset, length);
    }
    if (length == 0) {
      return 0;
    }
    if (!awaitByte()) {
      return -1;
    }
    int n = Math.min(length, end - start);
    System.arraycopy(buffer, start, bytes, offset, n);
    start += n;
    return n;
  }

  /**
   * Reads a line of at most {@code longest} bytes, one character per byte, without its CR LF.
   *
   * @throws BadRequestException if it is longer, or has another end
   */
  String line(int longest) throws IOException {
    StringBuilder line = new StringBuilder();
    while (awaitByte()) {
      int at = start;
      while (at < end && buffer[at] != '\n') {
        at++;
      }
      line.append(new String(buffer, start, at - start, ISO_8859_1));
      boolean complete = at < end;
      start = complete ? at + 1 : at;
      if (line.length() > longest) {
        throw new BadRequestException(431, "the head of the request is too long");
      }
      if (complete) {
        return withoutCarriageReturn(line);
      }
    }
    throw new BadRequestException(400, "the connection ended in the middle of a line");
  }

  private static String withoutCarriageReturn(StringBuilder line) throws BadRequestException {
    int last = line.length() - 1;
    if (last < 0 || line.charAt(last) != '\r' || line.indexOf("\r") != last) {
      throw new BadRequestException(400, "a line does not end with CR LF");
    }
    return line.substring(0, last);
  }

  private boolean fill() throws IOException {
    int n = receive(buffer, 0, buffer.length);
    start = 0;
    end = Math.max(n, 0);
    return n > 0;
  }

  private int receive(byte[] bytes, int offset, int length) throws IOException {
    long left = total ? nanos - System.nanoTime() : nanos;
    if (left <= 0) {
      throw new SocketTimeoutException("the time limit for reading has passed");
    }
    socket.setSoTimeout((int) Math.max(1, left / 1_000_000));
    return in.read(bytes, offset, length);
  }
}
