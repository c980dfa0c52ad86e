package io.osspost.callback;

import java.util.Locale;

/** Whether an upload is reported only after the server has seen the object itself. */
public enum ConfirmMode {
  /** If the server's credentials permit it; otherwise events are marked as unconfirmed. */
  AUTO,
  /** Always; a callback fails if the credentials do not permit it. */
  REQUIRED,
  /** Never. */
  OFF;

  /** {@return the code as settings name it: {@code auto}, {@code required}, {@code off}} */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
