package io.osspost.emulator.internal.http;

import java.io.IOException;

/** What came is not HTTP, or more of it than is taken. The connection ends with this answer. */
final class BadRequestException extends IOException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String why;

  BadRequestException(int status, String why) {
    super(why);
    this.status = status;
    this.why = why;
  }

  int status() {
    return status;
  }

  String why() {
    return why;
  }
}
