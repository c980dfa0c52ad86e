package io.osspost.benchmarks.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The result of one run of the load generator wrk.
 *
 * @param requests the number of answers
 * @param perSecond the number of answers per second
 * @param p99Micros the latency that one percent of the requests exceeded
 */
record Wrk(long requests, double perSecond, double p99Micros) {
  private static final int CONNECTIONS = 16;
  private static final Pattern REQUESTS = Pattern.compile("(?m)^ *(\\d+) requests in ");
  private static final Pattern PER_SECOND = Pattern.compile("(?m)^Requests/sec: +([\\d.]+)");
  private static final Pattern P99 = Pattern.compile("(?m)^ *99% +([\\d.]+)(us|ms|s)");
  private static final Pattern FAILED =
      Pattern.compile("(?m)^ *(Socket errors|Non-2xx or 3xx responses): .*");
  private static final Map<String, Double> MICROS = Map.of("us", 1.0, "ms", 1e3, "s", 1e6);

  static Wrk run(URI address, Duration length) throws IOException, InterruptedException {
    Process wrk;
    try {
      wrk =
          new ProcessBuilder(
                  "wrk",
                  "-t1",
                  "-c" + CONNECTIONS,
                  "-d" + length.toSeconds() + "s",
                  "--latency",
                  address.toString())
              .redirectErrorStream(true)
              .start();
    } catch (IOException e) {
      throw new IOException("wrk could not be started. Install it: apt-get install wrk", e);
    }
    String output = new String(wrk.getInputStream().readAllBytes(), UTF_8);
    if (wrk.waitFor() != 0) {
      throw new IOException("wrk failed:\n" + output);
    }
    return read(output);
  }

  /** Reads wrk's output. A run with a failed request is rejected. */
  static Wrk read(String output) {
    Matcher failed = FAILED.matcher(output);
    if (failed.find()) {
      throw new IllegalArgumentException("Requests failed. " + failed.group().strip());
    }
    Matcher p99 = find(P99, output);
    return new Wrk(
        Long.parseLong(find(REQUESTS, output).group(1)),
        Double.parseDouble(find(PER_SECOND, output).group(1)),
        Double.parseDouble(p99.group(1)) * MICROS.getOrDefault(p99.group(2), 1.0));
  }

  private static Matcher find(Pattern pattern, String output) {
    Matcher matcher = pattern.matcher(output);
    if (!matcher.find()) {
      throw new IllegalArgumentException("wrk printed something unknown:\n" + output);
    }
    return matcher;
  }
}
