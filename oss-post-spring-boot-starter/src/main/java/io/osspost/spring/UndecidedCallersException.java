package io.osspost.spring;

import java.io.Serial;

/** Thrown at startup if no configuration decides which callers may request grants. */
final class UndecidedCallersException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  UndecidedCallersException() {
    super(
        "No configuration decides which callers may upload: Spring Security is not on the "
            + "class path, there is no bean of type CallerAuthorizer, and no property is set.");
  }
}
