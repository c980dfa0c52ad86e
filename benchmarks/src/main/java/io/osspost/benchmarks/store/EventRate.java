package io.osspost.benchmarks.store;

import com.zaxxer.hikari.HikariDataSource;
import io.osspost.callback.UploadListener;
import io.osspost.callback.UploadReports;
import io.osspost.object.ObjectKey;
import io.osspost.store.JdbcStore;
import io.osspost.store.PlainTransaction;
import io.osspost.ticket.GrantTerms;
import io.osspost.ticket.UploadTickets;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;

/**
 * Uploads of recorded grants that two nodes report per second: the class that removes duplicates,
 * and a listener that inserts one row in the joined transaction. Objects are not looked at.
 */
final class EventRate {
  private static final int NODES = 2;
  private static final int RECORDERS = 32;
  private static final int MOST_PER_SECOND = 5_000;

  private final Postgresql database;
  private final Duration turn;

  EventRate(Postgresql database, Duration turn) {
    this.database = database;
    this.turn = turn;
  }

  /** A node: its pool, its store, and its way to the listener. */
  private record Node(HikariDataSource pool, JdbcStore store, UploadReports reports)
      implements AutoCloseable {
    static Node open(Postgresql database, int connections) {
      HikariDataSource pool = database.pool(connections, Duration.ofSeconds(5));
      PlainTransaction transaction = new PlainTransaction(pool);
      JdbcStore store = JdbcStore.builder(pool).createSchema(true).transaction(transaction).open();
      UploadReports reports =
          new UploadReports(
                  UploadTickets.withRandomSecret(), insertion(transaction), store.memory())
              .inTransaction(transaction)
              .ledger(store.ledger());
      return new Node(pool, store, reports);
    }

    private static UploadListener insertion(PlainTransaction transaction) {
      return object -> {
        try (PreparedStatement insert =
            transaction.connection().prepareStatement("INSERT INTO effects VALUES (?, ?)")) {
          insert.setString(1, object.key().value());
          insert.setLong(2, object.size());
          insert.executeUpdate();
        } catch (SQLException e) {
          throw new IllegalStateException(e);
        }
      };
    }

    @Override
    public void close() {
      store.close();
      pool.close();
    }
  }

  void run() throws Exception {
    database.execute("CREATE TABLE effects (object_key VARCHAR(200), size BIGINT)");
    System.out.printf(
        Locale.ROOT,
        "%nEvents, two nodes in one process, %d seconds for each row, after as many of warm-up%n%n",
        turn.toSeconds());
    System.out.println("| threads | events per second | median, µs | 99 % within, µs |");
    System.out.println("|--:|--:|--:|--:|");
    for (int threads : new int[] {4, 8, 16}) {
      measure(threads);
      Latencies times = measure(threads);
      System.out.printf(
          Locale.ROOT,
          "| %d | %,.0f | %,.0f | %,.0f |%n",
          threads,
          times.count() / (double) turn.toSeconds(),
          times.micros(0.5),
          times.micros(0.99));
    }
  }

  private Latencies measure(int threads) throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try (Node one = Node.open(database, RECORDERS);
        Node other = Node.open(database, RECORDERS)) {
      List<Node> nodes = List.of(one, other);
      Queue<GrantTerms> grants =
          new ConcurrentLinkedQueue<>(recorded(one, MOST_PER_SECOND * (int) turn.toSeconds()));
      long end = System.nanoTime() + turn.toNanos();
      List<Callable<long[]>> work = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        UploadReports reports = nodes.get(i % NODES).reports();
        work.add(() -> reported(reports, grants, end));
      }
      List<long[]> times = new ArrayList<>();
      for (Future<long[]> taken : executor.invokeAll(work)) {
        times.add(taken.get());
      }
      return Latencies.of(times.stream().flatMapToLong(Arrays::stream).toArray());
    } finally {
      executor.shutdown();
    }
  }

  /** Records grants before the time is taken, many at once, because each is committed. */
  private static List<GrantTerms> recorded(Node node, int count) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(RECORDERS);
    try {
      List<Callable<GrantTerms>> work = Collections.nCopies(count, () -> recorded(node));
      List<GrantTerms> grants = new ArrayList<>();
      for (Future<GrantTerms> grant : threads.invokeAll(work)) {
        grants.add(grant.get());
      }
      return grants;
    } finally {
      threads.shutdown();
    }
  }

  private static GrantTerms recorded(Node node) {
    UUID id = UUID.randomUUID();
    Instant now = Instant.now();
    GrantTerms terms =
        GrantTerms.builder(id, "examplebucket", now)
            .kind("multipart", "form")
            .profile("default")
            .object("uploads/", Optional.of(new ObjectKey("uploads/" + id + "/a.png")))
            .type(Optional.of("image/png"))
            .sizes(100, 100)
            .forbidOverwrite(true)
            .mark(true)
            .expiresAt(now.plusSeconds(3600))
            .build();
    node.store().ledger().granted(terms, Optional.of("upload"), terms.expiresAt());
    return terms;
  }

  /** Returns the nanoseconds of each report. */
  private static long[] reported(UploadReports reports, Queue<GrantTerms> grants, long end) {
    LongStream.Builder nanos = LongStream.builder();
    for (long start = System.nanoTime(); start < end; start = System.nanoTime()) {
      GrantTerms terms = grants.poll();
      if (terms == null) {
        throw new IllegalStateException("More grants are needed for this machine.");
      }
      reports.completed(terms, terms.key().orElseThrow(), "5D41402ABC4B2A76", Optional.empty());
      nanos.add(System.nanoTime() - start);
    }
    return nanos.build().toArray();
  }
}
