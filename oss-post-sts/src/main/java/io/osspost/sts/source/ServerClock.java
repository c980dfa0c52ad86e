package io.osspost.sts.source;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/**
 * The local clock, corrected by the time of STS. Small differences are ignored, because a Date
 * header has whole seconds, and OSS tolerates minutes. Thread-safe.
 */
public final class ServerClock extends Clock {
  private static final Logger LOG = System.getLogger(ServerClock.class.getName());
  private static final Duration TOLERATED = Duration.ofMinutes(5);

  private final Clock local;
  private volatile long correctionMillis;

  public ServerClock(Clock local) {
    this.local = local;
  }

  /** Records the server's time from a response that has just arrived. */
  void learn(Instant serverTime) {
    long ahead = local.millis() - serverTime.toEpochMilli();
    boolean wrong = Math.abs(ahead) > TOLERATED.toMillis();
    if (wrong && !isCorrected()) {
      LOG.log(
          Level.WARNING,
          "This machine''s clock is {0} seconds {1} STS. Grants are signed with the time of "
              + "STS. Correct the clock.",
          String.valueOf(Math.abs(ahead) / 1000),
          ahead > 0 ? "ahead of" : "behind");
    } else if (!wrong && isCorrected()) {
      LOG.log(Level.INFO, "This machine''s clock agrees with STS again.");
    }
    correctionMillis = wrong ? -ahead : 0;
  }

  boolean isCorrected() {
    return correctionMillis != 0;
  }

  @Override
  public long millis() {
    return local.millis() + correctionMillis;
  }

  @Override
  public Instant instant() {
    return local.instant().plusMillis(correctionMillis);
  }

  @Override
  public ZoneId getZone() {
    return local.getZone();
  }

  /** Returns a copy with the current correction. Later corrections do not change it. */
  @Override
  public Clock withZone(ZoneId zone) {
    return Clock.offset(local.withZone(zone), Duration.ofMillis(correctionMillis));
  }
}
