package io.osspost.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.osspost.callback.AnsweringListener;
import io.osspost.callback.CallbackMemory.State;
import io.osspost.callback.CallbackOutcome;
import io.osspost.callback.CallbackRefusedException;
import io.osspost.callback.UploadAnswer;
import io.osspost.callback.UploadReports;
import io.osspost.callback.UploadedObject;
import io.osspost.ledger.GrantState;
import io.osspost.ledger.LeasedGrant;
import io.osspost.ledger.LedgerReader;
import io.osspost.ledger.LedgerSummary;
import io.osspost.ledger.OpenGrant;
import io.osspost.ledger.StoreUnavailableException;
import io.osspost.object.ObjectKey;
import io.osspost.object.ProfileId;
import io.osspost.profile.Caller;
import io.osspost.profile.UploadVars;
import io.osspost.ticket.GrantTerms;
import io.osspost.ticket.UploadTickets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The behaviour of the store in every supported database. Two stores are two servers. */
abstract class StoreContract {
  private static final AtomicInteger DATABASES = new AtomicInteger();
  static final Instant NOW = Instant.parse("2026-05-04T10:00:00Z");
  static final Duration LEASE = Duration.ofMinutes(5);

  private final SetClock clock = new SetClock();
  private String name;
  DataSource source;
  JdbcStore store;
  JdbcStore other;

  /** Returns a data source of a new, empty database. */
  abstract DataSource newDatabase(String database) throws SQLException;

  /** Returns a data source of the same database with a user who may only read. */
  abstract DataSource reader(String database) throws SQLException;

  abstract DataSource unreachable() throws SQLException;

  @BeforeEach
  void open() throws SQLException {
    name = "store" + DATABASES.incrementAndGet();
    source = newDatabase(name);
    store = JdbcStore.builder(source).createSchema(true).clock(clock).open();
    other = JdbcStore.builder(source).clock(clock).open();
  }

  @AfterEach
  void close() {
    if (store != null) {
      store.close();
      other.close();
    }
  }

  @Test
  void dueGrantIsLeasedWithAllItsTerms() {
    GrantTerms terms =
        GrantTerms.builder(UUID.randomUUID(), "examplebucket", NOW)
            .kind("post", "form")
            .profile("avatars")
            .profileId(Optional.of(new ProfileId("acme", "avatars-2")))
            .object("上传/", Optional.of(new ObjectKey("上传/" + "é".repeat(400) + "😀.png")))
            .type(Optional.of("image/png"))
            .sizes(7, Long.MAX_VALUE)
            .forbidOverwrite(true)
            .callback(true)
            .mark(true)
            .caller(Caller.named("Ålice 😀"))
            .filename(Optional.of("合".repeat(83) + "😀"))
            .vars(UploadVars.of(Map.of("order", "17 = 😀", "note", "合".repeat(150), "none", "")))
            .expiresAt(NOW.plusSeconds(600))
            .build();
    GrantTerms anonymous =
        GrantTerms.builder(UUID.randomUUID(), "examplebucket", NOW)
            .kind("multipart", "form")
            .object("", Optional.of(new ObjectKey("a.mp4")))
            .sizes(9, 9)
            .mark(true)
            .build();
    store.ledger().granted(terms, Optional.empty(), NOW.plusSeconds(1200));
    store.ledger().granted(anonymous, Optional.of("0004B9895DBBB6EC98E"), NOW.plusSeconds(1201));

    assertThat(lease(other, NOW.plusSeconds(1199))).isEmpty();
    List<LeasedGrant> due = lease(other, NOW.plusSeconds(1201));
    assertThat(due).extracting(LeasedGrant::terms).containsExactly(terms, anonymous);
    assertThat(due)
        .extracting(LeasedGrant::uploadId)
        .containsExactly(Optional.empty(), Optional.of("0004B9895DBBB6EC98E"));
    assertThat(due).extracting(LeasedGrant::state).containsOnly(GrantState.OPEN);
    assertThat(lease(store, NOW.plusSeconds(1201))).as("leased").isEmpty();
    assertThat(lease(store, NOW.plusSeconds(1201).plus(LEASE))).hasSize(2);
  }

  /** The upload arrived after the look, and its callback before the result. */
  @Test
  void reportedGrantIsNotMarkedAsAbsent() {
    GrantTerms terms = granted(NOW);
    LeasedGrant looked = lease(store, NOW).get(0);
    assertThat(other.ledger().reported(terms, false)).contains(GrantState.REPORTED);
    assertThat(store.ledger().mark(looked, GrantState.ABSENT, Optional.empty())).isFalse();
    assertThat(state(terms)).isEqualTo("REPORTED");
  }

  @Test
  void outdatedResultIsIgnored() {
    GrantTerms terms = granted(NOW);
    LeasedGrant first = lease(store, NOW).get(0);
    LeasedGrant second = lease(other, NOW.plus(LEASE)).get(0);
    assertThat(store.ledger().mark(first, GrantState.ABSENT, Optional.empty())).isFalse();
    assertThat(state(terms)).isEqualTo("OPEN");
    assertThat(other.ledger().mark(second, GrantState.ABSENT, Optional.of(NOW.plusSeconds(3600))))
        .isTrue();
    assertThat(state(terms)).isEqualTo("ABSENT");
    assertThat(lease(store, NOW.plusSeconds(3599))).isEmpty();
    assertThat(lease(store, NOW.plusSeconds(3600)))
        .extracting(LeasedGrant::state)
        .containsExactly(GrantState.ABSENT);
  }

  @Test
  void repeatedGrantIsOpenUntilItsLaterEnd() {
    GrantTerms terms = granted(NOW);
    LeasedGrant leased = lease(store, NOW).get(0);
    GrantTerms repeated = terms.until(NOW.plusSeconds(900));
    other.ledger().granted(repeated, Optional.empty(), NOW.plusSeconds(1500));
    store.ledger().mark(leased, GrantState.ABSENT, Optional.empty());
    assertThat(state(terms)).isEqualTo("OPEN");
    assertThat(lease(store, NOW.plusSeconds(1499))).isEmpty();
    assertThat(lease(store, NOW.plusSeconds(1500)))
        .extracting(LeasedGrant::terms)
        .containsExactly(repeated);
  }

  @Test
  void reportedGrantIsNotLookedAt() {
    GrantTerms closed = granted(NOW);
    GrantTerms replaceable = granted(NOW);
    GrantTerms absent = granted(NOW.minusSeconds(1));
    LeasedGrant leased = lease(store, NOW.minusSeconds(1)).get(0);
    store.ledger().mark(leased, GrantState.ABSENT, Optional.of(NOW.plusSeconds(9000)));

    assertThat(other.ledger().reported(closed, false)).contains(GrantState.REPORTED);
    assertThat(other.ledger().reported(replaceable, true)).contains(GrantState.REPORTED);
    assertThat(other.ledger().reported(absent, false)).contains(GrantState.LATE);
    assertThat(other.ledger().reported(terms(UUID.randomUUID()), false)).isEmpty();
    assertThat(state(closed)).isEqualTo("REPORTED");
    assertThat(state(replaceable)).isEqualTo("REPORTED");
    assertThat(state(absent)).isEqualTo("LATE");
    assertThat(lease(store, NOW.plusSeconds(10_000)))
        .extracting(LeasedGrant::terms)
        .containsExactly(replaceable);

    store.ledger().granted(closed, Optional.empty(), NOW);
    assertThat(state(closed)).as("after a simultaneous retry").isEqualTo("REPORTED");
  }

  @Test
  void operatorsSeeTheGrantsThatWait() {
    LedgerReader reader = (LedgerReader) store.ledger();
    assertThat(reader.summary()).isEqualTo(new LedgerSummary(Map.of(), Optional.empty()));
    assertThat(reader.open(10)).isEmpty();

    GrantTerms second = granted(NOW.plusSeconds(20));
    GrantTerms first = granted(NOW.plusSeconds(10));
    GrantTerms third = granted(NOW.plusSeconds(30));
    GrantTerms absent = granted(NOW);
    LeasedGrant leased = lease(store, NOW).get(0);
    store.ledger().mark(leased, GrantState.ABSENT, Optional.of(NOW.plusSeconds(9000)));
    other.ledger().reported(granted(NOW), false);

    assertThat(reader.summary())
        .isEqualTo(
            new LedgerSummary(
                Map.of(GrantState.OPEN, 3L, GrantState.ABSENT, 1L),
                Optional.of(NOW.plusSeconds(10))));
    assertThat(reader.open(2))
        .containsExactly(
            new OpenGrant(first, NOW.plusSeconds(10)), new OpenGrant(second, NOW.plusSeconds(20)));
    assertThat(reader.open(10))
        .extracting(OpenGrant::terms)
        .containsExactly(first, second, third)
        .doesNotContain(absent);
  }

  @Test
  void serversShareTheDueGrants() throws Exception {
    Set<UUID> all = new TreeSet<>();
    for (int i = 0; i < 120; i++) {
      all.add(granted(NOW.minusSeconds(i)).grantId());
    }
    List<UUID> leased = new ArrayList<>();
    for (List<UUID> found :
        together(
            6,
            number -> {
              List<UUID> mine = new ArrayList<>();
              List<LeasedGrant> batch;
              do {
                batch = (number % 2 == 0 ? store : other).ledger().lease(NOW, LEASE, 7);
                batch.forEach(grant -> mine.add(grant.terms().grantId()));
              } while (!batch.isEmpty());
              return mine;
            })) {
      leased.addAll(found);
    }
    // A server that met only locked rows has stopped early.
    lease(store, NOW).forEach(grant -> leased.add(grant.terms().grantId()));
    assertThat(leased).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(all);
  }

  @Test
  void oneOfManyServersClaimsAnEvent() throws Exception {
    UUID grantId = UUID.randomUUID();
    String event = grantId + "/abc";
    List<State> states =
        together(16, number -> claim(number % 2 == 0 ? store : other, grantId, event));
    assertThat(states).filteredOn(State.CLAIMED::equals).hasSize(1);
    assertThat(states).filteredOn(State.IN_PROGRESS::equals).hasSize(15);
    assertThat(claim(store, grantId, grantId + "/ABC"))
        .as("another event")
        .isEqualTo(State.CLAIMED);
  }

  @Test
  void doneEventStaysDone() {
    UUID grantId = UUID.randomUUID();
    assertThat(store.memory().isReported(grantId)).isFalse();
    assertThat(claim(store, grantId, "a")).isEqualTo(State.CLAIMED);
    assertThat(other.memory().isReported(grantId)).isTrue();
    store.memory().done(grantId, "a", Optional.empty());
    clock.move(Duration.ofHours(1));
    assertThat(claim(other, grantId, "a")).isEqualTo(State.DONE);
    assertThat(other.memory().isReported(grantId)).isTrue();
    store.memory().release(grantId, "a");
    assertThat(claim(store, grantId, "a")).isEqualTo(State.DONE);
  }

  @Test
  void answerIsKeptForEveryNode() {
    UUID grantId = UUID.randomUUID();
    String answer = "{\"a\":\"" + "合".repeat(1300) + "😀\\\"\"}";
    claim(store, grantId, "a");
    assertThat(store.memory().answer(grantId, "a")).isEmpty();
    store.memory().done(grantId, "a", Optional.of(answer));
    assertThat(other.memory().answer(grantId, "a")).contains(answer);
    claim(store, grantId, "b");
    store.memory().done(grantId, "b", Optional.of("\"" + "x".repeat(4094) + "\""));
    assertThat(other.memory().answer(grantId, "b").orElseThrow()).hasSize(4096);
    claim(store, grantId, "c");
    store.memory().done(grantId, "c", Optional.empty());
    assertThat(other.memory().answer(grantId, "c")).isEmpty();
    assertThat(other.memory().answer(grantId, "unknown")).isEmpty();
  }

  @Test
  void repeatedReportGetsTheAnswerOfTheOtherNode() {
    AnsweringListener listener = uploaded -> UploadAnswer.of(Map.of("id", 17));
    UploadTickets tickets = UploadTickets.withRandomSecret();
    GrantTerms terms = granted(NOW);
    ObjectKey key = terms.key().orElseThrow();
    UploadReports first = new UploadReports(tickets, listener, store.memory());
    UploadReports second = new UploadReports(tickets, listener, other.memory());
    assertThat(first.completed(terms, key, "E", Optional.empty()).answer()).contains("{\"id\":17}");
    CallbackOutcome repeated = second.completed(terms, key, "E", Optional.empty());
    assertThat(repeated.isNew()).isFalse();
    assertThat(repeated.answer()).contains("{\"id\":17}");
  }

  @Test
  void releasedEventIsClaimedAgain() {
    UUID grantId = UUID.randomUUID();
    claim(store, grantId, "a");
    store.memory().release(grantId, "a");
    assertThat(store.memory().isReported(grantId)).isFalse();
    assertThat(claim(other, grantId, "a")).isEqualTo(State.CLAIMED);
  }

  @Test
  void eventOfAKilledServerIsClaimedAfterItsLease() {
    UUID grantId = UUID.randomUUID();
    claim(store, grantId, "a");
    assertThat(claim(other, grantId, "a")).isEqualTo(State.IN_PROGRESS);
    clock.move(Duration.ofSeconds(31));
    assertThat(claim(other, grantId, "a")).isEqualTo(State.CLAIMED);
    assertThatThrownBy(() -> store.memory().done(grantId, "a", Optional.empty()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("lease");
    store.memory().release(grantId, "a");
    assertThat(claim(store, grantId, "a")).isEqualTo(State.IN_PROGRESS);
    other.memory().done(grantId, "a", Optional.empty());
    assertThat(claim(store, grantId, "a")).isEqualTo(State.DONE);
  }

  @Test
  void slowListenerKeepsItsEvent() throws Exception {
    try (JdbcStore slow =
        JdbcStore.builder(source).clock(clock).lease(Duration.ofSeconds(1)).open()) {
      UUID grantId = UUID.randomUUID();
      assertThat(claim(slow, grantId, "a")).isEqualTo(State.CLAIMED);
      for (int i = 0; i < 4; i++) {
        clock.move(Duration.ofMillis(600));
        Thread.sleep(700);
        assertThat(claim(other, grantId, "a")).isEqualTo(State.IN_PROGRESS);
      }
      slow.memory().done(grantId, "a", Optional.empty());
    }
  }

  @Test
  void listenerAndEventAreCommittedTogether() throws Exception {
    execute("CREATE TABLE photos (object_key VARCHAR(200))");
    PlainTransaction transaction = new PlainTransaction(source);
    boolean[] fails = {true};
    try (JdbcStore joined =
        JdbcStore.builder(source).clock(clock).transaction(transaction).open()) {
      UploadReports reports =
          new UploadReports(
                  UploadTickets.withRandomSecret(),
                  uploaded -> {
                    insert(transaction.connection(), uploaded);
                    if (fails[0]) {
                      throw new IllegalStateException("The listener failed.");
                    }
                  },
                  joined.memory())
              .inTransaction(transaction)
              .ledger(joined.ledger());
      GrantTerms terms = granted(NOW);
      ObjectKey key = terms.key().orElseThrow();
      assertThatThrownBy(() -> reports.completed(terms, key, "E", Optional.empty()))
          .hasMessage("The listener failed.");
      assertThat(count("photos")).isZero();
      assertThat(count("oss_post_event")).isZero();

      fails[0] = false;
      assertThat(reports.completed(terms, key, "E", Optional.empty()).isNew()).isTrue();
      assertThat(reports.completed(terms, key, "E", Optional.empty()).isNew()).isFalse();
      assertThat(count("photos")).isEqualTo(1);
      assertThat(state(terms)).isEqualTo("REPORTED");
      assertThatThrownBy(transaction::connection).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void changesOfAListenerThatLostItsLeaseAreRolledBack() throws Exception {
    execute("CREATE TABLE photos (object_key VARCHAR(200))");
    PlainTransaction transaction = new PlainTransaction(source);
    GrantTerms terms = granted(NOW);
    ObjectKey key = terms.key().orElseThrow();
    UploadTickets tickets = UploadTickets.withRandomSecret();
    try (JdbcStore joined =
        JdbcStore.builder(source).clock(clock).transaction(transaction).open()) {
      UploadReports second =
          new UploadReports(
                  tickets, uploaded -> insert(transaction.connection(), uploaded), joined.memory())
              .inTransaction(transaction);
      UploadReports first =
          new UploadReports(
              tickets,
              uploaded -> {
                clock.move(Duration.ofSeconds(31));
                // Another server reports the event, as the lease has ended.
                second.completed(terms, key, "E", Optional.empty());
              },
              store.memory());
      assertThatThrownBy(() -> first.completed(terms, key, "E", Optional.empty()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("lease");
    }
    assertThat(count("photos")).isEqualTo(1);
    assertThat(count("oss_post_event")).isEqualTo(1);
  }

  @Test
  void manySourcesOnTwoServersCauseOneEffect() throws Exception {
    execute("CREATE TABLE photos (object_key VARCHAR(200))");
    PlainTransaction transaction = new PlainTransaction(source);
    UploadTickets tickets = UploadTickets.withRandomSecret();
    List<GrantTerms> grants = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      grants.add(granted(NOW));
    }
    try (JdbcStore one = JdbcStore.builder(source).clock(clock).transaction(transaction).open();
        JdbcStore two = JdbcStore.builder(source).clock(clock).transaction(transaction).open()) {
      together(
          8,
          number -> {
            UploadReports reports =
                new UploadReports(
                        tickets,
                        uploaded -> insert(transaction.connection(), uploaded),
                        (number % 2 == 0 ? one : two).memory())
                    .inTransaction(transaction);
            for (GrantTerms terms : grants) {
              try {
                reports.completed(terms, terms.key().orElseThrow(), "E", Optional.empty());
              } catch (CallbackRefusedException e) {
                assertThat(e.reason()).isEqualTo(CallbackRefusedException.Reason.IN_PROGRESS);
              }
            }
            return true;
          });
    }
    assertThat(count("photos")).isEqualTo(20);
    assertThat(count("oss_post_event")).isEqualTo(20);
  }

  @Test
  void oldRowsAreDeleted() throws Exception {
    GrantTerms open = granted(NOW);
    GrantTerms closed = granted(NOW);
    store.ledger().reported(closed, false);
    claim(store, closed.grantId(), "closed");
    store.memory().done(closed.grantId(), "closed", Optional.empty());
    claim(store, open.grantId(), "open");
    store.memory().done(open.grantId(), "open", Optional.empty());

    store.clean();
    assertThat(count("oss_post_event")).isEqualTo(2);
    clock.move(Duration.ofDays(2));
    store.clean();
    assertThat(count("oss_post_event")).as("an open grant keeps its event").isEqualTo(1);
    assertThat(count("oss_post_grant")).isEqualTo(2);
    clock.move(Duration.ofDays(30));
    store.clean();
    assertThat(count("oss_post_grant")).isEqualTo(1);
  }

  @Test
  void deletionOfOldRowsDoesNotHoldUpGrants() throws Exception {
    GrantTerms old = terms(new UUID(-1, -1));
    store.ledger().granted(old, Optional.empty(), NOW);
    store.ledger().reported(old, false);
    clock.move(Duration.ofDays(40));
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try (Connection locked = source.getConnection()) {
      locked.setAutoCommit(false);
      String id = old.grantId().toString();
      Database.update(locked, "UPDATE oss_post_grant SET fence = 1 WHERE grant_id = ?", id);
      Future<?> cleaning = threads.submit(store::clean);
      Thread.sleep(500);
      GrantTerms terms = threads.submit(() -> granted(NOW)).get(10, TimeUnit.SECONDS);
      other.ledger().reported(terms, false);
      locked.rollback();
      assertThat(cleaning).succeedsWithin(Duration.ofSeconds(20));
    } finally {
      threads.shutdownNow();
    }
    assertThat(count("oss_post_grant")).isEqualTo(1);
  }

  @Test
  void lostRaceInStricterTransactionsIsRepeated() {
    GrantTerms terms = terms(UUID.randomUUID());
    try (JdbcStore server = losesOnce("INSERT INTO oss_post_grant")) {
      server.ledger().granted(terms, Optional.empty(), NOW);
    }
    assertThat(state(terms)).isEqualTo("OPEN");
    try (JdbcStore server = losesOnce("INSERT INTO oss_post_event")) {
      assertThat(claim(server, terms.grantId(), "event")).isEqualTo(State.CLAIMED);
    }
    assertThat(claim(other, terms.grantId(), "event")).isEqualTo(State.IN_PROGRESS);
  }

  /** Databases with the isolation SERIALIZABLE end also single statements so. */
  private JdbcStore losesOnce(String statement) {
    return JdbcStore.builder(
            Intercepted.before(
                source,
                statement,
                () -> {
                  throw new SQLException("could not serialize access", "40001");
                }))
        .clock(clock)
        .open();
  }

  @Test
  void missingTablesAreToldWithTheFix() throws SQLException {
    DataSource empty = newDatabase(name + "x");
    assertThatThrownBy(() -> JdbcStore.builder(empty).open())
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("do not exist")
        .hasMessageContaining("store.create-schema");
  }

  @Test
  void serversThatStartTogetherCreateTheTablesOnce() throws Exception {
    DataSource empty = newDatabase(name + "x");
    together(
        4,
        number -> {
          JdbcStore.builder(empty).createSchema(true).open().close();
          return true;
        });
    JdbcStore.builder(empty).open().close();
  }

  @Test
  void tablesOfAnotherVersionAreRejected() throws SQLException {
    execute("UPDATE oss_post_schema SET version = 7");
    assertThatThrownBy(() -> JdbcStore.builder(source).open())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("version 7")
        .hasMessageContaining("version 1");
  }

  @Test
  void userWhoMayOnlyReadIsRejected() throws SQLException {
    DataSource reader = reader(name);
    assertThatThrownBy(() -> JdbcStore.builder(reader).open())
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("may not change")
        .hasMessageContaining("Grant SELECT, INSERT");
  }

  @Test
  void userWhoMayOnlyReadLaterIsTold() throws SQLException {
    JdbcLedger ledger = new JdbcLedger(new Database(reader(name)), Dialect.H2, false);
    assertThatThrownBy(ledger::summary)
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("may not change");
  }

  @Test
  void unreachableDatabaseIsTold() throws SQLException {
    DataSource nowhere = unreachable();
    assertThatThrownBy(() -> JdbcStore.builder(nowhere).open())
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("Check that it runs");
  }

  private static void insert(Connection connection, UploadedObject uploaded) {
    try {
      Database.update(connection, "INSERT INTO photos VALUES (?)", uploaded.key().value());
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static GrantTerms terms(UUID id) {
    return GrantTerms.builder(id, "examplebucket", NOW.truncatedTo(ChronoUnit.SECONDS))
        .kind("multipart", "form")
        .object("uploads/", Optional.of(new ObjectKey("uploads/" + id + ".png")))
        .sizes(7, 7)
        .mark(true)
        .build();
  }

  private GrantTerms granted(Instant dueAt) {
    GrantTerms terms = terms(UUID.randomUUID());
    store.ledger().granted(terms, Optional.empty(), dueAt);
    return terms;
  }

  static List<LeasedGrant> lease(JdbcStore server, Instant now) {
    return server.ledger().lease(now, LEASE, 100);
  }

  private static State claim(JdbcStore server, UUID grantId, String event) {
    return server.memory().claim(grantId, event, NOW.plus(Duration.ofDays(1)));
  }

  String state(GrantTerms terms) {
    return query("SELECT state FROM oss_post_grant WHERE grant_id = '" + terms.grantId() + "'");
  }

  long count(String table) {
    return Long.parseLong(query("SELECT COUNT(*) FROM " + table));
  }

  String query(String sql) {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      assertThat(rows.next()).isTrue();
      return rows.getString(1);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  void execute(String sql) throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  interface Numbered<T> {
    T run(int number) throws Exception;
  }

  /** Runs the work on several threads that begin together. */
  static <T> List<T> together(int threads, Numbered<T> work) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      CyclicBarrier start = new CyclicBarrier(threads);
      List<Callable<T>> all = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        int number = i;
        all.add(
            () -> {
              start.await();
              return work.run(number);
            });
      }
      List<T> results = new ArrayList<>();
      for (Future<T> result : pool.invokeAll(all)) {
        results.add(result.get());
      }
      return results;
    } finally {
      pool.shutdownNow();
    }
  }

  /** The time of all servers. */
  private static final class SetClock extends Clock {
    private volatile Instant at = NOW;

    void move(Duration duration) {
      at = at.plus(duration);
    }

    @Override
    public Instant instant() {
      return at;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
