package io.osspost.spring.actuate;

import io.osspost.ledger.GrantState;
import io.osspost.ledger.LedgerReader;
import io.osspost.ledger.LedgerSummary;
import io.osspost.ledger.LedgerView;
import io.osspost.ledger.StoreUnavailableException;
import io.osspost.ledger.SweepStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The state of the ledger and its sweep, for the health endpoint of any Boot version.
 *
 * @param working whether the store answers and the sweep reports uploads
 * @param details numbers, instants and failures, without secrets and names
 */
record LedgerReport(boolean working, Map<String, Object> details) {
  static LedgerReport of(LedgerView ledger) {
    Map<String, Object> details = new LinkedHashMap<>();
    boolean answers = ledger.reader().map(reader -> read(reader, ledger, details)).orElse(true);
    SweepStatus sweep = ledger.sweep();
    details.put("sweepRuns", sweep.running());
    sweep.lastPass().ifPresent(end -> details.put("lastPassAt", end.toString()));
    sweep.problem().ifPresent(problem -> details.put("problem", problem));
    return new LedgerReport(answers && sweep.running() && !sweep.failing(), details);
  }

  private static boolean read(LedgerReader reader, LedgerView ledger, Map<String, Object> details) {
    try {
      LedgerSummary summary = reader.summary();
      details.put("openGrants", summary.waiting(GrantState.OPEN));
      summary
          .oldestDue()
          .ifPresent(
              due -> {
                details.put("oldestDueAt", due.toString());
                details.put("overdueSeconds", overdue(due, ledger.clock().instant()));
              });
      return true;
    } catch (StoreUnavailableException e) {
      details.put("error", String.valueOf(e.getMessage()));
      return false;
    } catch (RuntimeException e) {
      // The message of an application's own ledger may contain anything.
      details.put("error", e.getClass().getName());
      return false;
    }
  }

  private static long overdue(Instant due, Instant now) {
    return Math.max(0, Duration.between(due, now).toSeconds());
  }
}
