package io.osspost.sts.cache;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.PriorityQueue;

/** A clock that only moves when a test advances it, and the timers that fire on the way. */
public final class VirtualTime extends Clock implements RefreshTimer {
  private record Ring(Instant at, long order, Runnable task) {}

  private final PriorityQueue<Ring> rings =
      new PriorityQueue<>(Comparator.comparing(Ring::at).thenComparingLong(Ring::order));
  private volatile Instant now = Instant.parse("2026-11-22T10:00:00Z");
  private long order;
  private boolean closed;

  @Override
  public synchronized void in(Duration delay, Runnable task) {
    if (!closed) {
      rings.add(new Ring(now.plus(delay), order++, task));
    }
  }

  /** Runs the due tasks, one after the other, each at its time. */
  public void pass(Duration span) {
    Instant end = now.plus(span);
    for (Ring ring = due(end); ring != null; ring = due(end)) {
      if (ring.at.isAfter(now)) {
        now = ring.at;
      }
      ring.task.run();
    }
    now = end;
  }

  /** Advances without running a task, as if all of them were late. */
  public void jump(Duration span) {
    now = now.plus(span);
  }

  private synchronized Ring due(Instant end) {
    Ring next = rings.peek();
    return next == null || next.at.isAfter(end) ? null : rings.poll();
  }

  synchronized int waiting() {
    return rings.size();
  }

  @Override
  public synchronized void close() {
    closed = true;
    rings.clear();
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public long millis() {
    return now.toEpochMilli();
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this; // No test needs the time of another zone.
  }
}
