package io.osspost.examples.plain;

import io.osspost.ledger.GrantState;
import io.osspost.ledger.LeasedGrant;
import io.osspost.ledger.LedgerReader;
import io.osspost.ledger.LedgerSummary;
import io.osspost.ledger.OpenGrant;
import io.osspost.ledger.UploadLedger;
import io.osspost.ticket.GrantTerms;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** A ledger of the application's own, in memory. It is lost when the process ends. */
public final class OwnLedger implements UploadLedger, LedgerReader {
  private static final Instant NEVER = Instant.MAX;

  private final Map<UUID, Row> rows = new HashMap<>();

  private record Row(
      GrantTerms terms, Optional<String> uploadId, GrantState state, Instant dueAt, long fence) {
    Row with(GrantState changed, Instant due, long number) {
      return new Row(terms, uploadId, changed, due, number);
    }

    boolean waits() {
      return !dueAt.equals(NEVER);
    }
  }

  @Override
  public synchronized void granted(GrantTerms terms, Optional<String> uploadId, Instant dueAt) {
    Row known = rows.get(terms.grantId());
    boolean ended =
        known != null && known.state() != GrantState.OPEN && known.state() != GrantState.ABSENT;
    if (!ended) {
      long fence = known == null ? 0 : known.fence() + 1;
      rows.put(terms.grantId(), new Row(terms, uploadId, GrantState.OPEN, dueAt, fence));
    }
  }

  @Override
  public synchronized Optional<GrantState> reported(GrantTerms terms, boolean lookAgain) {
    Row known = rows.get(terms.grantId());
    if (known == null) {
      return Optional.empty();
    }
    boolean inTime = known.state() == GrantState.OPEN || known.state() == GrantState.REPORTED;
    GrantState state = inTime ? GrantState.REPORTED : GrantState.LATE;
    Instant due = lookAgain ? known.dueAt() : NEVER;
    rows.put(terms.grantId(), known.with(state, due, known.fence()));
    return Optional.of(state);
  }

  @Override
  public synchronized List<LeasedGrant> lease(Instant now, Duration lease, int limit) {
    List<Row> due = waiting().stream().filter(row -> !row.dueAt().isAfter(now)).toList();
    return due.stream().limit(limit).map(row -> leased(row, now.plus(lease))).toList();
  }

  private LeasedGrant leased(Row row, Instant until) {
    rows.put(row.terms().grantId(), row.with(row.state(), until, row.fence() + 1));
    return new LeasedGrant(row.terms(), row.uploadId(), row.state(), row.fence() + 1);
  }

  @Override
  public synchronized boolean mark(
      LeasedGrant grant, GrantState state, Optional<Instant> lookAgain) {
    Row known = rows.get(grant.terms().grantId());
    if (known == null || known.fence() != grant.fence()) {
      return false;
    }
    rows.put(grant.terms().grantId(), known.with(state, lookAgain.orElse(NEVER), known.fence()));
    return true;
  }

  @Override
  public synchronized LedgerSummary summary() {
    List<Row> waiting = waiting();
    return new LedgerSummary(
        waiting.stream().collect(Collectors.groupingBy(Row::state, Collectors.counting())),
        waiting.stream().map(Row::dueAt).findFirst());
  }

  @Override
  public synchronized List<OpenGrant> open(int limit) {
    return waiting().stream()
        .filter(row -> row.state() == GrantState.OPEN)
        .limit(limit)
        .map(row -> new OpenGrant(row.terms(), row.dueAt()))
        .toList();
  }

  /** Returns the grants whose objects are still looked at, the first one first. */
  private List<Row> waiting() {
    return rows.values().stream()
        .filter(Row::waits)
        .sorted(Comparator.comparing(Row::dueAt))
        .toList();
  }
}
