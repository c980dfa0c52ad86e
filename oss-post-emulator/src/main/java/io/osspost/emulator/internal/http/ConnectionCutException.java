package io.osspost.emulator.internal.http;

import java.io.IOException;

/** Ends the connection without a response, or in the middle of one. */
public final class ConnectionCutException extends IOException {
  private static final long serialVersionUID = 1L;

  public ConnectionCutException(String why) {
    super(why);
  }
}
