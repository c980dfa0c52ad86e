package io.osspost.benchmarks;

/** One way from nothing to the bytes of an answer that lets a caller upload. Thread-safe. */
@FunctionalInterface
interface Granter {
  /** The answer for {@code caller}, who may upload into a directory of that name. */
  byte[] grant(String caller);
}
