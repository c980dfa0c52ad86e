package io.osspost.benchmarks;

/** Makes the bytes of an answer that lets a caller upload. Thread-safe. */
@FunctionalInterface
interface Granter {
  /** Returns the answer for {@code caller}, which may upload into a directory of that name. */
  byte[] grant(String caller);
}
