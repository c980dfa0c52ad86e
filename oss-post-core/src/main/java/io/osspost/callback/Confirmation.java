package io.osspost.callback;

import java.util.Locale;

/** Whether the server has looked at an uploaded object. */
public enum Confirmation {
  /** Confirmed: the object is the one that the callback reported. */
  CONFIRMED,
  /**
   * Confirmed, but a newer object of the same grant exists. Size, type and ETag are those of the
   * newer one.
   */
  SUPERSEDED,
  /** Not confirmed: size, type and ETag are as the callback reported them. */
  UNCONFIRMED;

  /** {@return the confirmation as metrics name it, such as {@code superseded}} */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
