package io.osspost.emulator.internal.ram;

/** The decision of a set of policies about one request. */
public enum Decision {
  ALLOW,
  /** A statement denies it, which nothing can override. */
  EXPLICIT_DENY,
  /** No statement applies to it. */
  IMPLICIT_DENY
}
