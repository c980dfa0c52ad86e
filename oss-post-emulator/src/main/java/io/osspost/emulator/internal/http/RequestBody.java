package io.osspost.emulator.internal.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The body of one request: {@code Content-Length} bytes, or chunks. The first read sends {@code 100
 * Continue} to a client that waits for it, so a client need not send the body of a request that is
 * rejected. Used by one thread.
 */
final class RequestBody extends BlockInputStream {
  private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(US_ASCII);
  private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");
  private static final Pattern CHUNK = Pattern.compile("[0-9A-Fa-f]{1,15}[ \t]*(;.*)?");
  private static final int LONGEST_LINE = 8 << 10;

  private final ClientInput in;
  private final OutputStream out;
  private final boolean chunked;
  private boolean clientWaits;

  /** The remaining bytes of the body, or of its current chunk. */
  private long left;

  private boolean begun;
  private boolean ended;
  private boolean broken;

  private RequestBody(
      ClientInput in, OutputStream out, boolean chunked, long length, boolean clientWaits) {
    this.in = in;
    this.out = out;
    this.chunked = chunked;
    this.left = length;
    this.ended = !chunked && length == 0;
    this.clientWaits = clientWaits && !ended;
  }

  static RequestBody of(RequestHead head, ClientInput in, OutputStream out)
      throws BadRequestException {
    List<String> encodings = head.headers().getOrDefault("transfer-encoding", List.of());
    List<String> lengths = head.headers().getOrDefault("content-length", List.of());
    if (!encodings.isEmpty() && !lengths.isEmpty()) {
      throw new BadRequestException(
          400, "the request has both Transfer-Encoding and Content-Length");
    }
    if (!encodings.isEmpty()
        && !(encodings.size() == 1 && encodings.get(0).equalsIgnoreCase("chunked"))) {
      throw new BadRequestException(501, "the only supported Transfer-Encoding is chunked");
    }
    if (lengths.size() > 1 || !lengths.stream().allMatch(text -> LENGTH.matcher(text).matches())) {
      throw new BadRequestException(400, "Content-Length is not one number");
    }
    boolean waits =
        head.header("expect").map(text -> text.toLowerCase(Locale.ROOT)).stream()
            .anyMatch("100-continue"::equals);
    long length = lengths.isEmpty() ? 0 : Long.parseLong(lengths.get(0));
    return new RequestBody(in, out, !encodings.isEmpty(), length, waits);
  }

  /** Returns whether the client still waits for {@code 100 Continue}. */
  boolean isHeldBack() {
    return clientWaits;
  }

  /**
   * Reads and discards up to {@code most} remaining bytes; returns whether the body ended within
   * them.
   */
  boolean drain(long most) throws IOException {
    if (ended || broken) {
      return ended;
    }
    byte[] dropped = new byte[64 << 10];
    for (long read = 0; read <= most; ) {
      int n = read(dropped, 0, dropped.length);
      if (n < 0) {
        return true;
      }
      read += n;
    }
    return false;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (ended || length == 0) {
      return ended ? -1 : 0;
    }
    if (clientWaits) {
      clientWaits = false;
      out.write(CONTINUE);
      out.flush();
    }
    try {
      broken = true;
      int n = receive(bytes, offset, length);
      broken = false;
      return n;
    } catch (SocketTimeoutException e) {
      throw BrokenBodyException.stalled("the client stopped sending in the middle of the body");
    } catch (BadRequestException e) {
      throw BrokenBodyException.incomplete("the chunks are malformed: " + e.getMessage());
    }
  }

  private int receive(byte[] bytes, int offset, int length) throws IOException {
    if (left == 0 && !nextChunk()) {
      return -1;
    }
    int n = in.read(bytes, offset, (int) Math.min(length, left));
    if (n < 0) {
      throw BrokenBodyException.incomplete("the client closed the connection before the end");
    }
    left -= n;
    ended = !chunked && left == 0;
    return n;
  }

  /** Reads the line before a chunk, and after the last chunk the trailing lines. */
  private boolean nextChunk() throws IOException {
    if (begun && !in.line(LONGEST_LINE).isEmpty()) {
      throw new BadRequestException(400, "a chunk is longer than its size");
    }
    begun = true;
    String size = in.line(LONGEST_LINE);
    if (!CHUNK.matcher(size).matches()) {
      throw new BadRequestException(400, "a chunk does not begin with its size");
    }
    left = Long.parseLong(size.split("[ \t;]", 2)[0], 16);
    if (left > 0) {
      return true;
    }
    int trailers = LONGEST_LINE;
    for (String line = in.line(trailers); !line.isEmpty(); line = in.line(trailers)) {
      trailers -= line.length();
    }
    ended = true;
    return false;
  }
}
