package io.osspost.emulator.internal.post;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.osspost.emulator.internal.post.MultipartException.Fault;
import io.osspost.emulator.rules.EmulatorRules;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code multipart/form-data} (RFC 7578) part by part through one buffer. Not thread-safe.
 *
 * <p>A delimiter must be followed by {@code --}, or by white space and a line end. A line that only
 * begins like the boundary is part of the content.
 */
final class MultipartReader {
  static final int BUFFER = 128 * 1024;
  private static final int LONGEST_HEAD = 16 * 1024;

  /** The number of bytes read after a delimiter: white space and the line end. */
  private static final int LOOK_AHEAD = 64;

  private final InputStream in;
  private final Delimiter delimiter;
  private final PartHeads heads;
  private final byte[] buffer = new byte[BUFFER];
  private int start;
  private int end;
  private boolean endOfBody;
  private boolean betweenParts;
  private boolean closed;
  private boolean bareLineFeed;

  MultipartReader(InputStream in, String boundary, EmulatorRules rules) {
    this.in = in;
    this.heads = new PartHeads(rules);
    this.delimiter = new Delimiter(boundary);
    // The first boundary may have no line end before it, so the buffer starts with one.
    buffer[0] = '\r';
    buffer[1] = '\n';
    end = 2;
  }

  /** Skips the rest of the current part; returns the next one, or null after the last. */
  @Nullable Part next() throws IOException, MultipartException {
    if (!betweenParts && !closed) {
      copyContent(OutputStream.nullOutputStream());
    }
    if (closed) {
      return null;
    }
    betweenParts = false;
    return head();
  }

  /** Copies the content of the current part to {@code out}, block by block. */
  void copyContent(OutputStream out) throws IOException, MultipartException {
    while (true) {
      int at = delimiter.find(buffer, start, end);
      if (at < 0) {
        int undecided = endOfBody ? 0 : Math.min(delimiter.length() - 1, end - start);
        emit(end - undecided, out);
        fill();
        continue;
      }
      emit(at, out);
      int after = at + delimiter.length();
      if (end - after < LOOK_AHEAD && !endOfBody) {
        fill();
        continue;
      }
      if (endsDelimiter(after)) {
        return;
      }
      emit(after, out);
    }
  }

  /** Reads the rest of the body. OSS ignores the text after the last boundary. */
  void skipRest() throws IOException {
    start = end;
    while (!endOfBody) {
      refill();
      start = end;
    }
  }

  /** Returns whether the delimiter before {@code after} is complete, and moves past it. */
  private boolean endsDelimiter(int after) {
    if (after + 1 < end && buffer[after] == '-' && buffer[after + 1] == '-') {
      start = after + 2;
      closed = true;
      return true;
    }
    int at = after;
    while (at < end && (buffer[at] == ' ' || buffer[at] == '\t')) {
      at++;
    }
    if (at + 1 < end && buffer[at] == '\r' && buffer[at + 1] == '\n') {
      start = at + 2;
      betweenParts = true;
      return true;
    }
    bareLineFeed |= at < end && buffer[at] == '\n';
    return false;
  }

  private void emit(int to, OutputStream out) throws IOException {
    if (to > start) {
      out.write(buffer, start, to - start);
      start = to;
    }
  }

  private Part head() throws IOException, MultipartException {
    List<String> lines = new ArrayList<>();
    int left = LONGEST_HEAD;
    for (String line = line(left); !line.isEmpty(); line = line(left)) {
      left -= line.length();
      lines.add(line);
    }
    return heads.read(lines);
  }

  /** Reads one line of a part's head, without its line end. */
  private String line(int longest) throws IOException, MultipartException {
    int scanned = start;
    while (true) {
      while (scanned + 1 < end && !(buffer[scanned] == '\r' && buffer[scanned + 1] == '\n')) {
        scanned++;
      }
      if (scanned - start > longest) {
        throw new MultipartException(
            Fault.HEAD_TOO_LONG, "the head of a part exceeds " + LONGEST_HEAD + " bytes");
      }
      if (scanned + 1 < end) {
        String line = utf8(start, scanned);
        start = scanned + 2;
        return line;
      }
      scanned -= start;
      fill();
    }
  }

  private String utf8(int from, int to) throws MultipartException {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(buffer, from, to - from)).toString();
    } catch (CharacterCodingException e) {
      throw new MultipartException(Fault.NO_NAME, "the head of a part is not UTF-8");
    }
  }

  /** Reads more of the body. Fails at its end. */
  private void fill() throws IOException, MultipartException {
    if (endOfBody) {
      throw new MultipartException(
          Fault.CUT_OFF,
          bareLineFeed
              ? "a line ends with LF alone; a form needs CR LF after every line"
              : "the body ends before its closing boundary");
    }
    refill();
  }

  private void refill() throws IOException {
    System.arraycopy(buffer, start, buffer, 0, end - start);
    end -= start;
    start = 0;
    int wanted = buffer.length - end;
    int got = in.readNBytes(buffer, end, wanted);
    end += got;
    endOfBody = got < wanted;
  }
}
