package io.osspost.wire;

import java.io.Serial;

/**
 * Thrown if a text is not a valid flat JSON object. The message states the fault and its position,
 * and quotes nothing of the text.
 */
public final class MalformedJsonException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  private final int position;

  MalformedJsonException(String problem, int position) {
    super(problem + " at position " + position);
    this.position = position;
  }

  /** The number of characters before the fault; of bytes if the text is not UTF-8. */
  public int position() {
    return position;
  }
}
