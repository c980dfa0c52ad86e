package io.osspost.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.osspost.ledger.GrantState;
import io.osspost.ledger.LeasedGrant;
import io.osspost.ledger.QuotaLedger.Room;
import io.osspost.object.ObjectKey;
import io.osspost.profile.Caller;
import io.osspost.profile.Quota;
import io.osspost.ticket.GrantTerms;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The limit of open uploads in parts in every supported database. */
abstract class OpenUploadsContract extends QuotaContract {
  private static final Instant LATER = NOW.plus(Duration.ofDays(1));
  private static final Quota TWO = Quota.none().withOpenUploads(2);

  @Test
  void callerHasAtMostSoManyOpenUploads() {
    assertThat(start(upload("alice", "default"))).isEqualTo(Room.ENOUGH);
    GrantTerms second = upload("alice", "default");
    assertThat(other.ledger().room(second, TWO)).isEqualTo(Room.ENOUGH);
    assertThat(start(second)).isEqualTo(Room.ENOUGH);
    GrantTerms third = upload("alice", "default");
    assertThat(other.ledger().room(third, TWO)).isEqualTo(Room.TOO_MANY_OPEN);
    assertThat(start(third)).isEqualTo(Room.TOO_MANY_OPEN);
    assertThat(count("oss_post_grant")).as("a refused upload is not recorded").isEqualTo(2);

    assertThat(start(upload("bob", "default"))).as("another caller").isEqualTo(Room.ENOUGH);
    assertThat(start(upload("alice", "films"))).as("another profile").isEqualTo(Room.ENOUGH);
    assertThat(start(upload("", "default"))).as("anonymous").isEqualTo(Room.ENOUGH);
    assertThat(start(upload("", "default"))).isEqualTo(Room.ENOUGH);
    assertThat(start(upload("", "default"))).as("they share").isEqualTo(Room.TOO_MANY_OPEN);
    assertThat(query("SELECT SUM(stored + reserved) FROM oss_post_quota")).isEqualTo("0");
  }

  @Test
  void everyWayOutFreesOnePlaceOnce() throws Exception {
    GrantTerms kept = upload("alice", "default");
    start(kept);

    GrantTerms completed = startedAlone();
    other.ledger().reported(completed, false);
    store.ledger().reported(completed, false);
    other.ledger().givenUp(completed.grantId(), NOW);

    GrantTerms discarded = startedAlone();
    other.ledger().givenUp(discarded.grantId(), NOW);
    store.ledger().givenUp(discarded.grantId(), NOW);

    GrantTerms next = startedAlone();
    LeasedGrant ofDiscarded = leased(discarded);
    store.ledger().mark(ofDiscarded, GrantState.ABSENT, Optional.empty());
    assertFull();

    other.ledger().givenUp(next.grantId(), NOW);
    LeasedGrant lost = swept(startedAlone());
    assertFull();
    store.ledger().mark(lost, GrantState.LOST, Optional.empty());
    store.ledger().mark(lost, GrantState.LOST, Optional.empty());

    LeasedGrant swept = swept(startedAlone());
    store.ledger().mark(swept, GrantState.OPEN, Optional.of(LATER));
    assertFull();
    store.ledger().mark(swept(swept.terms()), GrantState.ABSENT, Optional.empty());
    assertThat(start(upload("alice", "default"))).isEqualTo(Room.ENOUGH);
    assertFull();
    assertThat(state(kept)).isEqualTo("OPEN");
  }

  @Test
  void repeatedStartCountsOnce() throws Exception {
    GrantTerms upload = upload("alice", "default");
    assertThat(start(upload)).isEqualTo(Room.ENOUGH);
    assertThat(start(upload)).isEqualTo(Room.ENOUGH);
    startedAlone();
    assertThat(start(upload)).as("a full limit").isEqualTo(Room.ENOUGH);
    assertThat(start(upload, TWO.withOpenUploads(1))).as("a lower limit").isEqualTo(Room.ENOUGH);

    store.ledger().mark(swept(upload), GrantState.ABSENT, Optional.empty());
    GrantTerms between = startedAlone();
    assertThat(start(upload)).as("its place was taken").isEqualTo(Room.TOO_MANY_OPEN);
    assertThat(state(upload)).isEqualTo("ABSENT");
    store.ledger().reported(between, false);
    assertThat(start(upload)).isEqualTo(Room.ENOUGH);
    assertThat(state(upload)).isEqualTo("OPEN");
    assertFull();
    store.ledger().reported(upload, false);
    assertThat(start(upload)).as("after the report").isEqualTo(Room.ENOUGH);
    startedAlone();
  }

  @Test
  void quotaAndLimitOfOpenUploadsHoldTogether() {
    Quota both = TWO.withPerCaller(25).withTotal(40);
    GrantTerms first = upload("alice", "default");
    assertThat(start(first, both)).isEqualTo(Room.ENOUGH);
    assertThat(start(upload("alice", "default"), both)).isEqualTo(Room.ENOUGH);
    assertThat(start(upload("alice", "default"), both)).isEqualTo(Room.TOO_MANY_OPEN);
    assertThat(query("SELECT SUM(reserved) FROM oss_post_quota")).isEqualTo("40");
    other.ledger().givenUp(first.grantId(), NOW);
    assertThat(start(upload("alice", "default"), both))
        .as("the bytes are reserved until the parts are discarded")
        .isEqualTo(Room.CALLER_FULL);
    store.ledger().mark(leased(first), GrantState.ABSENT, Optional.empty());
    assertThat(start(upload("alice", "default"), both)).isEqualTo(Room.ENOUGH);
  }

  @Test
  void uploadsWithoutALimitAreNotCounted() {
    store.ledger().granted(upload("alice", "default"), Optional.of("U"), LATER);
    start(upload("alice", "default"), Quota.none().withPerCaller(100));
    start(upload("alice", "default"));
    startedAlone();
  }

  @Test
  void limitHoldsForManyThreadsOnTwoServers() throws Exception {
    new OpenUploadsLoad(source, store, other).run();
  }

  /** Starts an upload that takes the last place. */
  private GrantTerms startedAlone() {
    GrantTerms upload = upload("alice", "default");
    assertThat(start(upload)).isEqualTo(Room.ENOUGH);
    assertFull();
    return upload;
  }

  private void assertFull() {
    assertThat(start(upload("alice", "default"))).isEqualTo(Room.TOO_MANY_OPEN);
  }

  private Room start(GrantTerms upload) {
    return start(upload, TWO);
  }

  private Room start(GrantTerms upload, Quota quota) {
    return store.ledger().granted(upload, Optional.of("UPLOAD"), LATER, quota);
  }

  /** Leases an upload that has ended. */
  private LeasedGrant swept(GrantTerms upload) throws SQLException {
    execute(
        "UPDATE oss_post_grant SET due_at = "
            + NOW.toEpochMilli()
            + " WHERE grant_id = '"
            + upload.grantId()
            + "'");
    return leased(upload);
  }

  private LeasedGrant leased(GrantTerms upload) {
    List<LeasedGrant> due = lease(store, NOW);
    return due.stream()
        .filter(grant -> grant.terms().grantId().equals(upload.grantId()))
        .findFirst()
        .orElseThrow();
  }

  static GrantTerms upload(String caller, String profile) {
    UUID id = UUID.randomUUID();
    return GrantTerms.builder(id, "examplebucket", NOW)
        .kind("multipart", "form")
        .profile(profile)
        .object("uploads/", Optional.of(new ObjectKey("uploads/" + id + ".mp4")))
        .sizes(10, 10)
        .forbidOverwrite(true)
        .mark(true)
        .caller(caller.isEmpty() ? Caller.anonymous() : Caller.named(caller))
        .expiresAt(LATER)
        .build();
  }
}
