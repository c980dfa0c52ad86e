package io.osspost.benchmarks;

import io.osspost.benchmarks.boot.BootStart;
import io.osspost.benchmarks.http.FilterComparison;
import io.osspost.benchmarks.store.StoreCost;
import java.util.Arrays;

/**
 * {@code java -jar benchmarks/target/benchmarks.jar grants|cold-start|filter|boot-start|store|jmh}.
 */
final class Main {
  private Main() {}

  public static void main(String[] args) throws Exception {
    String command = args.length == 0 ? "" : args[0];
    switch (command) {
      case "grants" -> GrantComparison.run(args.length > 1 ? Integer.parseInt(args[1]) : 41);
      case "cold-start" -> ColdStart.run(args.length > 1 ? Integer.parseInt(args[1]) : 15);
      case "filter" -> FilterComparison.run(args.length > 1 ? Integer.parseInt(args[1]) : 11);
      case "boot-start" -> BootStart.run(args.length > 1 ? Integer.parseInt(args[1]) : 15);
      case "store" -> StoreCost.run(args.length > 1 ? Integer.parseInt(args[1]) : 10);
      case "jmh" -> org.openjdk.jmh.Main.main(Arrays.copyOfRange(args, 1, args.length));
      default -> {
        System.err.println(
            "Say what to measure: grants [rounds], cold-start [runs], filter [pairs], boot-start"
                + " [runs], store [seconds], or jmh [JMH options].");
        System.exit(2);
      }
    }
  }
}
