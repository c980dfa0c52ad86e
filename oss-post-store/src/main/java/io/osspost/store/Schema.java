package io.osspost.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.osspost.ledger.StoreUnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;

/** The tables of the store: creates them on request, and checks their version and privileges. */
final class Schema {
  private static final int VERSION = 1;
  private static final int ATTEMPTS = 5;

  /** Statements that change no row, and fail without the privilege for it. */
  private static final List<String> PROBES =
      List.of(
          "INSERT INTO oss_post_grant SELECT * FROM oss_post_grant WHERE 1 = 0",
          "UPDATE oss_post_grant SET filename = NULL, vars = NULL WHERE 1 = 0",
          "DELETE FROM oss_post_grant WHERE 1 = 0",
          "INSERT INTO oss_post_event SELECT * FROM oss_post_event WHERE 1 = 0",
          "UPDATE oss_post_event SET answer = NULL WHERE 1 = 0",
          "DELETE FROM oss_post_event WHERE 1 = 0",
          "INSERT INTO oss_post_object SELECT * FROM oss_post_object WHERE 1 = 0",
          "UPDATE oss_post_object SET bytes = 0 WHERE 1 = 0",
          "DELETE FROM oss_post_object WHERE 1 = 0",
          "INSERT INTO oss_post_quota SELECT * FROM oss_post_quota WHERE 1 = 0",
          "UPDATE oss_post_quota SET stored = 0 WHERE 1 = 0");

  private static final List<String> RATE_PROBES =
      List.of(
          "INSERT INTO oss_post_rate SELECT * FROM oss_post_rate WHERE 1 = 0",
          "UPDATE oss_post_rate SET state = NULL WHERE 1 = 0",
          "DELETE FROM oss_post_rate WHERE 1 = 0");

  private final Database database;
  private final Dialect dialect;

  Schema(Database database, Dialect dialect) {
    this.database = database;
    this.dialect = dialect;
  }

  /**
   * Creates the tables unless they exist. Another server may create them at the same time, so a
   * failure is final only if the tables still do not exist after a moment.
   */
  void create() {
    for (int attempt = 1; !exists(); attempt++) {
      try {
        run(statements());
      } catch (StoreUnavailableException e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
        pause();
      }
    }
  }

  private void run(List<String> statements) {
    database.transaction(
        connection -> {
          try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
              statement.execute(sql);
            }
          }
          return true;
        });
  }

  private static void pause() {
    try {
      Thread.sleep(200);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Checks that the tables exist in this version, and that rows can be changed.
   *
   * @throws StoreUnavailableException if not
   */
  void require() {
    int version = database.each(Schema::version);
    if (version != VERSION) {
      throw new IllegalArgumentException(
          "The tables of oss-post in the database have version "
              + version
              + ", but this oss-post-store needs version "
              + VERSION
              + ". Use the version of oss-post-store that created them.");
    }
    database.each(
        connection -> {
          try (Statement statement = connection.createStatement()) {
            for (String probe : PROBES) {
              statement.executeUpdate(probe);
            }
            for (String probe : dialect.countsRates() ? RATE_PROBES : List.<String>of()) {
              statement.executeUpdate(probe);
            }
          }
          return true;
        });
  }

  private boolean exists() {
    return database.each(
        connection -> {
          try {
            return version(connection) > 0;
          } catch (SQLException e) {
            if (Failure.isNoTable(e)) {
              return false;
            }
            throw e;
          }
        });
  }

  private static int version(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT version FROM oss_post_schema")) {
      return rows.next() ? rows.getInt(1) : 0;
    }
  }

  private List<String> statements() {
    try (InputStream sql = Schema.class.getResourceAsStream(dialect.schema())) {
      String text = new String(Objects.requireNonNull(sql, "schema").readAllBytes(), UTF_8);
      return List.of(text.replaceAll("(?m)^--.*\n", "").strip().split(";\\s*"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
