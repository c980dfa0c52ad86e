package io.osspost.store.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import io.osspost.store.DatabaseServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The guarantee of exact grants, while nodes are killed, callbacks are lost and doubled, and the
 * database stops. Each trial prints its seed and counts. It needs PostgreSQL: now and then H2
 * closes a database whose clients are killed.
 */
class KilledNodesTest {
  private static final Trial.Size SMALL = new Trial.Size(180, 6, Duration.ofSeconds(2));
  private static final Trial.Size FULL = new Trial.Size(2_000, 24, Duration.ofSeconds(10));

  private static DatabaseServer postgresql;

  @TempDir private Path folder;

  @AfterAll
  static void stop() {
    if (postgresql != null) {
      postgresql.close();
    }
  }

  @Test
  void everyUploadHasExactlyOneEffect() throws Exception {
    requireOneEffect(outcome(1, SMALL, database("small"), true), SMALL);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  @Tag("full")
  void everyUploadHasExactlyOneEffectInPostgresql(long seed) throws Exception {
    requireOneEffect(outcome(seed, FULL, database("joined" + seed), true), FULL);
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12})
  @Tag("full")
  void everyUploadHasAnEffectWithoutAJoinedTransaction(long seed) throws Exception {
    Outcome outcome = outcome(seed, FULL, database("alone" + seed), false);
    requireComplete(outcome);
    assertThat(outcome.ambiguous()).as("objects with several event ids").isEmpty();
    assertThat(outcome.repeated()).as("events repeated after a kill").isNotEmpty();
  }

  /** Ten seeds, or as many as the system property {@code seeds} says. */
  static LongStream seeds() {
    return LongStream.rangeClosed(1, Integer.getInteger("seeds", 10));
  }

  private static void requireOneEffect(Outcome outcome, Trial.Size size) {
    requireComplete(outcome);
    assertThat(outcome.repeated()).as("repeated effects").isEmpty();
    assertThat(outcome.kills()).isGreaterThanOrEqualTo(size.kills() / 2);
  }

  private static void requireComplete(Outcome outcome) {
    assertThat(outcome.lost()).as("objects without an effect").isEmpty();
    assertThat(outcome.wrong()).as("effects without an object").isEmpty();
    assertThat(outcome.grants()).containsKeys("REPORTED", "ABSENT", "LATE");
    assertThat(outcome.grants()).doesNotContainKeys("OPEN", "LOST");
    assertThat(outcome.events()).containsOnlyKeys("DONE");
    assertThat(outcome.sources()).containsOnlyKeys("callback", "page", "sweep");
  }

  private Outcome outcome(long seed, Trial.Size size, SharedDatabase database, boolean joined)
      throws Exception {
    try (Trial trial = new Trial(seed, size, database, folder, joined)) {
      try {
        Outcome outcome = trial.run();
        System.out.println(outcome);
        return outcome;
      } catch (Exception | AssertionError e) {
        throw new AssertionError("Seed " + seed + " failed.\n" + trial.logs(), e);
      }
    }
  }

  private static SharedDatabase database(String name) throws Exception {
    if (postgresql == null) {
      postgresql = DatabaseServer.postgresql();
    }
    return new PostgresqlDatabase(postgresql, name);
  }
}
