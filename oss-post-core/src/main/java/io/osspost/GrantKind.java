package io.osspost;

import java.util.Locale;
import java.util.Optional;

/** What a client may be given; which of them a profile gives is the operator's choice. */
public enum GrantKind {
  /** A form OSS takes once it keeps a policy: name, size, type and every other field. */
  POST,
  /** A URL OSS takes one object at: its name and type, but not its size. */
  PUT;

  /** The kind as settings name it: {@code post}, {@code put}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The kind that {@code code} names. */
  public static Optional<GrantKind> of(String code) {
    for (GrantKind kind : values()) {
      if (kind.code().equals(code)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }
}
