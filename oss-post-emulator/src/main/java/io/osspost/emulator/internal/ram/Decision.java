package io.osspost.emulator.internal.ram;

/** What a set of policies says about one request. */
public enum Decision {
  ALLOW,
  /** A statement denies it: nothing else can allow it. */
  EXPLICIT_DENY,
  /** No statement speaks of it. */
  IMPLICIT_DENY
}
