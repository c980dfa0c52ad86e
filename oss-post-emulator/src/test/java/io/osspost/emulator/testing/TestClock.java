package io.osspost.emulator.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that a test sets, and that may advance at every reading. Thread-safe. */
public final class TestClock extends Clock {
  private Instant now;
  private Duration step = Duration.ZERO;

  public TestClock(Instant start) {
    this.now = start;
  }

  /** Moves the clock on by {@code time}. */
  public synchronized void advance(Duration time) {
    now = now.plus(time);
  }

  /** Lets the clock advance by {@code time} after every reading. */
  public synchronized void advanceAtEveryReading(Duration time) {
    step = time;
  }

  @Override
  public synchronized Instant instant() {
    Instant read = now;
    now = now.plus(step);
    return read;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
