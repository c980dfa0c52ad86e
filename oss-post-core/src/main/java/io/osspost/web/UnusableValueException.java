package io.osspost.web;

import java.io.Serial;

/** Thrown if the session has a user without a usable name. The message continues "It ...". */
final class UnusableValueException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  UnusableValueException(String fact) {
    super(fact);
  }
}
