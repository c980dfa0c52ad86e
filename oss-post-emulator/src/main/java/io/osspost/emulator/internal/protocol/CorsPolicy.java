package io.osspost.emulator.internal.protocol;

/** Knows the CORS rules of each bucket. Called from many threads at once. */
@FunctionalInterface
public interface CorsPolicy {
  /** Returns the rules of {@code bucket}, which need not exist. */
  CorsRules of(String bucket);
}
