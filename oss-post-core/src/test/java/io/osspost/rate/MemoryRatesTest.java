package io.osspost.rate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MemoryRatesTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5_000_000_000L);
  private final MemoryRates rates = new MemoryRates(now::get);

  @Test
  void permitsABurstAndThenOneRequestPerInterval() {
    for (int i = 0; i < 6; i++) {
      assertThat(take("alice", 6)).as("request %d", i).isZero();
    }
    assertThat(take("alice", 6)).isEqualTo(Duration.ofSeconds(10));
    assertThat(take("alice", 6)).as("refused requests do not count").hasSeconds(10);
    assertThat(take("bob", 6)).isZero();
    // The clock overflows meanwhile.
    move(Duration.ofMillis(9_999));
    assertThat(take("alice", 6)).isEqualTo(Duration.ofMillis(1));
    move(Duration.ofMillis(1));
    assertThat(take("alice", 6)).isZero();
    assertThat(take("alice", 6)).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void fillsUpToTheBurstAndNoFurther() {
    take("alice", 2);
    move(Duration.ofHours(1));
    assertThat(take("alice", 2)).isZero();
    assertThat(take("alice", 2)).isZero();
    assertThat(take("alice", 2)).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void forgetsCallersWhenThereAreMany() {
    for (int i = 0; i < 100_000; i++) {
      take("caller " + i, 60);
    }
    move(MINUTE);
    take("alice", 60);
    assertThat(rates.size()).isEqualTo(1);
  }

  @Test
  void memoryIsBoundedUnderRequestsFromManyAddresses() {
    for (int i = 0; i < 60; i++) {
      take("alice", 60);
    }
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          for (int i = 0; i < 1_000_000; i++) {
            take("address " + i, 60);
          }
        });
    assertThat(rates.size()).isLessThanOrEqualTo(100_001);
    assertThat(take("alice", 60)).as("the caller with the most requests").isPositive();
  }

  private Duration take(String key, int requests) {
    return rates.take(key, requests, MINUTE);
  }

  private void move(Duration time) {
    now.addAndGet(time.toNanos());
  }
}
