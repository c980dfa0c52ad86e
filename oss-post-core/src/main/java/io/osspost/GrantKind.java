package io.osspost;

import java.util.Locale;
import java.util.Optional;

/** The kind of a grant. The operator chooses the kinds of each profile. */
public enum GrantKind {
  /** A form, whose policy OSS checks: name, size, type and every other field. */
  POST,
  /**
   * An upload in parts that the server completes: it checks size and type for files of any size,
   * and the client can resume.
   */
  MULTIPART,
  /**
   * A presigned URL for one object: OSS checks its name and type, and its size only if the profile
   * signs the length.
   */
  PUT,
  /** A security token for one directory: OSS checks neither size nor type. */
  TOKEN;

  /**
   * {@return the kind as settings name it: {@code post}, {@code multipart}, {@code put}, {@code
   * token}}
   */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * {@return the kind with that code; empty if there is none}
   *
   * @param code a name in lower case, as {@link #code} returns it
   */
  public static Optional<GrantKind> of(String code) {
    for (GrantKind kind : values()) {
      if (kind.code().equals(code)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }
}
