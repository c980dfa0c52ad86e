package io.osspost.java8;

import io.osspost.edition.Replaces;

/** The levels of {@link Logger}. */
@Replaces("java.lang.System$Logger$Level")
@SuppressWarnings("ImmutableEnumChecker")
public enum Level {
  TRACE(java.util.logging.Level.FINER),
  DEBUG(java.util.logging.Level.FINE),
  INFO(java.util.logging.Level.INFO),
  WARNING(java.util.logging.Level.WARNING),
  ERROR(java.util.logging.Level.SEVERE);

  private final java.util.logging.Level level;

  Level(java.util.logging.Level level) {
    this.level = level;
  }

  /** Returns the level of {@code java.util.logging} that the JDK uses for this one. */
  java.util.logging.Level level() {
    return level;
  }
}
