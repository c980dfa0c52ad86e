package io.osspost.wire;

import java.io.Serial;

/** A text that is not the JSON we read: what was found, and where. Quotes nothing of the text. */
public final class MalformedJsonException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  private final int position;

  MalformedJsonException(String what, int position) {
    super(what + " at position " + position);
    this.position = position;
  }

  /** The characters before the fault; bytes, when the text is not even UTF-8. */
  public int position() {
    return position;
  }
}
