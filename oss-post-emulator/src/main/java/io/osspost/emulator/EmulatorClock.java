package io.osspost.emulator;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/**
 * The emulator's clock, which a test may set: it then goes on from there, at the pace of the clock
 * it was given. Thread-safe.
 */
public final class EmulatorClock extends Clock {
  private final Clock base;
  private volatile Duration ahead = Duration.ZERO;

  EmulatorClock(Clock base) {
    this.base = base;
  }

  /** Makes it {@code now}. */
  public void set(Instant now) {
    ahead = Duration.between(base.instant(), now);
  }

  /** Lets {@code duration} pass; back in time when it is negative. */
  public synchronized void advance(Duration duration) {
    ahead = ahead.plus(duration);
  }

  /** Shows the time of the clock it was given again. */
  public void reset() {
    ahead = Duration.ZERO;
  }

  @Override
  public Instant instant() {
    return base.instant().plus(ahead);
  }

  @Override
  public ZoneId getZone() {
    return base.getZone();
  }

  /** The same clock for another zone; it is not set with this one. */
  @Override
  public Clock withZone(ZoneId zone) {
    return Clock.offset(base.withZone(zone), ahead);
  }

  @Override
  public String toString() {
    return "EmulatorClock[" + instant() + "]";
  }
}
