package io.osspost.benchmarks.store;

import java.time.Duration;
import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Measures the store on PostgreSQL. Database and benchmark share the CPUs of one machine, and the
 * database writes its log to disk at every commit, as it does by default.
 */
public final class StoreCost {
  /** Kept, because a logger that is not referenced forgets its level. */
  private static final Logger LIBRARY = Logger.getLogger("io.osspost");

  private StoreCost() {}

  /**
   * Runs all measurements.
   *
   * @param seconds the length of a turn
   */
  public static void run(int seconds) throws Exception {
    LIBRARY.setLevel(Level.OFF);
    System.out.printf(
        Locale.ROOT,
        "JDK %s, %d CPUs for the database and this process together%n",
        Runtime.version(),
        Runtime.getRuntime().availableProcessors());
    Postgresql database = Postgresql.ofEnvironment();
    GrantLatency grants = new GrantLatency(database);
    grants.run();
    grants.runWhileDown();
    new EventRate(database, Duration.ofSeconds(seconds)).run();
    System.exit(0); // Threads that wait for the silent database remain.
  }
}
