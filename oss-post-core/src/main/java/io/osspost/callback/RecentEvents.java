package io.osspost.callback;

import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Remembers the latest events of this process, up to a fixed number. Events in progress are kept
 * even if newer events arrive.
 */
final class RecentEvents implements CallbackMemory {
  private final int capacity;

  /** The grant and state of each event, the oldest first. */
  private final Map<String, Event> events = new LinkedHashMap<>();

  private final Map<UUID, Integer> eventsOfGrant = new HashMap<>();

  private record Event(UUID grantId, State state, Optional<String> answer) {}

  RecentEvents(int capacity) {
    this.capacity = capacity;
  }

  @Override
  public synchronized State claim(UUID grantId, String eventId, Instant until) {
    Event known = events.get(eventId);
    if (known != null) {
      return known.state;
    }
    events.put(eventId, new Event(grantId, State.IN_PROGRESS, Optional.empty()));
    eventsOfGrant.merge(grantId, 1, Integer::sum);
    makeRoom();
    return State.CLAIMED;
  }

  @Override
  public synchronized void done(UUID grantId, String eventId, Optional<String> answer) {
    events.computeIfPresent(eventId, (id, known) -> new Event(known.grantId, State.DONE, answer));
  }

  @Override
  public synchronized Optional<String> answer(UUID grantId, String eventId) {
    Event known = events.get(eventId);
    return known == null ? Optional.empty() : known.answer;
  }

  @Override
  public synchronized void release(UUID grantId, String eventId) {
    Event known = events.remove(eventId);
    if (known != null) {
      forget(known);
    }
  }

  @Override
  public synchronized boolean isReported(UUID grantId) {
    return eventsOfGrant.containsKey(grantId);
  }

  private void makeRoom() {
    Iterator<Event> oldest = events.values().iterator();
    int surplus = events.size() - capacity;
    while (surplus > 0 && oldest.hasNext()) {
      Event event = oldest.next();
      if (event.state == State.DONE) {
        oldest.remove();
        forget(event);
        surplus--;
      }
    }
  }

  private void forget(Event event) {
    eventsOfGrant.computeIfPresent(event.grantId, (grantId, count) -> count > 1 ? count - 1 : null);
  }
}
