package io.osspost.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.osspost.object.ObjectKey;
import io.osspost.testsupport.LoggedLines;
import io.osspost.ticket.GrantTerms;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ObservedLedgerTest {
  private static final Instant NOW = Instant.parse("2026-05-04T10:00:00Z");
  private static final Duration LEASE = Duration.ofMinutes(5);

  private final List<GrantEnd> ends = new ArrayList<>();
  private final UploadLedger ledger = new MemoryLedger().observed(ends::add);

  @Test
  void reportedGrantIsNoEnd() {
    GrantTerms terms = granted();
    assertThat(ledger.reported(terms, true)).contains(GrantState.REPORTED);
    LeasedGrant grant = lease(NOW);
    assertThat(ledger.mark(grant, GrantState.REPORTED, Optional.empty())).isTrue();
    assertThat(ends).isEmpty();
  }

  @Test
  void absentObjectIsToldOnceAndItsLateUploadToo() {
    GrantTerms terms = granted();
    ledger.mark(lease(NOW), GrantState.ABSENT, Optional.of(NOW.plusSeconds(60)));
    ledger.mark(lease(NOW.plusSeconds(60)), GrantState.ABSENT, Optional.of(NOW.plusSeconds(120)));
    assertThat(ends).containsExactly(new GrantEnd(terms, GrantState.ABSENT));

    LeasedGrant grant = lease(NOW.plusSeconds(120));
    assertThat(ledger.reported(terms, false)).contains(GrantState.LATE);
    ledger.mark(grant, GrantState.LATE, Optional.empty());
    assertThat(ends.subList(1, ends.size())).containsExactly(new GrantEnd(terms, GrantState.LATE));
  }

  @Test
  void lostUploadIsTold() {
    GrantTerms terms = granted();
    ledger.mark(lease(NOW), GrantState.LOST, Optional.empty());
    assertThat(ends).containsExactly(new GrantEnd(terms, GrantState.LOST));
  }

  @Test
  void outdatedResultIsNotTold() {
    granted();
    LeasedGrant outdated = lease(NOW);
    lease(NOW.plus(LEASE));
    assertThat(ledger.mark(outdated, GrantState.LOST, Optional.empty())).isFalse();
    assertThat(ends).isEmpty();
  }

  @Test
  void failureOfTheListenerIsLogged() {
    UploadLedger failing =
        new MemoryLedger()
            .observed(
                end -> {
                  throw new IllegalStateException("The listener failed.");
                });
    failing.granted(terms(), Optional.empty(), NOW);
    LeasedGrant grant = failing.lease(NOW, LEASE, 1).get(0);
    assertThat(
            LoggedLines.warnings(
                UploadLedger.class.getName(),
                () -> failing.mark(grant, GrantState.LOST, Optional.empty())))
        .singleElement()
        .asString()
        .startsWith("A listener of the end of a grant failed");
  }

  private GrantTerms granted() {
    GrantTerms terms = terms();
    ledger.granted(terms, Optional.empty(), NOW);
    return terms;
  }

  private static GrantTerms terms() {
    return GrantTerms.builder(UUID.randomUUID(), "examplebucket", NOW)
        .object("uploads/", Optional.of(new ObjectKey("uploads/a.png")))
        .sizes(1, 7)
        .mark(true)
        .build();
  }

  private LeasedGrant lease(Instant now) {
    return ledger.lease(now, LEASE, 1).get(0);
  }
}
