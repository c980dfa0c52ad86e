package io.osspost.emulator.internal.post;

/** The body is not well-formed {@code multipart/form-data}. */
final class MultipartException extends Exception {
  private static final long serialVersionUID = 1L;

  /** What is wrong with the body. */
  enum Fault {
    /** It ends before its closing boundary. */
    CUT_OFF,
    /** A part has no usable {@code Content-Disposition}. */
    NO_NAME,
    /** The lines before a part's content are longer than any field name may be. */
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
