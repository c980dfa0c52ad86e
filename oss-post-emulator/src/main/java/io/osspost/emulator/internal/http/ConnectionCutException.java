package io.osspost.emulator.internal.http;

import java.io.IOException;

/** The connection shall end here, without an answer or in the middle of one. */
final class ConnectionCutException extends IOException {
  private static final long serialVersionUID = 1L;

  ConnectionCutException(String why) {
    super(why);
  }
}
