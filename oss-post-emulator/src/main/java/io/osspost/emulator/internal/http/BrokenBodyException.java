package io.osspost.emulator.internal.http;

import java.io.IOException;

/** The body of a request did not come as it was announced. Carries what OSS answers then. */
final class BrokenBodyException extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient OssError error;

  private BrokenBodyException(OssError error, String why) {
    super(why);
    this.error = error;
  }

  static BrokenBodyException incomplete(String why) {
    return new BrokenBodyException(
        OssError.of(
                400,
                "IncompleteBody",
                "You did not provide the number of bytes specified by the Content-Length HTTP"
                    + " header.")
            .ec("0017-00000505"),
        why);
  }

  static BrokenBodyException stalled(String why) {
    return new BrokenBodyException(
        OssError.of(
                400,
                "RequestTimeout",
                "Your socket connection to the server was not read from or written to within the"
                    + " timeout period. Idle connections will be closed.")
            .ec("0017-00000704"),
        why);
  }

  OssError error() {
    return error;
  }
}
