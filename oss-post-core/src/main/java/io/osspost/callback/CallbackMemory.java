package io.osspost.callback;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Remembers the reported events, so that the listener receives each event once. Must be
 * thread-safe. Several servers must share one memory.
 */
public interface CallbackMemory {
  /** The state of an event. */
  enum State {
    /** The event was unknown, and the caller now works on it. */
    CLAIMED,
    /** Another call works on the event. */
    IN_PROGRESS,
    /** The listener received the event. */
    DONE
  }

  /**
   * Claims an event, unless it is known.
   *
   * @param grantId the id of the grant whose upload the event reports
   * @param eventId the id of the event: at most 100 ASCII characters
   * @param until when the ticket of the grant is no longer accepted; the event may be forgotten
   *     then
   * @return {@code CLAIMED} to exactly one of any number of concurrent calls
   */
  State claim(UUID grantId, String eventId, Instant until);

  /**
   * Marks a claimed event as received by the listener.
   *
   * @param grantId the id of the grant whose upload the event reports
   * @param eventId the id of the event
   * @param answer the answer of the listener for the page, as JSON of at most 4 KB
   */
  void done(UUID grantId, String eventId, Optional<String> answer);

  /**
   * {@return the answer that {@link #done} received; empty if there was none, or the event is
   * forgotten}
   *
   * @param grantId the id of the grant whose upload the event reports
   * @param eventId the id of the event
   */
  Optional<String> answer(UUID grantId, String eventId);

  /**
   * Forgets a claimed event, because the listener failed.
   *
   * @param grantId the id of the grant whose upload the event reports
   * @param eventId the id of the event
   */
  void release(UUID grantId, String eventId);

  /**
   * {@return whether an event of that grant is in progress or done}
   *
   * @param grantId the id of the grant
   */
  boolean isReported(UUID grantId);

  /**
   * Returns a memory of this process that keeps the last {@code capacity} events. If the callback
   * of an older event is repeated, the listener receives that event again.
   *
   * @param capacity the number of events, at least 1
   * @return the memory, empty
   * @throws IllegalArgumentException if {@code capacity} is less than 1
   */
  static CallbackMemory inProcess(int capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException(
          "The capacity " + capacity + " is too small. Choose at least 1.");
    }
    return new RecentEvents(capacity);
  }

  /** {@return a memory of the last 100,000 events in this process} */
  static CallbackMemory inProcess() {
    return inProcess(100_000);
  }
}
