package io.osspost.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.RedisClient;
import io.osspost.ledger.StoreUnavailableException;
import io.osspost.settings.Collaborators;
import io.osspost.settings.InvalidSettingException;
import io.osspost.settings.UploadSettings;
import io.osspost.spi.RateStoreOptions;
import io.osspost.spi.SharedRates;
import io.osspost.testsupport.LoggedLines;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Rates in Redis of Debian, by two clients, as settings open them. */
class RedisRatesTest {
  private static RedisServer server;
  private static RedisClient client;
  private static RedisClient other;

  @BeforeAll
  static void start() {
    server = RedisServer.start();
    client = RedisClient.create(server.url());
    other = RedisClient.create(server.url());
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
      other.shutdown(Duration.ZERO, Duration.ofSeconds(1));
      server.close();
    }
  }

  @Test
  void rateOfTwoServersIsTheConfiguredOne() throws Exception {
    try (SharedRates one = open(client);
        SharedRates two = open(other)) {
      RateLoad.assertRate(one, two);
    }
  }

  @Test
  void redisThatDoesNotRunIsToldUntilItRunsAgain() {
    try (SharedRates rates = open(client)) {
      assertThat(rates.take("alice", 1, Duration.ofHours(1))).isZero();
      assertThat(rates.take("alice", 1, Duration.ofHours(1))).isPositive();
      server.close();
      long began = System.nanoTime();
      assertThatThrownBy(() -> rates.take("alice", 1, Duration.ofHours(1)))
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessageContaining("Redis")
          .hasMessageContaining("Check that it runs");
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
      server.restart();
      Duration wait = null;
      for (int i = 0; i < 100 && wait == null; i++) {
        try {
          wait = rates.take("alice", 1, Duration.ofHours(1));
        } catch (StoreUnavailableException e) {
          assertThat(e).hasMessageContaining("Redis");
        }
      }
      assertThat(wait).as("Redis has lost the counts").isZero();
    }
  }

  @Test
  void settingsOpenTheClientByItsName() {
    Map<String, String> settings = settings();
    settings.put("rates.client", "uploadsRedis");
    Collaborators named =
        Collaborators.builder()
            .objects(name -> Optional.of(name.equals("uploadsRedis") ? client : "text"))
            .build();
    try (LoggedLines logged = LoggedLines.of(UploadSettings.class.getName())) {
      UploadSettings.read(settings).open(named).close();
      assertThat(logged.lines())
          .anyMatch(line -> line.contains("counted for all servers together, in Redis."));
    }
    settings.put("rates.client", "other");
    assertThatThrownBy(() -> UploadSettings.read(settings).open(named))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("rates.client")
        .hasMessageContaining("'other' is a java.lang.String, not a RedisClient");
    settings.remove("rates.client");
    assertThatThrownBy(() -> UploadSettings.read(settings).open())
        .hasMessageContaining("rates.storage")
        .hasMessageContaining("no single RedisClient");
  }

  private static SharedRates open(RedisClient of) {
    return new RedisRateType()
        .open(
            new RateStoreOptions() {
              @Override
              public Optional<String> client() {
                return Optional.empty();
              }

              @Override
              public Optional<Object> object(String name) {
                return Optional.empty();
              }

              @Override
              public <T> Optional<T> find(Class<T> type) {
                return Optional.of(type.cast(of));
              }
            });
  }

  private static Map<String, String> settings() {
    return new HashMap<>(
        Map.of(
            "bucket", "examplebucket",
            "region", "cn-hangzhou",
            "credentials.type", "static",
            "credentials.access-key-id", "LTAI5tExampleKeyId12",
            "credentials.access-key-secret", "topsecret",
            "rates.grants", "60/1m",
            "rates.storage", "redis"));
  }
}
