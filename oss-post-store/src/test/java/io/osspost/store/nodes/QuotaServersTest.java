package io.osspost.store.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.osspost.store.DatabaseServer;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Quotas of two servers in PostgreSQL, over HTTP: 64 threads request grants of random sizes, and
 * upload at once, late, or not at all. PostgreSQL itself writes the history of the bytes.
 */
class QuotaServersTest {
  private static final int THREADS = 64;
  private static final int LARGEST = 4_000;
  private static final long PER_CALLER = 40_000;
  private static final long TOTAL = 120_000;
  private static final String ROWS = "SELECT COUNT(*) FROM oss_post_grant WHERE ";
  private static final List<String> CALLERS = List.of("alice", "bob", "carol", "dave");

  /** Longer than a grant and its grace. OSS's clock stays, so that it accepts late uploads. */
  private static final Duration ROUND = Duration.ofSeconds(42);

  @TempDir private Path folder;

  private final Queue<Granted> kept = new ConcurrentLinkedQueue<>();
  private final Map<String, String> callers = new ConcurrentHashMap<>();
  private final AtomicInteger refused = new AtomicInteger();
  private TwoServers servers;
  private SharedClock clock;
  private String url;

  /** A grant that a page keeps. */
  private record Granted(String caller, JsonNode grant, int size) {}

  @Test
  void quotaHoldsAtEveryMoment() throws Exception {
    run(3, 1);
  }

  @Test
  @Tag("full")
  void quotaHoldsAtEveryMomentOfALongLoad() throws Exception {
    run(16, 8);
  }

  private void run(int rounds, int grants) throws Exception {
    clock = new SharedClock(folder.resolve("clock"));
    try (DatabaseServer server = DatabaseServer.postgresql();
        PostgresqlDatabase database = new PostgresqlDatabase(server, "quota");
        TwoServers started =
            new TwoServers(database.url(), clock, settings(), UnaryOperator.identity())) {
      servers = started;
      url = database.url();
      QuotaHistory history = new QuotaHistory(url);
      for (int round = 0; round < rounds; round++) {
        load(round, grants);
        // The sweeps work on the rest during the next round.
        final long open = number(ROWS + "state = 'OPEN'");
        clock.advance(ROUND);
        waitFor("state = 'OPEN'", open / 2);
      }
      waitFor("state = 'OPEN'", 0);
      late();
      waitFor("due_at IS NOT NULL", 0);
      assertEnd(history.check(PER_CALLER, TOTAL));
    }
  }

  private static Map<String, String> settings() {
    return Map.of(
        "ledger.grace",
        "10s",
        "profiles.default.validity",
        "30s",
        "profiles.default.require-filename",
        "true",
        "profiles.default.quota",
        PER_CALLER + "B",
        "profiles.default.total-quota",
        TOTAL + "B");
  }

  /** Lets all threads request grants, while some uploads of earlier rounds come late. */
  private void load(int round, int grants) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    try {
      List<Callable<Boolean>> pages = new ArrayList<>();
      List<Granted> late = new ArrayList<>(kept);
      kept.clear();
      for (int i = 0; i < THREADS; i++) {
        int number = i;
        pages.add(
            () -> {
              SplittableRandom random = new SplittableRandom(1_000L * round + number);
              for (int grant = 0; grant < grants; grant++) {
                upload(number + grant, random);
              }
              for (int next = number; next < late.size(); next += THREADS) {
                finish(number, late.get(next), random.nextBoolean());
              }
              return true;
            });
      }
      for (Future<Boolean> page : pool.invokeAll(pages)) {
        page.get();
      }
    } finally {
      pool.shutdownNow();
    }
  }

  private void upload(int server, SplittableRandom random) throws Exception {
    String caller = CALLERS.get(random.nextInt(CALLERS.size()));
    int size = 1 + random.nextInt(LARGEST);
    HttpResponse<String> answer =
        servers.post(server, caller, TwoServers.FORM, TwoServers.file(size));
    if (answer.statusCode() == 409) {
      assertThat(answer.body()).contains("\"code\":\"quota-exceeded\"");
      refused.incrementAndGet();
      return;
    }
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    Granted granted = new Granted(caller, TwoServers.json(answer), size);
    callers.put(granted.grant().get("key").asText(), caller);
    switch (random.nextInt(8)) {
      case 0 -> finish(server + 1, granted, true);
      case 1 -> finish(server, granted, false);
      case 2, 3 -> kept.add(granted);
      default -> {
        // The page is closed without an upload.
      }
    }
  }

  /** Uploads the file; the page reports it, or leaves that to the sweep. */
  private void finish(int server, Granted granted, boolean confirms) throws Exception {
    assertThat(servers.send(granted.grant(), new byte[granted.size()])).isEqualTo(200);
    if (confirms) {
      String form =
          "ticket="
              + URLEncoder.encode(granted.grant().get("ticket").asText(), StandardCharsets.UTF_8);
      HttpResponse<String> answer =
          servers.post(server, granted.caller(), TwoServers.CONFIRM, form);
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }
  }

  private void late() throws Exception {
    for (Granted granted = kept.poll(); granted != null; granted = kept.poll()) {
      finish(0, granted, true);
    }
    // The sweep looks for the uploads without a report until a day after their grants.
    clock.advance(Duration.ofHours(25));
  }

  /** Waits until the sweeps leave at most so many of these rows. */
  private void waitFor(String rows, long most) throws Exception {
    for (int i = 0; i < 3_000 && number(ROWS + rows) > most; i++) {
      Thread.sleep(20);
    }
    assertThat(number(ROWS + rows)).as(rows).isLessThanOrEqualTo(most);
  }

  /** Compares the numbers with the objects in OSS. */
  private void assertEnd(QuotaHistory.Summary summary) throws Exception {
    Map<String, Long> stored = new TreeMap<>();
    for (String key : servers.oss().keys()) {
      stored.merge(callers.get(key), servers.oss().object(key).orElseThrow().size(), Long::sum);
    }
    long all = stored.values().stream().mapToLong(Long::longValue).sum();
    long events = servers.oss().keys().size();
    System.out.println(summary + ", " + refused + " refused, " + events + " uploads of " + stored);
    for (Map.Entry<String, Long> caller : stored.entrySet()) {
      assertThat(
              number("SELECT stored FROM oss_post_quota WHERE caller = '" + caller.getKey() + "'"))
          .as(caller.getKey())
          .isEqualTo(caller.getValue());
    }
    assertThat(number("SELECT stored FROM oss_post_quota WHERE account = 2")).isEqualTo(all);
    assertThat(number("SELECT SUM(reserved) FROM oss_post_quota")).isZero();
    assertThat(servers.events()).as("events").isEqualTo((int) events);
    assertThat(refused).as("refused grants").hasPositiveValue();
    assertThat(summary.late()).as("late uploads").isPositive();
    assertThat(number("SELECT COUNT(*) FROM oss_post_grant WHERE state = 'LATE'"))
        .as("grants that are marked as late")
        .isGreaterThanOrEqualTo(summary.late());
    assertThat(summary.largest()).as("the quota was used").isGreaterThan(TOTAL / 2);
  }

  private long number(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
