package io.osspost.emulator.internal.http;

import java.io.IOException;

/** Reports that a request's body does not match its headers. */
public final class BrokenBodyException extends IOException {
  private static final long serialVersionUID = 1L;

  private final boolean stalled;

  private BrokenBodyException(boolean stalled, String why) {
    super(why);
    this.stalled = stalled;
  }

  static BrokenBodyException incomplete(String why) {
    return new BrokenBodyException(false, why);
  }

  static BrokenBodyException stalled(String why) {
    return new BrokenBodyException(true, why);
  }

  /**
   * Returns whether the client stopped sending. Otherwise the body ended too soon, or is malformed.
   */
  public boolean isStalled() {
    return stalled;
  }
}
