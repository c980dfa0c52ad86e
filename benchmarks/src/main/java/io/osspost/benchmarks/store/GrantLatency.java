package io.osspost.benchmarks.store;

import com.zaxxer.hikari.HikariDataSource;
import io.osspost.PostFormat;
import io.osspost.ledger.StoreUnavailableException;
import io.osspost.profile.Caller;
import io.osspost.profile.PlannedUpload;
import io.osspost.settings.Collaborators;
import io.osspost.settings.UploadSettings;
import io.osspost.testsupport.Relay;
import io.osspost.web.UploadEndpoints;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The time of an exact grant in format {@code form}, with a ledger and without. */
final class GrantLatency {
  private static final int TURNS = 40;
  private static final int WARM_UP = 10;
  private static final int CONNECTIONS = 10;
  private static final int GRANTS_WHILE_DOWN = 20;
  private static final Duration WAIT = Duration.ofSeconds(1);

  private final Postgresql database;

  GrantLatency(Postgresql database) {
    this.database = database;
  }

  void run() throws Exception {
    System.out.printf(
        Locale.ROOT, "%nExact grants in format form, with the ledger and without in turns%n%n");
    System.out.println(
        "| threads | without, median µs | 99 % | with the ledger, median µs | 99 % | added, median |"
            + " 99 % |");
    System.out.println("|--:|--:|--:|--:|--:|--:|--:|");
    for (int threads : new int[] {1, 8}) {
      compare(threads);
    }
  }

  /** Measures grants while the database does not answer. */
  void runWhileDown() throws Exception {
    System.out.printf(
        Locale.ROOT,
        "%nGrants while the database is down; the pool waits %d s for a connection%n%n",
        WAIT.toSeconds());
    System.out.println("| database | ledger.required | result | median, ms | longest, ms |");
    System.out.println("|---|---|---|--:|--:|");
    for (boolean required : new boolean[] {false, true}) {
      down("refuses connections", required, database, Relay::close);
      down("is silent", required, database.with("socketTimeout=1"), Relay::silence);
    }
  }

  private void compare(int threads) throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try (HikariDataSource pool = database.pool(CONNECTIONS, Duration.ofSeconds(5));
        UploadEndpoints with = endpoints(Optional.of(pool), true);
        UploadEndpoints without = endpoints(Optional.empty(), false)) {
      List<Latencies> recorded = new ArrayList<>();
      List<Latencies> bare = new ArrayList<>();
      for (int turn = -WARM_UP; turn < TURNS; turn++) {
        Latencies one = turn(executor, threads, with);
        Latencies other = turn(executor, threads, without);
        if (turn >= 0) {
          recorded.add(one);
          bare.add(other);
        }
      }
      double[] row = {
        median(bare, 0.5), median(bare, 0.99), median(recorded, 0.5), median(recorded, 0.99)
      };
      System.out.printf(
          Locale.ROOT,
          "| %d | %,.0f | %,.0f | %,.0f | %,.0f | %,.0f | %,.0f |%n",
          threads,
          row[0],
          row[1],
          row[2],
          row[3],
          row[2] - row[0],
          row[3] - row[1]);
    } finally {
      executor.shutdown();
    }
  }

  private static Latencies turn(ExecutorService executor, int threads, UploadEndpoints endpoints)
      throws Exception {
    List<Callable<long[]>> work = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      work.add(() -> Latencies.of(400, () -> grant(endpoints)).nanos());
    }
    List<long[]> all = new ArrayList<>();
    for (Future<long[]> taken : executor.invokeAll(work)) {
      all.add(taken.get());
    }
    return Latencies.of(all.stream().flatMapToLong(Arrays::stream).toArray());
  }

  private static double median(List<Latencies> turns, double quantile) {
    return Latencies.of(
            turns.stream().mapToLong(turn -> (long) (turn.micros(quantile) * 1e3)).toArray())
        .micros(0.5);
  }

  private interface Failure {
    void of(Relay relay);
  }

  private void down(String name, boolean required, Postgresql database, Failure failure)
      throws Exception {
    try (Relay relay = new Relay(database.port());
        HikariDataSource pool = database.at(relay.port()).pool(CONNECTIONS, WAIT);
        UploadEndpoints endpoints = endpoints(Optional.of(pool), required)) {
      grant(endpoints);
      failure.of(relay);
      List<String> results = new ArrayList<>();
      Latencies times = Latencies.of(GRANTS_WHILE_DOWN, () -> results.add(resultOf(endpoints)));
      System.out.printf(
          Locale.ROOT,
          "| %s | %s | %s | %,.1f | %,d |%n",
          name,
          required,
          String.join(", ", results.stream().distinct().toList()),
          times.micros(0.5) / 1e3,
          times.longest().toMillis());
    }
  }

  private static String resultOf(UploadEndpoints endpoints) {
    try {
      grant(endpoints);
      return "granted";
    } catch (StoreUnavailableException e) {
      return "refused with 503";
    }
  }

  private static byte[] grant(UploadEndpoints endpoints) {
    return endpoints
        .grants()
        .post(
            "default",
            PostFormat.FORM,
            Caller.named("alice"),
            PlannedUpload.of("holiday.gif").size(123_456).type("image/gif"))
        .toJson();
  }

  private static UploadEndpoints endpoints(Optional<HikariDataSource> pool, boolean required) {
    Map<String, String> settings = new HashMap<>();
    settings.put("bucket", "examplebucket");
    settings.put("region", "cn-hangzhou");
    settings.put("credentials.type", "static");
    settings.put("credentials.access-key-id", "LTAI5tExampleExampleExam");
    settings.put("credentials.access-key-secret", "exampleSecretExampleSecretExam");
    settings.put("callback.ticket-secret", "0123456789abcdef0123456789abcdef");
    if (pool.isPresent()) {
      settings.put("store.type", "jdbc");
      settings.put("store.data-source", "uploads");
      settings.put("store.create-schema", "true");
      settings.put("ledger.required", String.valueOf(required));
      // No grant ends during the benchmark, so nothing is looked at.
      settings.put("ledger.grace", "12h");
    }
    return UploadSettings.read(settings)
        .open(Collaborators.builder().objects(name -> pool.map(Object.class::cast)).build());
  }
}
