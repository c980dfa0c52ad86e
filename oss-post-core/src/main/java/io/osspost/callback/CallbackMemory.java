package io.osspost.callback;

import java.time.Instant;
import java.util.UUID;

/**
 * Remembers the events that the listener received. Called from several threads at once. Several
 * servers need a memory that they share.
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
   * Claims {@code event}, unless it is known.
   *
   * @param grantId the grant that the event belongs to
   * @param event at most 100 ASCII characters
   * @param until when the ticket behind it expires; the event may be forgotten then
   * @return {@code CLAIMED} to exactly one of any number of concurrent calls
   */
  State claim(UUID grantId, String event, Instant until);

  /**
   * Marks a claimed event as received by the listener.
   *
   * @param grantId the grant that the event belongs to
   * @param event the event
   */
  void done(UUID grantId, String event);

  /**
   * Forgets a claimed event, because the listener failed.
   *
   * @param grantId the grant that the event belongs to
   * @param event the event
   */
  void release(UUID grantId, String event);

  /**
   * {@return whether an event of that grant is in progress or done}
   *
   * @param grantId the grant
   */
  boolean isReported(UUID grantId);

  /**
   * Remembers in this process only, and the last {@code capacity} events only: an older one that
   * comes again is an event again.
   *
   * @param capacity how many, at least 1
   * @return the memory, empty
   * @throws IllegalArgumentException if {@code capacity} is less
   */
  static CallbackMemory inProcess(int capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException(
          "A memory of " + capacity + " events is too small. Choose at least 1.");
    }
    return new RecentEvents(capacity);
  }

  /** {@return a memory of the last 100,000 events in this process} */
  static CallbackMemory inProcess() {
    return inProcess(100_000);
  }
}
