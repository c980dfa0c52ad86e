package io.osspost.store.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisClient;
import io.osspost.store.DatabaseServer;
import io.osspost.store.RedisServer;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The rate of two servers, as settings open them, over HTTP. */
class RateNodesTest {
  private static final int THREADS = 64;
  private static final int REQUESTS = 40;
  private static final Duration PERIOD = Duration.ofSeconds(2);
  private static final Duration SHORT = Duration.ofSeconds(4);
  private static final Duration LONG = Duration.ofSeconds(60);

  @Test
  void rateInPostgresqlIsTheConfiguredOne() throws Exception {
    inPostgresql(SHORT);
  }

  @Test
  void rateInRedisIsTheConfiguredOne() throws Exception {
    inRedis(SHORT);
  }

  @Test
  @Tag("full")
  void rateInPostgresqlIsTheConfiguredOneForAMinute() throws Exception {
    inPostgresql(LONG);
  }

  @Test
  @Tag("full")
  void rateInRedisIsTheConfiguredOneForAMinute() throws Exception {
    inRedis(LONG);
  }

  private static void inPostgresql(Duration duration) throws Exception {
    try (DatabaseServer server = DatabaseServer.postgresql();
        PostgresqlDatabase database = new PostgresqlDatabase(server, "rates");
        TwoServers servers =
            new TwoServers(
                database.url(), Clock.systemUTC(), settings("jdbc"), UnaryOperator.identity())) {
      assertRate(servers, duration);
    }
  }

  private static void inRedis(Duration duration) throws Exception {
    try (RedisServer redis = RedisServer.start();
        H2Server database = new H2Server()) {
      List<RedisClient> clients = new ArrayList<>();
      try (TwoServers servers =
          new TwoServers(
              database.url(),
              Clock.systemUTC(),
              settings("redis"),
              application -> {
                RedisClient client = RedisClient.create(redis.url());
                clients.add(client);
                return application.lookup(RedisClient.class, () -> Optional.of(client));
              })) {
        assertRate(servers, duration);
      } finally {
        clients.forEach(client -> client.shutdown(Duration.ZERO, Duration.ofSeconds(1)));
      }
    }
  }

  private static Map<String, String> settings(String storage) {
    return Map.of(
        "rates.grants",
        REQUESTS + "/" + PERIOD.toSeconds() + "s",
        "rates.storage",
        storage,
        "rates.required",
        "true");
  }

  /** Compares the number of granted requests with the rate, one burst more or less. */
  private static void assertRate(TwoServers servers, Duration duration) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    try {
      for (int i = 0; i < 10; i++) {
        assertThat(servers.post(i, "bob", TwoServers.FORM, TwoServers.file(1)).statusCode())
            .as("the first requests, which open connections")
            .isEqualTo(200);
      }
      long began = System.nanoTime();
      long end = began + duration.toNanos();
      List<Callable<Integer>> pages = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        int number = i;
        pages.add(() -> granted(servers, number, end));
      }
      int[] granted = new int[2];
      int number = 0;
      for (Future<Integer> page : pool.invokeAll(pages)) {
        granted[number++ % 2] += page.get();
      }
      double periods = (System.nanoTime() - began) / (double) PERIOD.toNanos();
      assertThat(granted).as("of each server").doesNotContain(0);
      assertThat((double) granted[0] + granted[1])
          .as("%s and %s granted in %.2f periods", granted[0], granted[1], periods)
          .isBetween(REQUESTS * (periods - 1), REQUESTS * (periods + 1) + 1);
      assertThat(servers.post(1, "bob", TwoServers.FORM, TwoServers.file(1)).statusCode())
          .as("another caller")
          .isEqualTo(200);
    } finally {
      pool.shutdownNow();
    }
  }

  /** Requests grants until {@code end}; returns how many it got. */
  private static int granted(TwoServers servers, int server, long end) throws Exception {
    int granted = 0;
    Thread.sleep(server * 10L);
    while (System.nanoTime() < end) {
      HttpResponse<String> answer =
          servers.post(server, "alice", TwoServers.FORM, TwoServers.file(1));
      if (answer.statusCode() == 200) {
        granted++;
      } else {
        // On a busy machine the store can be too slow. With rates.required nothing is granted then.
        assertThat(answer.statusCode()).as(answer.body()).isIn(429, 503);
        if (answer.statusCode() == 429) {
          assertThat(answer.headers().firstValueAsLong("Retry-After").orElse(0))
              .isBetween(1L, PERIOD.toSeconds());
        }
        Thread.sleep(300);
      }
    }
    return granted;
  }
}
