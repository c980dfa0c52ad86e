package io.osspost.benchmarks;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Measures all contenders in one JVM, in turns of a few milliseconds, so that other load on the
 * machine affects all of them. The medians are of CPU time and allocation of the granting threads,
 * without the collector's own time.
 */
final class GrantComparison {
  private static final double BLOCK_NANOS = 20e6;
  private static final int WARM_UP_ROUNDS = 50;

  /** One contender, its grants per turn, and the cost of its turns. */
  private static final class Entry {
    final Contender contender;
    final Granter granter;
    final List<Sample> samples = new ArrayList<>();
    int count = 100;

    Entry(Contender contender, Task task) {
      this.contender = contender;
      this.granter = contender.open(task);
    }

    double nanos(double quantile) {
      return quantile(samples.stream().mapToDouble(Sample::cpuNanos).toArray(), quantile);
    }

    double bytes() {
      return quantile(samples.stream().mapToDouble(Sample::bytes).toArray(), 0.5);
    }
  }

  private final ExecutorService threads;
  private final int threadCount;

  private GrantComparison(ExecutorService threads, int threadCount) {
    this.threads = threads;
    this.threadCount = threadCount;
  }

  static void run(int rounds) throws Exception {
    System.out.printf(
        Locale.ROOT,
        "JDK %s, %d CPUs; median of %d turns, CPU time%n",
        Runtime.version(),
        Runtime.getRuntime().availableProcessors(),
        rounds);
    for (Contender.Trade trade : Contender.Trade.values()) {
      run(trade, Task.Keys.temporary(), 1, rounds);
      run(trade, Task.Keys.permanent(), 1, rounds);
      run(trade, Task.Keys.temporary(), 2, rounds);
    }
    System.exit(0); // Clients under test may have left threads.
  }

  private static void run(Contender.Trade trade, Task.Keys keys, int threadCount, int rounds)
      throws Exception {
    System.out.printf(
        Locale.ROOT,
        "%n%s, %d thread%s, %s%n%n",
        trade.title(),
        threadCount,
        threadCount == 1 ? "" : "s",
        tokenOf(keys, trade));
    ExecutorService threads = Executors.newFixedThreadPool(threadCount);
    try {
      new GrantComparison(threads, threadCount)
          .compare(trade, new Task(keys, Clock.systemUTC()), rounds);
    } finally {
      threads.shutdown();
    }
  }

  private static String tokenOf(Task.Keys keys, Contender.Trade trade) {
    if (keys.areTemporary()) {
      return "security token of 600 characters";
    }
    return trade == Contender.Trade.FORM
        ? "no security token; ours in format form, as the page of v4 always sends a token"
        : "no security token";
  }

  private void compare(Contender.Trade trade, Task task, int rounds) throws Exception {
    List<Entry> entries = trade.contenders().stream().map(c -> new Entry(c, task)).toList();
    List<Entry> turns = new ArrayList<>(entries);
    for (int round = -WARM_UP_ROUNDS; round < rounds; round++) {
      Collections.rotate(turns, 1);
      for (Entry entry : turns) {
        Sample sample = sample(entry.granter, entry.count);
        if (round < 0) {
          entry.count = (int) Math.max(100, BLOCK_NANOS / sample.cpuNanos());
        } else {
          entry.samples.add(sample);
        }
      }
    }
    print(entries);
  }

  /** Runs the same block in every thread at once. */
  private Sample sample(Granter granter, int count) throws Exception {
    Callable<Sample> block = () -> Sample.take(granter, count);
    double nanos = 0;
    double bytes = 0;
    for (Future<Sample> taken : threads.invokeAll(Collections.nCopies(threadCount, block))) {
      nanos += taken.get().cpuNanos() / threadCount;
      bytes += taken.get().bytes() / threadCount;
    }
    return new Sample(nanos, bytes);
  }

  private static void print(List<Entry> entries) {
    double ours = entries.get(0).nanos(0.5);
    System.out.println(
        "| | ns per grant | middle half | bytes allocated | answer | times oss-post |");
    System.out.println("|---|--:|--:|--:|--:|--:|");
    for (Entry entry : entries) {
      System.out.printf(
          Locale.ROOT,
          "| %s | %,.0f | %,.0f to %,.0f | %,.0f | %,d | %.2f |%n",
          entry.contender.title(),
          entry.nanos(0.5),
          entry.nanos(0.25),
          entry.nanos(0.75),
          entry.bytes(),
          entry.granter.grant("user-1000").length,
          entry.nanos(0.5) / ours);
    }
  }

  static double quantile(double[] values, double quantile) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[(int) Math.round((sorted.length - 1) * quantile)];
  }
}
