package io.osspost.benchmarks.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Loads each container with wrk, the filter and the bare servlet in turns, and prints the filter's
 * share of the servlet's speed. Server and wrk share the CPUs of one machine.
 */
public final class FilterComparison {
  private static final Lengths LENGTHS = new Lengths(300_000, Duration.ofSeconds(5));

  /** The number of requests before the measurement, and the length of a turn. */
  record Lengths(long warmUp, Duration turn) {}

  /** The result of one turn, on both sides of the connection. */
  record Turn(Wrk wrk, double cpuMicrosPerRequest) {}

  /** Two turns, one right after the other. */
  record Pair(Turn filter, Turn bare) {
    double ratio(ToDoubleFunction<Turn> of) {
      return of.applyAsDouble(filter) / of.applyAsDouble(bare);
    }
  }

  private FilterComparison() {}

  /**
   * Runs the comparison.
   *
   * @param pairs how many times each side is measured
   */
  public static void run(int pairs) throws IOException, InterruptedException {
    System.out.printf(
        Locale.ROOT,
        "JDK %s, %d CPUs for server and wrk together; 16 connections, median of %d interleaved"
            + " pairs of %d seconds, in brackets the middle half of the pairs' ratios%n%n",
        Runtime.version(),
        Runtime.getRuntime().availableProcessors(),
        pairs,
        LENGTHS.turn.toSeconds());
    System.out.println("| | filter | bare servlet | filter to bare |");
    System.out.println("|---|--:|--:|--:|");
    for (Container container : Container.values()) {
      List<Pair> measured = measure(container, pairs, LENGTHS);
      print(container, "requests per second", measured, turn -> turn.wrk.perSecond());
      print(container, "99 % answered within, µs", measured, turn -> turn.wrk.p99Micros());
      print(container, "server CPU per request, µs", measured, Turn::cpuMicrosPerRequest);
    }
  }

  static List<Pair> measure(Container container, int pairs, Lengths lengths)
      throws IOException, InterruptedException {
    Process server =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                FilterServer.class.getName(),
                container.name())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader said =
        new BufferedReader(new InputStreamReader(server.getInputStream(), UTF_8))) {
      String port = said.readLine();
      if (port == null) {
        throw new IOException(container.title() + " did not start");
      }
      URI filter = FilterServer.address(Integer.parseInt(port), FilterServer.FILTER);
      URI bare = FilterServer.address(Integer.parseInt(port), FilterServer.BARE);
      warmUp(filter, lengths);
      warmUp(bare, lengths);
      List<Pair> measured = new ArrayList<>();
      for (int pair = 0; pair < pairs; pair++) {
        // Each side goes first in every second pair.
        Turn first = turn(server, pair % 2 == 0 ? filter : bare, lengths);
        Turn second = turn(server, pair % 2 == 0 ? bare : filter, lengths);
        measured.add(pair % 2 == 0 ? new Pair(first, second) : new Pair(second, first));
      }
      return measured;
    } finally {
      server.destroy();
      server.waitFor();
    }
  }

  /** Counts requests instead of seconds, because a busy machine needs longer to compile code. */
  private static void warmUp(URI address, Lengths lengths)
      throws IOException, InterruptedException {
    long answered = 0;
    while (answered < lengths.warmUp) {
      answered += Wrk.run(address, lengths.turn).requests();
    }
  }

  private static Turn turn(Process server, URI address, Lengths lengths)
      throws IOException, InterruptedException {
    Duration before = cpu(server);
    Wrk wrk = Wrk.run(address, lengths.turn);
    double micros = cpu(server).minus(before).toNanos() / 1e3;
    return new Turn(wrk, micros / wrk.requests());
  }

  private static Duration cpu(Process server) {
    return server
        .info()
        .totalCpuDuration()
        .orElseThrow(() -> new IllegalStateException("This system does not tell CPU times."));
  }

  private static void print(
      Container container, String what, List<Pair> pairs, ToDoubleFunction<Turn> of) {
    double[] ratios = sorted(pairs, pair -> pair.ratio(of));
    System.out.printf(
        Locale.ROOT,
        "| %s, %s | %,.0f | %,.0f | %.3f (%.3f to %.3f) |%n",
        container.title(),
        what,
        quantile(sorted(pairs, pair -> of.applyAsDouble(pair.filter)), 0.5),
        quantile(sorted(pairs, pair -> of.applyAsDouble(pair.bare)), 0.5),
        median(pairs, of),
        quantile(ratios, 0.25),
        quantile(ratios, 0.75));
  }

  /** Returns the median of the ratios of filter to bare servlet. */
  static double median(List<Pair> pairs, ToDoubleFunction<Turn> of) {
    return quantile(sorted(pairs, pair -> pair.ratio(of)), 0.5);
  }

  private static double[] sorted(List<Pair> pairs, ToDoubleFunction<Pair> of) {
    double[] values = pairs.stream().mapToDouble(of).toArray();
    Arrays.sort(values);
    return values;
  }

  private static double quantile(double[] sorted, double quantile) {
    return sorted[(int) Math.round(quantile * (sorted.length - 1))];
  }
}
