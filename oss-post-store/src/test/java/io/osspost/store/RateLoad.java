package io.osspost.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.osspost.spi.SharedRates;
import java.time.Duration;
import java.util.List;

/** Many requests to two servers, which must permit as many as one. */
final class RateLoad {
  private static final int REQUESTS = 40;
  private static final Duration PERIOD = Duration.ofSeconds(2);

  private RateLoad() {}

  /** Checks the number of permitted requests, which the clock of the test determines. */
  static void assertRate(SharedRates one, SharedRates two) throws Exception {
    assertThat(one.take("another caller", REQUESTS, PERIOD)).isZero();
    long began = System.nanoTime();
    List<Integer> permitted =
        StoreContract.together(
            16,
            number -> {
              SharedRates rates = number % 2 == 0 ? one : two;
              int count = 0;
              while (System.nanoTime() - began < 4_000_000_000L) {
                Duration wait = rates.take("caller", REQUESTS, PERIOD);
                if (wait.isZero()) {
                  count++;
                } else {
                  assertThat(wait).isLessThanOrEqualTo(PERIOD);
                  Thread.sleep(Math.min(20, wait.toMillis()));
                }
              }
              return count;
            });
    double periods = (System.nanoTime() - began) / (double) PERIOD.toNanos();
    int all = permitted.stream().mapToInt(Integer::intValue).sum();
    assertThat(permitted.get(0) + permitted.get(1)).as("both servers permit some").isPositive();
    assertThat((double) all)
        .as("%s permitted in %.2f periods", all, periods)
        .isBetween(REQUESTS * (periods - 1), REQUESTS * (periods + 1) + 1);
  }
}
