package io.osspost.emulator.internal.store;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of an object: one piece for each request that wrote some. A completed multipart upload
 * is the list of its parts, so completing copies nothing. Immutable.
 */
public final class Content {
  private final List<Segment> pieces;
  private final long size;

  Content(List<Segment> pieces) {
    this.pieces = List.copyOf(pieces);
    this.size = pieces.stream().mapToLong(Segment::size).sum();
  }

  List<Segment> pieces() {
    return pieces;
  }

  /** Returns this content with {@code piece} appended. */
  Content and(Segment piece) {
    List<Segment> more = new ArrayList<>(pieces);
    more.add(piece);
    return new Content(more);
  }

  long size() {
    return size;
  }

  /** Opens the bytes from {@code offset} on; close the stream after reading. */
  InputStream open(long offset) throws IOException {
    int first = 0;
    long skip = offset;
    while (first < pieces.size() && skip >= pieces.get(first).size()) {
      skip -= pieces.get(first++).size();
    }
    if (first == pieces.size()) {
      return InputStream.nullInputStream();
    }
    InputStream start = pieces.get(first).open(skip);
    return first + 1 == pieces.size() ? start : new Sequence(start, first + 1);
  }

  /** Reads one piece after the other, and opens each when it is reached. */
  private final class Sequence extends InputStream {
    private @Nullable InputStream current;
    private int next;

    Sequence(InputStream first, int next) {
      this.current = first;
      this.next = next;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      while (current != null) {
        int n = current.read(bytes, offset, length);
        if (n >= 0) {
          return n;
        }
        current.close();
        current = next < pieces.size() ? pieces.get(next++).open(0) : null;
      }
      return -1;
    }

    @Override
    public void close() throws IOException {
      if (current != null) {
        current.close();
        current = null;
      }
    }
  }
}
