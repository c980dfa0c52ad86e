package io.osspost.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.osspost.ledger.GrantState;
import io.osspost.ledger.LeasedGrant;
import io.osspost.ledger.QuotaLedger.Room;
import io.osspost.object.ObjectKey;
import io.osspost.profile.Quota;
import io.osspost.ticket.GrantTerms;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;

/**
 * Requests for grants of random sizes on two servers, some of whose uploads never come, come late,
 * replace each other or are deleted. The test keeps its own history, from which it computes the
 * bytes at every moment.
 */
final class QuotaLoad {
  private static final int THREADS = 64;
  private static final int GRANTS = 6;
  private static final int LARGEST = 4_000;
  private static final long PER_CALLER = 20_000;
  private static final long TOTAL = 60_000;
  private static final List<String> CALLERS = List.of("alice", "bob", "carol", "dave");
  private static final Quota QUOTA = Quota.none().withPerCaller(PER_CALLER).withTotal(TOTAL);
  private static final Instant NOW = StoreContract.NOW;
  private static final Instant FAR = NOW.plus(Duration.ofDays(1));

  private final DataSource source;
  private final JdbcStore one;
  private final JdbcStore two;
  private final long seed;

  private final Queue<Change> history = new ConcurrentLinkedQueue<>();
  private final Map<UUID, Plan> plans = new ConcurrentHashMap<>();
  private final Map<UUID, Long> replaced = new ConcurrentHashMap<>();
  private final AtomicLong lateBytes = new AtomicLong();
  private final AtomicInteger refused = new AtomicInteger();
  private final AtomicInteger late = new AtomicInteger();
  private final AtomicLong alive = new AtomicLong();

  QuotaLoad(DataSource source, JdbcStore one, JdbcStore two, long seed) {
    this.source = source;
    this.one = one;
    this.two = two;
    this.seed = seed;
  }

  /** Bytes that certainly count from an instant on, or no longer certainly count. */
  private record Change(long at, String caller, long bytes) {}

  /** The fate of a grant. */
  private enum Plan {
    UPLOADED,
    DELETED,
    ABANDONED,
    LATE,
    REPLACING
  }

  void run() throws Exception {
    AtomicBoolean ended = new AtomicBoolean();
    Thread watch = new Thread(() -> watch(ended));
    AtomicInteger broken = new AtomicInteger();
    watch.setUncaughtExceptionHandler(
        (thread, e) -> {
          e.printStackTrace();
          broken.incrementAndGet();
        });
    watch.start();
    try {
      StoreContract.together(
          THREADS,
          number -> {
            Random random = new Random(seed * THREADS + number);
            for (int i = 0; i < GRANTS; i++) {
              grant(random, number % 2 == 0 ? one : two);
              sweep(number % 2 == 0 ? two : one);
            }
            return true;
          });
    } finally {
      ended.set(true);
      watch.join();
    }
    assertThat(broken).as("moments with too many bytes").hasValue(0);
    while (sweep(one)) {
      // The rest.
    }
    assertHistory();
    assertThat(refused).as("refused grants").hasPositiveValue();
    assertThat(late).as("late uploads").hasPositiveValue();
    for (String kind : List.of("1", "2")) {
      assertThat(number("SELECT SUM(stored) FROM oss_post_quota WHERE account = " + kind))
          .as("stored bytes of accounts %s", kind)
          .isEqualTo(alive.get());
      assertThat(number("SELECT SUM(reserved) FROM oss_post_quota WHERE account = " + kind))
          .as("reserved bytes of accounts %s", kind)
          .isZero();
    }
    assertThat(number("SELECT SUM(bytes) FROM oss_post_object")).isEqualTo(alive.get());
    assertThat(number("SELECT SUM(reserved) FROM oss_post_grant")).isZero();
  }

  private void grant(Random random, JdbcStore server) throws InterruptedException {
    String caller = CALLERS.get(random.nextInt(CALLERS.size()));
    Plan plan = Plan.values()[random.nextInt(Plan.values().length)];
    long bytes = 1L + random.nextInt(LARGEST);
    long size = 1L + random.nextInt((int) bytes);
    GrantTerms terms =
        QuotaContract.terms(
            caller,
            bytes,
            plan != Plan.REPLACING,
            new ObjectKey("uploads/" + UUID.randomUUID() + ".png"));
    plans.put(terms.grantId(), plan);
    boolean reported = plan == Plan.UPLOADED || plan == Plan.DELETED;
    Instant due = reported ? FAR : NOW;
    Room room = server.ledger().granted(terms, Optional.empty(), due, QUOTA);
    if (room != Room.ENOUGH) {
      refused.incrementAndGet();
      return;
    }
    history.add(new Change(System.nanoTime(), caller, bytes));
    if (reported && random.nextInt(2) == 0) {
      server.ledger().granted(terms.until(FAR), Optional.empty(), due, QUOTA);
    }
    Thread.sleep(random.nextInt(10));
    switch (plan) {
      case UPLOADED, DELETED -> {
        history.add(new Change(System.nanoTime(), caller, size - bytes));
        alive.addAndGet(size);
        server.ledger().stored(terms, "event " + terms.grantId(), size, false);
        server.ledger().reported(terms, false);
        if (plan == Plan.DELETED) {
          history.add(new Change(System.nanoTime(), caller, -size));
          alive.addAndGet(-size);
          server.ledger().deleted(terms.bucket(), terms.key().orElseThrow());
        }
      }
      case REPLACING -> replace(random, server, terms, bytes, size);
      default -> {
        // The sweep ends these.
      }
    }
  }

  /** Uploads two versions under one grant, whose last look then finds the second one. */
  private void replace(Random random, JdbcStore server, GrantTerms terms, long bytes, long size) {
    server
        .ledger()
        .stored(terms, "first " + terms.grantId(), 1 + random.nextInt((int) bytes), true);
    server.ledger().stored(terms, "second " + terms.grantId(), size, true);
    alive.addAndGet(size);
    server.ledger().reported(terms, true);
    replaced.put(terms.grantId(), size);
  }

  /** Ends some grants that are due; returns whether there was one. */
  private boolean sweep(JdbcStore server) {
    List<LeasedGrant> due = server.ledger().lease(NOW, Duration.ofHours(1), 3);
    for (LeasedGrant grant : due) {
      GrantTerms terms = grant.terms();
      String caller = terms.caller().principal().orElseThrow();
      if (plans.get(terms.grantId()) == Plan.REPLACING) {
        Long size = replaced.get(terms.grantId());
        if (size == null) {
          server.ledger().mark(grant, GrantState.OPEN, Optional.of(NOW));
        } else {
          history.add(new Change(System.nanoTime(), caller, size - terms.maxSize()));
          server.ledger().mark(grant, GrantState.REPORTED, Optional.empty());
        }
        continue;
      }
      history.add(new Change(System.nanoTime(), caller, -terms.maxSize()));
      server.ledger().mark(grant, GrantState.ABSENT, Optional.empty());
      if (plans.get(terms.grantId()) == Plan.LATE) {
        late.incrementAndGet();
        lateBytes.addAndGet(terms.maxSize());
        alive.addAndGet(terms.maxSize());
        server.ledger().stored(terms, "late " + terms.grantId(), terms.maxSize(), false);
        server.ledger().reported(terms, false);
      }
    }
    return !due.isEmpty();
  }

  /** Compares the accounts with the quotas all the time. */
  private void watch(AtomicBoolean over) {
    while (!over.get()) {
      for (String account : List.of("1", "2")) {
        long used =
            number(
                "SELECT COALESCE(MAX(stored + reserved), 0) FROM oss_post_quota WHERE account = "
                    + account);
        long limit = account.equals("1") ? PER_CALLER : TOTAL;
        assertThat(used).isLessThanOrEqualTo(limit + lateBytes.get());
      }
      try {
        Thread.sleep(5);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Adds the changes up in the order of time, without the late uploads. */
  private void assertHistory() {
    Map<String, Long> bytes = new TreeMap<>();
    long largest = 0;
    for (Change change : history.stream().sorted(Comparator.comparingLong(Change::at)).toList()) {
      long ofCaller = bytes.merge(change.caller(), change.bytes(), Long::sum);
      long total = bytes.values().stream().mapToLong(Long::longValue).sum();
      assertThat(ofCaller).as(change.caller()).isLessThanOrEqualTo(PER_CALLER);
      assertThat(total).isLessThanOrEqualTo(TOTAL);
      largest = Math.max(largest, total);
    }
    assertThat(largest).as("the quota was used").isGreaterThan(TOTAL / 2);
  }

  private long number(String sql) {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }
}
