package io.osspost.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.osspost.ledger.GrantState;
import io.osspost.ledger.LeasedGrant;
import io.osspost.ledger.QuotaLedger.Room;
import io.osspost.profile.Quota;
import io.osspost.ticket.GrantTerms;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/**
 * Starts of uploads in parts by many threads of one caller on two servers. The uploads are
 * completed, given up, or swept. The test counts them itself: an upload counts from the answer of
 * its start until just before its end.
 */
final class OpenUploadsLoad {
  private static final int THREADS = 64;
  private static final int STARTS = 8;
  private static final int LIMIT = 5;
  private static final Quota QUOTA = Quota.none().withOpenUploads(LIMIT);
  private static final Instant NOW = StoreContract.NOW;
  private static final Instant FAR = NOW.plus(Duration.ofDays(1));
  private static final String OPEN =
      "SELECT COUNT(*) FROM oss_post_grant WHERE state = 'OPEN' AND open_uploads IS NOT NULL";

  private final DataSource source;
  private final JdbcStore one;
  private final JdbcStore two;
  private final Set<UUID> counted = new HashSet<>();
  private final Set<UUID> ended = new HashSet<>();
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();
  private final AtomicInteger started = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();

  OpenUploadsLoad(DataSource source, JdbcStore one, JdbcStore two) {
    this.source = source;
    this.one = one;
    this.two = two;
  }

  void run() throws Exception {
    List<Room> first =
        StoreContract.together(
            THREADS, number -> start(server(number), OpenUploadsContract.upload("bob", "p"), FAR));
    assertThat(first).filteredOn(Room.ENOUGH::equals).as("starts at once").hasSize(LIMIT);
    assertThat(first).filteredOn(Room.TOO_MANY_OPEN::equals).hasSize(THREADS - LIMIT);

    StoreContract.together(
        THREADS,
        number -> {
          Random random = new Random(number);
          for (int i = 0; i < STARTS; i++) {
            upload(server(number), server(number + 1), random);
            sweep(server(number));
            assertThat(number(OPEN)).isLessThanOrEqualTo(2 * LIMIT);
          }
          return true;
        });
    while (sweep(two)) {
      // The rest.
    }
    assertThat(most.get()).as("open at once").isBetween(2, LIMIT);
    assertThat(started).as("started").hasValueGreaterThan(2 * LIMIT);
    assertThat(refused).as("refused").hasPositiveValue();
    assertThat(open).hasValue(0);
    assertThat(number(OPEN)).as("only those of the other caller").isEqualTo(LIMIT);
    for (int i = 0; i < LIMIT; i++) {
      assertThat(start(one, OpenUploadsContract.upload("alice", "p"), FAR)).isEqualTo(Room.ENOUGH);
    }
    assertThat(start(two, OpenUploadsContract.upload("alice", "p"), FAR))
        .isEqualTo(Room.TOO_MANY_OPEN);
  }

  private void upload(JdbcStore server, JdbcStore another, Random random)
      throws InterruptedException {
    GrantTerms upload = OpenUploadsContract.upload("alice", "p");
    int way = random.nextInt(3);
    if (start(server, upload, way == 0 ? NOW : FAR, true) != Room.ENOUGH) {
      refused.incrementAndGet();
      return;
    }
    started.incrementAndGet();
    Thread.sleep(random.nextInt(10));
    if (way == 1) {
      leave(upload);
      another.ledger().reported(upload, false);
    } else if (way == 2) {
      leave(upload);
      another.ledger().givenUp(upload.grantId(), NOW);
    }
  }

  private Room start(JdbcStore server, GrantTerms upload, Instant due) {
    return start(server, upload, due, false);
  }

  private Room start(JdbcStore server, GrantTerms upload, Instant due, boolean count) {
    Room room = server.ledger().granted(upload, Optional.of("UPLOAD"), due, QUOTA);
    if (count && room == Room.ENOUGH) {
      synchronized (ended) {
        // A sweep of another thread may already have ended it.
        if (!ended.contains(upload.grantId())) {
          counted.add(upload.grantId());
          most.accumulateAndGet(open.incrementAndGet(), Math::max);
        }
      }
    }
    return room;
  }

  /** Notes the end of an upload, once. */
  private void leave(GrantTerms upload) {
    synchronized (ended) {
      if (ended.add(upload.grantId()) && counted.contains(upload.grantId())) {
        open.decrementAndGet();
      }
    }
  }

  /** Ends some uploads that are due; returns whether there was one. */
  private boolean sweep(JdbcStore server) {
    List<LeasedGrant> due = server.ledger().lease(NOW, Duration.ofHours(1), 3);
    for (LeasedGrant grant : due) {
      leave(grant.terms());
      server.ledger().mark(grant, GrantState.ABSENT, Optional.empty());
    }
    return !due.isEmpty();
  }

  private JdbcStore server(int number) {
    return number % 2 == 0 ? one : two;
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
