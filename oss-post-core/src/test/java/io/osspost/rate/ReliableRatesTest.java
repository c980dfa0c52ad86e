package io.osspost.rate;

import static org.assertj.core.api.Assertions.assertThat;

import io.osspost.ledger.StoreUnavailableException;
import io.osspost.spi.SharedRates;
import io.osspost.testsupport.LoggedLines;
import java.time.Duration;
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
    assertThat(store.asked).as("not asked during the pause").isEqualTo(2);

    store.answers = true;
    now.addAndGet(Duration.ofSeconds(5).toNanos());
    assertThat(rates.take("alice", 1, HOUR)).isEqualTo(Duration.ofSeconds(7));
  }

  private static final class FakeStore implements SharedRates {
    private boolean answers = true;
    private int asked;

    @Override
    public Duration take(String key, int requests, Duration period) {
      asked++;
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
