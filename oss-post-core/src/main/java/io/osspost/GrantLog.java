package io.osspost;

import java.lang.System.Logger.Level;

/** Logs under the name of {@link UploadGrants}, and makes the logger only when it is needed. */
final class GrantLog {
  // The JDK takes longer to make a logger than we take for a grant.
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
