package io.osspost.store;

import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.distributed.proxy.generic.select_for_update.LockAndGetResult;
import io.github.bucket4j.distributed.proxy.generic.select_for_update.SelectForUpdateBasedTransaction;
import io.github.bucket4j.distributed.remote.RemoteBucketState;
import io.osspost.ledger.StoreUnavailableException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** One change of one row of table {@code oss_post_rate}. Not thread-safe. */
final class RateTransaction implements SelectForUpdateBasedTransaction {
  private static final String LOCK = "SELECT state FROM oss_post_rate WHERE id = ? FOR UPDATE";

  private static final String UPDATE =
      "UPDATE oss_post_rate SET state = ?, expires_at = ? WHERE id = ?";

  /** A row is kept longer than its bucket needs to be full, because clocks differ. */
  private static final Duration KEPT = Duration.ofMinutes(1);

  private final DataSource source;
  private final String insert;
  private final String key;
  private @Nullable Connection connection;
  private boolean autoCommit;
  private int isolation;

  RateTransaction(DataSource source, String insert, String key) {
    this.source = source;
    this.insert = insert;
    this.key = key;
  }

  /** A step of the transaction. */
  private interface Step<T> {
    T run(Connection connection) throws SQLException;
  }

  @Override
  public void begin(Optional<Long> timeoutNanos) {
    try {
      Connection opened = connection;
      if (opened == null) {
        opened = source.getConnection();
        connection = opened;
        autoCommit = opened.getAutoCommit();
        isolation = opened.getTransactionIsolation();
        if (isolation != Connection.TRANSACTION_READ_COMMITTED) {
          opened.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        }
        opened.setAutoCommit(false);
      }
    } catch (SQLException e) {
      throw Failure.of(e);
    }
  }

  @Override
  public LockAndGetResult tryLockAndGet(Optional<Long> timeoutNanos) {
    return step(
        opened -> {
          try (PreparedStatement lock = opened.prepareStatement(LOCK)) {
            limit(lock, timeoutNanos);
            lock.setString(1, key);
            try (ResultSet row = lock.executeQuery()) {
              return row.next()
                  ? LockAndGetResult.locked(row.getBytes(1))
                  : LockAndGetResult.notLocked();
            }
          }
        });
  }

  /**
   * Returns false if another server inserts the row at the same time; then the call is repeated.
   */
  @Override
  public boolean tryInsertEmptyData(Optional<Long> timeoutNanos) {
    return step(
        opened -> {
          try (PreparedStatement row = opened.prepareStatement(insert)) {
            limit(row, timeoutNanos);
            row.setString(1, key);
            row.setLong(2, System.currentTimeMillis() + KEPT.toMillis());
            row.executeUpdate();
            return true;
          } catch (SQLException e) {
            if (Failure.isRepeatable(e)) {
              return false;
            }
            throw e;
          }
        });
  }

  @Override
  public void update(byte[] data, RemoteBucketState state, Optional<Long> timeoutNanos) {
    long now = TimeMeter.SYSTEM_MILLISECONDS.currentTimeNanos();
    long full = now + state.calculateFullRefillingTime(now) + KEPT.toNanos();
    step(
        opened -> {
          try (PreparedStatement update = opened.prepareStatement(UPDATE)) {
            limit(update, timeoutNanos);
            update.setBytes(1, data);
            update.setLong(2, Duration.ofNanos(full).toMillis());
            update.setString(3, key);
            return update.executeUpdate();
          }
        });
  }

  @Override
  public void commit(Optional<Long> timeoutNanos) {
    step(
        opened -> {
          opened.commit();
          return true;
        });
  }

  @Override
  public void rollback() {
    step(
        opened -> {
          opened.rollback();
          return true;
        });
  }

  /** Closes the connection, as it was before. */
  @Override
  public void release() {
    if (connection == null) {
      return;
    }
    try (Connection opened = connection) {
      connection = null;
      opened.setAutoCommit(autoCommit);
      if (isolation != Connection.TRANSACTION_READ_COMMITTED) {
        opened.setTransactionIsolation(isolation);
      }
    } catch (SQLException e) {
      throw Failure.of(e);
    }
  }

  /**
   * Runs a step.
   *
   * @throws StoreUnavailableException if the database does not answer
   */
  private <T> T step(Step<T> step) {
    try {
      return step.run(Objects.requireNonNull(connection, "The transaction has not begun."));
    } catch (SQLException e) {
      throw Failure.of(e);
    }
  }

  private static void limit(PreparedStatement statement, Optional<Long> timeoutNanos)
      throws SQLException {
    if (timeoutNanos.isPresent()) {
      statement.setQueryTimeout(Database.seconds(Duration.ofNanos(timeoutNanos.get())));
    }
  }
}
