package io.osspost.examples.plain;

import io.osspost.UploadGrants;
import io.osspost.callback.ReportSource;
import io.osspost.callback.UploadedObject;
import io.osspost.ledger.GrantEnd;
import io.osspost.ledger.GrantRecorder;
import io.osspost.ledger.GrantState;
import io.osspost.ledger.LedgerReader;
import io.osspost.ledger.LedgerSummary;
import io.osspost.ledger.LedgerView;
import io.osspost.ledger.OpenGrant;
import io.osspost.ledger.QuotaLedger;
import io.osspost.ledger.SweepStatus;
import io.osspost.ledger.UploadLedger;
import io.osspost.profile.Quota;
import io.osspost.ticket.GrantTerms;
import io.osspost.web.UploadEndpoints;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** Watches the uploads of an application without a framework. */
public final class Operations {
  private Operations() {}

  /** Lets grants be recorded in a ledger, without settings. */
  public static UploadGrants.Builder recorded(UploadGrants.Builder grants, UploadLedger ledger) {
    return grants.recorder(GrantRecorder.of(ledger, Duration.ofMinutes(10), true));
  }

  /** Describes the ledger in one line. */
  public static String describe(UploadEndpoints endpoints) {
    return endpoints.ledger().map(Operations::describe).orElse("no ledger");
  }

  private static String describe(LedgerView ledger) {
    SweepStatus sweep = ledger.sweep();
    return ledger.reader().map(Operations::describe).orElse("unknown")
        + (sweep.running() ? "" : ", no sweep")
        + sweep.problem().map(", "::concat).orElse("");
  }

  private static String describe(LedgerReader reader) {
    LedgerSummary summary = reader.summary();
    List<OpenGrant> oldest = reader.open(3);
    return summary.waiting(GrantState.OPEN)
        + " open: "
        + oldest.stream().map(open -> open.terms().profile()).collect(Collectors.joining(", "));
  }

  /** Describes a grant that was not reported in time. */
  public static String describe(GrantEnd end) {
    return end.terms().profile() + " " + end.state();
  }

  /** Returns whether only the sweep learned of the upload. */
  public static boolean wasAlmostLost(UploadedObject uploaded) {
    return uploaded.source() == ReportSource.SWEEP;
  }

  /** Returns whether the quota has room for a planned upload. */
  public static boolean hasRoom(QuotaLedger ledger, GrantTerms planned, Quota quota) {
    return ledger.room(planned, quota) == QuotaLedger.Room.ENOUGH;
  }
}
