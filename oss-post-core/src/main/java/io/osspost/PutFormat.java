package io.osspost;

import java.util.Locale;
import java.util.Optional;

/**
 * The format of the response with a presigned PUT. It determines which headers are signed, because
 * the page sends only those.
 */
public enum PutFormat {
  /** JSON with the URL and its headers, for pages that send the headers of the response. */
  FORM,

  /** The bare URL as text, for pages that send the file's type and no other header. */
  TEXT;

  /** {@return the format as requests and settings name it: {@code form}, {@code text}} */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * {@return the format with that code; empty if there is none}
   *
   * @param code a name in lower case, as {@link #code} returns it
   */
  public static Optional<PutFormat> of(String code) {
    for (PutFormat format : values()) {
      if (format.code().equals(code)) {
        return Optional.of(format);
      }
    }
    return Optional.empty();
  }
}
