package io.osspost.benchmarks.store;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Callable;

/** The times of many calls, sorted. */
final class Latencies {
  private final long[] nanos;

  private Latencies(long[] nanos) {
    this.nanos = nanos;
    Arrays.sort(nanos);
  }

  static Latencies of(long[] nanos) {
    return new Latencies(nanos.clone());
  }

  /** Runs {@code call} that many times. */
  static Latencies of(int count, Callable<?> call) throws Exception {
    long[] nanos = new long[count];
    for (int i = 0; i < count; i++) {
      long start = System.nanoTime();
      Object result = call.call();
      nanos[i] = System.nanoTime() - start;
      if (result == null) {
        throw new IllegalStateException("A call must have a result");
      }
    }
    return new Latencies(nanos);
  }

  long[] nanos() {
    return nanos.clone();
  }

  double micros(double quantile) {
    return nanos[(int) Math.round((nanos.length - 1) * quantile)] / 1e3;
  }

  Duration longest() {
    return Duration.ofNanos(nanos[nanos.length - 1]);
  }

  int count() {
    return nanos.length;
  }
}
