package io.osspost.callback;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;

/** Remembers the latest events of this process, as many as it may. */
final class RecentEvents implements UploadCallbacks.Memory {
  private final int capacity;
  private final Set<String> events = new LinkedHashSet<>();

  RecentEvents(int capacity) {
    this.capacity = capacity;
  }

  @Override
  public synchronized boolean isFirst(String event, Instant until) {
    if (!events.add(event)) {
      return false;
    }
    if (events.size() > capacity) {
      events.remove(events.iterator().next());
    }
    return true;
  }

  @Override
  public synchronized void forget(String event) {
    events.remove(event);
  }
}
