package io.osspost.callback;

import java.util.Locale;

/** The way in which the server learned of an upload. */
public enum ReportSource {
  /** OSS called back. */
  CALLBACK,
  /** The page reported that it is done. */
  CONFIRMATION,
  /** The server completed an upload in parts. */
  COMPLETION,
  /** The sweep over the ledger found the object. */
  SWEEP;

  /** {@return the source as metrics name it, such as {@code callback}} */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
