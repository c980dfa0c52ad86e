package io.osspost.emulator.internal.ram;

/** Reports a text that is not a RAM policy. The message is the reason. */
public final class MalformedPolicyException extends Exception {
  private static final long serialVersionUID = 1L;

  MalformedPolicyException(String why) {
    super(why);
  }

  MalformedPolicyException(String why, Throwable cause) {
    super(why, cause);
  }
}
