package io.osspost.emulator.clock;

import io.osspost.emulator.internal.text.DurationText;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/**
 * The emulator's clock, which a test may set. It then continues from that time, at the speed of the
 * original clock. Thread-safe.
 */
public final class EmulatorClock extends Clock {
  private static final Instant EARLIEST = Instant.EPOCH;
  private static final Instant LATEST = Instant.parse("9000-01-01T00:00:00Z");

  private final Clock base;
  private volatile Duration ahead = Duration.ZERO;

  public EmulatorClock(Clock base) {
    this.base = base;
  }

  /**
   * Sets the time to {@code now}.
   *
   * @throws IllegalArgumentException if OSS's calendar does not reach it
   */
  public void set(Instant now) {
    check(now);
    ahead = Duration.between(base.instant(), now);
  }

  /**
   * Advances the time by {@code duration}, or sets it back if that is negative.
   *
   * @throws IllegalArgumentException if OSS's calendar does not reach it
   */
  public synchronized void advance(Duration duration) {
    try {
      check(instant().plus(duration));
    } catch (DateTimeException | ArithmeticException e) {
      throw new IllegalArgumentException(
          "The clock cannot be moved by " + DurationText.of(duration) + ".", e);
    }
    ahead = ahead.plus(duration);
  }

  /** Returns to the time of the original clock. */
  public void reset() {
    ahead = Duration.ZERO;
  }

  private static void check(Instant now) {
    if (now.isBefore(EARLIEST) || now.isAfter(LATEST)) {
      throw new IllegalArgumentException(
          "The clock cannot show " + now + ". Set it between " + EARLIEST + " and " + LATEST + ".");
    }
  }

  @Override
  public Instant instant() {
    return base.instant().plus(ahead);
  }

  @Override
  public ZoneId getZone() {
    return base.getZone();
  }

  /** Returns a clock for another zone. Later changes of this clock do not affect it. */
  @Override
  public Clock withZone(ZoneId zone) {
    return Clock.offset(base.withZone(zone), ahead);
  }

  @Override
  public String toString() {
    return "EmulatorClock[" + instant() + "]";
  }
}
