package io.osspost.emulator.internal.ram;

/** A text is not a RAM policy; the message says why. */
public final class MalformedPolicyException extends Exception {
  private static final long serialVersionUID = 1L;

  MalformedPolicyException(String why) {
    super(why);
  }

  MalformedPolicyException(String why, Throwable cause) {
    super(why, cause);
  }
}
