package io.osspost.emulator.journal;

import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The latest requests and their verdicts, for a test to read: an entry is there before its answer
 * arrives. Holds {@value #MOST} entries and forgets the oldest. Thread-safe.
 */
public final class Journal {
  static final int MOST = 1000;

  private final Clock clock;
  private final Deque<JournalEntry> entries = new ArrayDeque<>();

  public Journal(Clock clock) {
    this.clock = clock;
  }

  /** All entries, the oldest first; a copy. */
  public synchronized List<JournalEntry> entries() {
    return List.copyOf(entries);
  }

  /** The latest entry, if there is one. */
  public synchronized Optional<JournalEntry> last() {
    return Optional.ofNullable(entries.peekLast());
  }

  /** The entry of the answer with this {@code x-oss-request-id}. */
  public synchronized Optional<JournalEntry> of(String requestId) {
    return entries.stream().filter(entry -> entry.requestId().equals(requestId)).findFirst();
  }

  /** Forgets every entry. */
  public synchronized void clear() {
    entries.clear();
  }

  /** Writes down one verdict; called by the servers of the emulator. */
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

  /** Every entry on a line of its own. */
  @Override
  public synchronized String toString() {
    StringBuilder lines = new StringBuilder();
    entries.forEach(entry -> lines.append(entry).append('\n'));
    return lines.toString();
  }
}
