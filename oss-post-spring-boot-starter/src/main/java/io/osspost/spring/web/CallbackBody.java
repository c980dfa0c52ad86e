package io.osspost.spring.web;

import static io.osspost.callback.CallbackRequest.MAX_BODY_BYTES;

import java.io.ByteArrayOutputStream;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;

/**
 * The body of a callback. A body that is too large is read to its end, but not kept: a server whose
 * reading is cancelled may use the rest as the next request of that connection. Not thread-safe.
 */
final class CallbackBody {
  /** The number of bytes that are read at most. Servlet containers skip as many. */
  private static final int LONGEST = 2 << 20;

  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private int size;

  /**
   * Adds and releases a part of the body.
   *
   * @throws DataBufferLimitException if the body has more than 2 MB
   */
  void add(DataBuffer part) {
    size += part.readableByteCount();
    byte[] bytes = new byte[size > MAX_BODY_BYTES ? 0 : part.readableByteCount()];
    part.read(bytes);
    kept.writeBytes(bytes);
    DataBufferUtils.release(part);
    if (size > LONGEST) {
      throw new DataBufferLimitException("The body has more than " + LONGEST + " bytes");
    }
  }

  /** Returns the body. Of a body that is too large, the endpoints only need the size. */
  byte[] bytes() {
    return size > MAX_BODY_BYTES ? new byte[MAX_BODY_BYTES + 1] : kept.toByteArray();
  }
}
