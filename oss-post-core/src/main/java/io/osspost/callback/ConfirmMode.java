package io.osspost.callback;

import java.util.Locale;

/** Whether the server looks at the object before it reports an upload. */
public enum ConfirmMode {
  /** Confirms if the server's credentials permit it. Otherwise events are marked as unconfirmed. */
  AUTO,
  /** Always confirms. A callback fails if the credentials do not permit it. */
  REQUIRED,
  /** Never confirms. */
  OFF;

  /** {@return the code as settings name it: {@code auto}, {@code required}, {@code off}} */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
