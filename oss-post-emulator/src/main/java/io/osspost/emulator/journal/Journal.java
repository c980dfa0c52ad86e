package io.osspost.emulator.journal;

import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The latest requests and their results, for a test to read. An entry is added before its response
 * is sent. Keeps {@value #MOST} entries and drops the oldest. Thread-safe.
 */
public final class Journal {
  static final int MOST = 1000;

  private final Clock clock;
  private final Deque<JournalEntry> entries = new ArrayDeque<>();

  public Journal(Clock clock) {
    this.clock = clock;
  }

  /** Returns all entries, the oldest first; a copy. */
  public synchronized List<JournalEntry> entries() {
    return List.copyOf(entries);
  }

  /** Returns the latest entry, if there is one. */
  public synchronized Optional<JournalEntry> last() {
    return Optional.ofNullable(entries.peekLast());
  }

  /** Returns the entry of the response with this {@code x-oss-request-id}. */
  public synchronized Optional<JournalEntry> of(String requestId) {
    return entries.stream().filter(entry -> entry.requestId().equals(requestId)).findFirst();
  }

  /** Removes every entry. */
  public synchronized void clear() {
    entries.clear();
  }

  /** Adds an entry. The emulator's servers call it. */
  public synchronized void record(
      String requestId,
      String method,
      String bucket,
      String key,
      int status,
      Optional<String> code,
      Optional<String> ec,
      String explanation) {
    if (entries.size() == MOST) {
      entries.removeFirst();
    }
    entries.addLast(
        new JournalEntry(
            clock.instant(), requestId, method, bucket, key, status, code, ec, explanation));
  }

  /** Returns every entry on its own line. */
  @Override
  public synchronized String toString() {
    StringBuilder lines = new StringBuilder();
    entries.forEach(entry -> lines.append(entry).append('\n'));
    return lines.toString();
  }
}
