package io.osspost.web;

import io.osspost.wire.LogText;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Logs refused callbacks, confirmations or callers, at most one line per minute and reason, because
 * anyone can send such requests. Thread-safe.
 */
final class RefusalLog {
  private static final long MINUTE_NANOS = 60_000_000_000L;

  private final Logger logger;
  private final LongSupplier nanoTime;
  private final String event;
  private final Map<String, Minute> minutes = new ConcurrentHashMap<>();

  /** The start of the current minute, and the number of omitted lines since then. */
  private record Minute(long start, long leftOut) {}

  /**
   * Creates a log.
   *
   * @param event the start of each line, such as "Callback refused"
   */
  RefusalLog(Logger logger, LongSupplier nanoTime, String event) {
    this.logger = logger;
    this.nanoTime = nanoTime;
    this.event = event;
  }

  /** Logs a refusal, or counts it. */
  void refused(String reason, String message) {
    long now = nanoTime.getAsLong();
    long[] leftOut = {-1};
    minutes.compute(
        reason,
        (key, minute) -> {
          if (minute != null && now - minute.start < MINUTE_NANOS) {
            return new Minute(minute.start, minute.leftOut + 1);
          }
          leftOut[0] = minute == null ? 0 : minute.leftOut;
          return new Minute(now, 0);
        });
    if (leftOut[0] >= 0) {
      String more = leftOut[0] == 0 ? "" : " (" + leftOut[0] + " more since the last line)";
      logger.log(Level.WARNING, event + ", " + reason + more + ": " + LogText.of(message));
    }
  }
}
