package io.osspost.rate;

import static org.assertj.core.api.Assertions.assertThat;

import io.osspost.ledger.StoreUnavailableException;
import io.osspost.spi.SharedRates;
import io.osspost.testsupport.LoggedLines;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ReliableRatesTest {
  private static final Duration HOUR = Duration.ofHours(1);

  private final AtomicLong now = new AtomicLong();
  private final FakeStore store = new FakeStore();
  private final ReliableRates rates = new ReliableRates(store, now::get);

  @Test
  void serverCountsByItselfWhileTheStoreDoesNotAnswer() {
    assertThat(rates.take("alice", 1, HOUR)).isEqualTo(Duration.ofSeconds(7));
    store.answers = false;
    assertThat(LoggedLines.warnings("io.osspost.web.RateLimit", () -> rates.take("alice", 1, HOUR)))
        .singleElement()
        .asString()
        .contains("counts by itself for 5 s", "Redis does not run. Start it.");
    assertThat(rates.take("alice", 1, HOUR)).isPositive();
    assertThat(rates.take("bob", 1, HOUR)).isZero();
    assertThat(store.asked).as("not asked during the pause").hasValue(2);

    store.answers = true;
    now.addAndGet(Duration.ofSeconds(5).toNanos());
    assertThat(rates.take("alice", 1, HOUR)).isEqualTo(Duration.ofSeconds(7));
  }

  @Test
  void oneRequestTriesTheStoreAfterThePause() throws Exception {
    store.answers = false;
    rates.take("alice", 60, HOUR);
    now.addAndGet(Duration.ofSeconds(5).toNanos());
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch pool = new CountDownLatch(1);
    store.slow =
        () -> {
          entered.countDown();
          pool.await();
        };
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      Future<Duration> first = threads.submit(() -> rates.take("alice", 60, HOUR));
      assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();
      Future<Duration> second = threads.submit(() -> rates.take("bob", 60, HOUR));
      assertThat(second.get(5, TimeUnit.SECONDS)).as("while the first one waits").isZero();
      pool.countDown();
      assertThat(first.get(5, TimeUnit.SECONDS)).isZero();
    } finally {
      pool.countDown();
      threads.shutdownNow();
    }
    assertThat(store.asked).hasValue(2);
    now.addAndGet(Duration.ofSeconds(4).toNanos());
    rates.take("bob", 60, HOUR);
    assertThat(store.asked).as("the second pause").hasValue(2);
  }

  /** The time that a store needs. */
  private interface Slowness {
    void waitFor() throws InterruptedException;
  }

  private static final class FakeStore implements SharedRates {
    private boolean answers = true;
    private final AtomicInteger asked = new AtomicInteger();
    private Slowness slow = () -> {};

    @Override
    public Duration take(String key, int requests, Duration period) {
      asked.incrementAndGet();
      try {
        slow.waitFor();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      if (!answers) {
        throw new StoreUnavailableException(
            "Redis does not run. Start it.", new IllegalStateException("down"));
      }
      return Duration.ofSeconds(7);
    }

    @Override
    public String description() {
      return "Redis";
    }
  }
}
