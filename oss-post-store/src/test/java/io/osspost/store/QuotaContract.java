package io.osspost.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.osspost.ledger.GrantState;
import io.osspost.ledger.LeasedGrant;
import io.osspost.ledger.QuotaLedger.Room;
import io.osspost.object.ObjectKey;
import io.osspost.profile.Caller;
import io.osspost.profile.Quota;
import io.osspost.spi.SharedRates;
import io.osspost.ticket.GrantTerms;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** The quotas and rates of the store in every supported database. */
abstract class QuotaContract extends StoreContract {
  private static final Instant LATER = NOW.plus(Duration.ofDays(1));
  private static final Quota HUNDRED = Quota.none().withPerCaller(100);

  @Test
  void grantsReserveTheirLargestSizeUntilTheQuotaIsFull() {
    assertThat(grant("alice", 60, HUNDRED)).isEqualTo(Room.ENOUGH);
    assertThat(grant("alice", 41, HUNDRED)).isEqualTo(Room.CALLER_FULL);
    assertThat(count("oss_post_grant")).as("a refused grant is not recorded").isEqualTo(1);
    assertThat(grant("alice", 40, HUNDRED)).isEqualTo(Room.ENOUGH);
    assertThat(grant("alice", 1, HUNDRED)).isEqualTo(Room.CALLER_FULL);
    assertThat(grant("bob", 100, HUNDRED)).as("another caller").isEqualTo(Room.ENOUGH);
    assertThat(grant("carol", 101, HUNDRED)).as("the first grant").isEqualTo(Room.CALLER_FULL);
    assertThat(reserved()).isEqualTo(200);
  }

  @Test
  void totalIsSharedByAllCallersOfTheProfile() {
    Quota both = HUNDRED.withTotal(150);
    assertThat(grant("alice", 100, both)).isEqualTo(Room.ENOUGH);
    assertThat(grant("bob", 51, both)).isEqualTo(Room.TOTAL_FULL);
    GrantTerms terms = terms("bob", 50, true);
    assertThat(other.ledger().room(terms, both)).isEqualTo(Room.ENOUGH);
    assertThat(granted(terms, both)).isEqualTo(Room.ENOUGH);
    assertThat(other.ledger().room(terms("bob", 1, true), both)).isEqualTo(Room.TOTAL_FULL);
    assertThat(other.ledger().room(terms("alice", 1, true), both)).isNotEqualTo(Room.ENOUGH);
    assertThat(grant("", 1, HUNDRED)).as("anonymous, without a total").isEqualTo(Room.ENOUGH);
  }

  @Test
  void reportReplacesTheReservationByTheTrueSize() {
    GrantTerms terms = terms("alice", 100, true);
    granted(terms, HUNDRED);
    other.ledger().stored(terms, "event", 30, false);
    store.ledger().stored(terms, "event", 30, false);
    assertThat(stored()).isEqualTo(30);
    assertThat(reserved()).isZero();
    assertThat(grant("alice", 70, HUNDRED)).isEqualTo(Room.ENOUGH);
    assertThat(grant("alice", 1, HUNDRED)).isEqualTo(Room.CALLER_FULL);
  }

  @Test
  void firstGrantsOfACallerDoNotRefuseEachOther() {
    Quota quota = HUNDRED.withTotal(200);
    DataSource raced =
        Intercepted.before(
            source,
            "SELECT stored + reserved",
            () -> other.ledger().granted(terms("alice", 40, true), Optional.empty(), LATER, quota));
    try (JdbcStore slow = JdbcStore.builder(raced).open()) {
      GrantTerms terms = terms("alice", 40, true);
      assertThat(slow.ledger().granted(terms, Optional.empty(), LATER, quota))
          .as("80 of 100 bytes")
          .isEqualTo(Room.ENOUGH);
    }
    assertThat(reserved()).as("in both accounts").isEqualTo(160);
  }

  @Test
  void repeatedGrantReservesOnce() {
    GrantTerms terms = terms("alice", 60, true);
    granted(terms, HUNDRED);
    assertThat(other.ledger().granted(terms.until(LATER), Optional.empty(), LATER, HUNDRED))
        .isEqualTo(Room.ENOUGH);
    assertThat(reserved()).isEqualTo(60);
    LeasedGrant leased = lease(store, LATER).get(0);
    store.ledger().mark(leased, GrantState.ABSENT, Optional.of(LATER.plusSeconds(1)));
    assertThat(reserved()).isZero();

    GrantTerms between = terms("alice", 50, true);
    granted(between, HUNDRED);
    assertThat(granted(terms, HUNDRED)).as("its bytes were released").isEqualTo(Room.CALLER_FULL);
    assertThat(state(terms)).isEqualTo("ABSENT");
    store.ledger().stored(between, "event", 10, false);
    assertThat(granted(terms, HUNDRED)).isEqualTo(Room.ENOUGH);
    assertThat(state(terms)).isEqualTo("OPEN");
    assertThat(reserved()).isEqualTo(60);
    store.ledger().stored(terms, "other", 60, false);
    store.ledger().reported(terms, false);
    granted(terms, HUNDRED);
    assertThat(reserved()).as("after the report").isZero();
    assertThat(stored()).isEqualTo(70);
  }

  @Test
  void endedGrantReleasesItsBytesOnce() {
    GrantTerms terms = terms("alice", 60, true);
    store.ledger().granted(terms, Optional.of("UPLOAD"), NOW, HUNDRED);
    LeasedGrant leased = lease(store, NOW).get(0);
    store.ledger().mark(leased, GrantState.OPEN, Optional.of(NOW));
    assertThat(reserved()).as("OSS did not answer").isEqualTo(60);
    LeasedGrant second = lease(other, NOW).get(0);
    store.ledger().mark(leased, GrantState.ABSENT, Optional.empty());
    assertThat(reserved()).as("an outdated look").isEqualTo(60);
    other.ledger().mark(second, GrantState.ABSENT, Optional.empty());
    other.ledger().mark(second, GrantState.ABSENT, Optional.empty());
    assertThat(reserved()).isZero();
  }

  @Test
  void lateArrivalIsChargedAlthoughTheQuotaIsFull() {
    GrantTerms late = terms("alice", 60, true);
    store.ledger().granted(late, Optional.empty(), NOW, HUNDRED);
    store
        .ledger()
        .mark(lease(store, NOW).get(0), GrantState.ABSENT, Optional.of(NOW.plusSeconds(60)));
    assertThat(grant("alice", 100, HUNDRED)).isEqualTo(Room.ENOUGH);
    other.ledger().stored(late, "event", 55, false);
    other.ledger().reported(late, false);
    assertThat(state(late)).isEqualTo("LATE");
    assertThat(stored()).isEqualTo(55);
    assertThat(reserved()).isEqualTo(100);
  }

  @Test
  void deletedObjectGivesItsBytesBackOnce() {
    GrantTerms terms = terms("alice", 100, true);
    granted(terms, HUNDRED.withTotal(100));
    store.ledger().stored(terms, "event", 100, false);
    ObjectKey key = terms.key().orElseThrow();
    other.ledger().deleted("otherbucket", key);
    other.ledger().deleted(terms.bucket(), new ObjectKey("uploads/other.png"));
    assertThat(stored()).isEqualTo(200);
    other.ledger().deleted(terms.bucket(), key);
    store.ledger().deleted(terms.bucket(), key);
    assertThat(stored()).isZero();
    store.ledger().stored(terms, "event", 100, false);
    assertThat(stored()).as("a report that is repeated after the deletion").isZero();
    assertThat(grant("alice", 100, HUNDRED.withTotal(100))).isEqualTo(Room.ENOUGH);
  }

  @Test
  void replacedObjectIsCountedOnce() {
    GrantTerms first = terms("alice", 80, false);
    granted(first, HUNDRED);
    store.ledger().stored(first, "first version", 30, true);
    store.ledger().reported(first, true);
    assertThat(stored()).isEqualTo(30);
    assertThat(reserved()).as("the form can replace its object").isEqualTo(50);
    other.ledger().stored(first, "second version", 75, true);
    assertThat(stored()).isEqualTo(75);
    assertThat(reserved()).isEqualTo(5);

    GrantTerms ofBob = terms("bob", 40, false, first.key().orElseThrow());
    granted(ofBob, HUNDRED);
    other.ledger().stored(ofBob, "bob's version", 40, true);
    assertThat(account("alice", "stored")).isZero();
    assertThat(account("bob", "stored")).isEqualTo(40);

    LeasedGrant leased =
        lease(store, LATER).stream()
            .filter(grant -> grant.terms().grantId().equals(first.grantId()))
            .findFirst()
            .orElseThrow();
    store.ledger().mark(leased, GrantState.REPORTED, Optional.empty());
    assertThat(account("alice", "reserved")).isZero();
  }

  @Test
  void grantsWithoutAQuotaAreNotCounted() {
    GrantTerms terms = terms("alice", 60, true);
    store.ledger().granted(terms, Optional.empty(), LATER);
    store.ledger().stored(terms, "event", 60, false);
    store.ledger().stored(terms("alice", 60, true), "unknown grant", 60, false);
    assertThat(count("oss_post_object")).isZero();
    assertThat(count("oss_post_quota")).isZero();
  }

  @Test
  void quotaHoldsAtEveryMoment() throws Exception {
    new QuotaLoad(source, store, other, 7).run();
  }

  @Test
  void rateOfTwoServersIsTheConfiguredOne() throws Exception {
    Optional<SharedRates> rates = store.rates();
    if (this instanceof H2StoreTest) {
      assertThat(rates).isEmpty();
      return;
    }
    RateLoad.assertRate(rates.orElseThrow(), other.rates().orElseThrow());
    assertThat(count("oss_post_rate")).isEqualTo(2);
    store.clean();
  }

  private Room grant(String caller, long bytes, Quota quota) {
    return granted(terms(caller, bytes, true), quota);
  }

  private Room granted(GrantTerms terms, Quota quota) {
    return store.ledger().granted(terms, Optional.empty(), LATER, quota);
  }

  private static GrantTerms terms(String caller, long bytes, boolean forbidOverwrite) {
    return terms(
        caller, bytes, forbidOverwrite, new ObjectKey("uploads/" + UUID.randomUUID() + ".png"));
  }

  static GrantTerms terms(String caller, long bytes, boolean forbidOverwrite, ObjectKey key) {
    return GrantTerms.builder(UUID.randomUUID(), "examplebucket", NOW)
        .object("uploads/", Optional.of(key))
        .sizes(1, bytes)
        .forbidOverwrite(forbidOverwrite)
        .mark(true)
        .caller(caller.isEmpty() ? Caller.anonymous() : Caller.named(caller))
        .build();
  }

  private long stored() {
    return Long.parseLong(query("SELECT COALESCE(SUM(stored), 0) FROM oss_post_quota"));
  }

  private long reserved() {
    return Long.parseLong(query("SELECT COALESCE(SUM(reserved), 0) FROM oss_post_quota"));
  }

  private long account(String caller, String column) {
    return Long.parseLong(
        query("SELECT " + column + " FROM oss_post_quota WHERE caller = '" + caller + "'"));
  }
}
