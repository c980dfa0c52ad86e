package io.osspost.emulator.internal.protocol;

/** Supplies the CORS rules of each bucket. Called from many threads at once. */
@FunctionalInterface
public interface CorsPolicy {
  /** Returns the rules of {@code bucket}, which may not exist. */
  CorsRules of(String bucket);
}
