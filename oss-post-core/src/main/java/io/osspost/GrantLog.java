package io.osspost;

import java.lang.System.Logger.Level;

/** Logs under the name of {@link UploadGrants}. Creates the logger at the first message. */
final class GrantLog {
  // Creating a JDK logger takes longer than signing a grant.
  private GrantLog() {}

  static void warn(String text) {
    log(Level.WARNING, text);
  }

  static void info(String text) {
    log(Level.INFO, text);
  }

  private static void log(Level level, String text) {
    System.getLogger("io.osspost.UploadGrants").log(level, text);
  }
}
