package io.osspost.emulator.internal.http;

import java.io.IOException;

/**
 * Reports a request that is not valid HTTP, or is too long. The connection is closed after the
 * response.
 */
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
