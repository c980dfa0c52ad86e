package io.osspost.wire;

import java.io.Serial;

/** Reports malformed JSON: the fault and its position. Quotes nothing of the text. */
public final class MalformedJsonException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  private final int position;

  MalformedJsonException(String what, int position) {
    super(what + " at position " + position);
    this.position = position;
  }

  /** The number of characters before the fault; of bytes if the text is not UTF-8. */
  public int position() {
    return position;
  }
}
