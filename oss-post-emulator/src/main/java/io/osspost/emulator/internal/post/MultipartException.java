package io.osspost.emulator.internal.post;

/** Reports a body that is not well-formed {@code multipart/form-data}. */
final class MultipartException extends Exception {
  private static final long serialVersionUID = 1L;

  /** The kind of fault. */
  enum Fault {
    /** The body ends before its closing boundary. */
    CUT_OFF,
    /** A part has no usable {@code Content-Disposition}. */
    NO_NAME,
    /** The header lines of a part are too long. */
    HEAD_TOO_LONG
  }

  private final Fault fault;
  private final String why;

  MultipartException(Fault fault, String why) {
    super(why);
    this.fault = fault;
    this.why = why;
  }

  String why() {
    return why;
  }

  Fault fault() {
    return fault;
  }
}
