package io.osspost.ledger;

import io.osspost.ticket.GrantTerms;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A ledger in memory, which can be unavailable. */
public final class MemoryLedger implements UploadLedger {
  private final Map<UUID, Row> rows = new LinkedHashMap<>();
  private boolean available = true;

  private record Row(
      GrantTerms terms,
      Optional<String> uploadId,
      GrantState state,
      @Nullable Instant dueAt,
      long fence) {
    Row with(GrantState changed, @Nullable Instant due, long number) {
      return new Row(terms, uploadId, changed, due, number);
    }
  }

  public synchronized void available(boolean answers) {
    available = answers;
  }

  /** Returns the states in the order of the grants. */
  public synchronized List<GrantState> states() {
    return rows.values().stream().map(Row::state).toList();
  }

  /** Returns the number of objects that are looked at some time. */
  public synchronized long waiting() {
    return rows.values().stream().filter(row -> row.dueAt != null).count();
  }

  @Override
  public synchronized void granted(GrantTerms terms, Optional<String> uploadId, Instant dueAt) {
    requireAvailable();
    Row known = rows.get(terms.grantId());
    if (known == null) {
      rows.put(terms.grantId(), new Row(terms, uploadId, GrantState.OPEN, dueAt, 0));
    } else if (known.state == GrantState.OPEN || known.state == GrantState.ABSENT) {
      rows.put(terms.grantId(), new Row(terms, uploadId, GrantState.OPEN, dueAt, known.fence + 1));
    }
  }

  @Override
  public synchronized Optional<GrantState> reported(GrantTerms terms, boolean lookAgain) {
    requireAvailable();
    return Optional.ofNullable(
            rows.computeIfPresent(
                terms.grantId(),
                (id, row) ->
                    row.with(
                        row.state == GrantState.OPEN || row.state == GrantState.REPORTED
                            ? GrantState.REPORTED
                            : GrantState.LATE,
                        lookAgain ? row.dueAt : null,
                        row.fence)))
        .map(Row::state);
  }

  @Override
  public synchronized List<LeasedGrant> lease(Instant now, Duration lease, int limit) {
    requireAvailable();
    List<LeasedGrant> leased = new ArrayList<>();
    for (Map.Entry<UUID, Row> entry : rows.entrySet()) {
      Row row = entry.getValue();
      if (leased.size() < limit && row.dueAt != null && !row.dueAt.isAfter(now)) {
        entry.setValue(row.with(row.state, now.plus(lease), row.fence + 1));
        leased.add(new LeasedGrant(row.terms, row.uploadId, row.state, row.fence + 1));
      }
    }
    return leased;
  }

  @Override
  public synchronized boolean mark(
      LeasedGrant grant, GrantState state, Optional<Instant> lookAgain) {
    requireAvailable();
    Row row = rows.get(grant.terms().grantId());
    if (row == null || row.fence != grant.fence()) {
      return false;
    }
    rows.put(grant.terms().grantId(), row.with(state, lookAgain.orElse(null), row.fence));
    return true;
  }

  private void requireAvailable() {
    if (!available) {
      throw new StoreUnavailableException(
          "The database does not answer. Start it.", new IllegalStateException("down"));
    }
  }
}
