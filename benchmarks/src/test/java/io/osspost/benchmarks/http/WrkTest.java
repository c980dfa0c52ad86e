package io.osspost.benchmarks.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

/** Reads the output of wrk 4.1.0 from Debian 12. */
class WrkTest {
  private static final String PRINTED =
      """
      Running 2s test @ http://127.0.0.1:33333/
        1 threads and 16 connections
        Thread Stats   Avg      Stdev     Max   +/- Stdev
          Latency     1.20ms    2.28ms  42.31ms   93.46%
          Req/Sec    22.13k     4.61k   31.24k    65.00%
        Latency Distribution
           50%  611.00us
           75%    1.15ms
           90%    2.60ms
           99%    9.87ms
        44123 requests in 2.01s, 141.73MB read
      Requests/sec:  21977.36
      Transfer/sec:     70.59MB
      """;

  @Test
  void theFiguresAreRead() {
    assertThat(Wrk.read(PRINTED)).isEqualTo(new Wrk(44_123, 21_977.36, 9_870));
    assertThat(Wrk.read(PRINTED.replace(" 9.87ms", "987.00us")).p99Micros()).isEqualTo(987);
    assertThat(Wrk.read(PRINTED.replace(" 9.87ms", "  1.50s")).p99Micros()).isEqualTo(1_500_000);
  }

  @Test
  void aRunWithFailuresCountsForNothing() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Wrk.read(PRINTED + "  Non-2xx or 3xx responses: 7\n"))
        .withMessage("Requests failed. Non-2xx or 3xx responses: 7");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> Wrk.read(PRINTED + "  Socket errors: connect 0, read 3, write 0, timeout 0\n"))
        .withMessageContaining("read 3");
  }
}
