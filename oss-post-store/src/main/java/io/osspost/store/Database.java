package io.osspost.store;

import io.osspost.ledger.StoreUnavailableException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Runs statements on connections of the application's data source. Thread-safe. */
final class Database {
  private static final int ATTEMPTS = 12;

  private final DataSource source;

  Database(DataSource source) {
    this.source = source;
  }

  /** Work on one connection. */
  interface Work<T> {
    T run(Connection connection) throws SQLException;
  }

  /** Runs {@code work}, each of whose statements is committed by itself. */
  <T> T each(Work<T> work) {
    return with(true, Connection.TRANSACTION_NONE, work);
  }

  /** Runs {@code work} in one transaction, in which each statement sees what others committed. */
  <T> T transaction(Work<T> work) {
    return with(
        false,
        Connection.TRANSACTION_READ_COMMITTED,
        connection -> {
          boolean complete = false;
          try {
            T result = work.run(connection);
            connection.commit();
            complete = true;
            return result;
          } finally {
            if (!complete) {
              connection.rollback();
            }
          }
        });
  }

  /**
   * Runs {@code work} in one transaction, and repeats it if it loses against transactions that
   * change the same rows at the same time.
   */
  <T> T repeated(Work<T> work) {
    return repeated(() -> transaction(work));
  }

  /**
   * Runs single statements as {@link #each}, and repeats them as {@link #repeated}: where
   * transactions are {@code SERIALIZABLE} by default, these can lose too.
   */
  <T> T repeatedStatement(Work<T> work) {
    return repeated(() -> each(work));
  }

  private static <T> T repeated(Supplier<T> work) {
    for (int attempt = 1; ; attempt++) {
      try {
        return work.get();
      } catch (StoreUnavailableException e) {
        if (attempt == ATTEMPTS
            || !(e.getCause() instanceof SQLException cause)
            || !Failure.isRepeatable(cause)) {
          throw e;
        }
        pause(attempt);
      }
    }
  }

  /** Waits for a random time, so that the same transactions do not meet again. */
  private static void pause(int attempt) {
    try {
      Thread.sleep(ThreadLocalRandom.current().nextLong(5L << Math.min(attempt, 6)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Runs {@code work} with these properties of the connection. Pools reset neither of them in all
   * cases, so both are restored. Only transactions read the isolation, because the driver of
   * PostgreSQL sends a statement for it.
   */
  private <T> T with(boolean autoCommit, int isolation, Work<T> work) {
    try (Connection connection = source.getConnection()) {
      boolean before = connection.getAutoCommit();
      int isolated =
          isolation == Connection.TRANSACTION_NONE
              ? isolation
              : connection.getTransactionIsolation();
      if (isolation != isolated) {
        connection.setTransactionIsolation(isolation);
      }
      if (before != autoCommit) {
        connection.setAutoCommit(autoCommit);
      }
      try {
        return work.run(connection);
      } finally {
        if (before != autoCommit) {
          connection.setAutoCommit(before);
        }
        if (isolation != isolated) {
          connection.setTransactionIsolation(isolated);
        }
      }
    } catch (SQLException e) {
      throw Failure.of(e);
    }
  }

  /** Runs one statement that changes rows, and returns their number. */
  static int update(Connection connection, String sql, @Nullable Object... values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, values);
      return statement.executeUpdate();
    }
  }

  static void bind(PreparedStatement statement, @Nullable Object... values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
  }

  static int seconds(Duration duration) {
    return (int) Math.max(1, duration.toSeconds());
  }
}
