package io.osspost.store;

import io.osspost.ledger.StoreUnavailableException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A transaction on a plain data source, for applications without a transaction manager. The
 * listener uses {@link #connection} for its own statements, and neither commits nor closes it.
 * Thread-safe.
 */
public final class PlainTransaction implements JoinedTransaction {
  private final DataSource source;

  @SuppressWarnings("ThreadLocalUsage") // Each data source has its own; run removes it.
  private final ThreadLocal<@Nullable Connection> current = new ThreadLocal<>();

  /**
   * Creates a transaction.
   *
   * @param source the data source of the store
   */
  public PlainTransaction(DataSource source) {
    this.source = Objects.requireNonNull(source, "source");
  }

  /**
   * {@inheritDoc}
   *
   * @throws StoreUnavailableException if the database does not answer
   */
  @Override
  public void run(Runnable work) {
    try (Connection connection = source.getConnection()) {
      boolean autoCommit = connection.getAutoCommit();
      connection.setAutoCommit(false);
      current.set(connection);
      boolean complete = false;
      try {
        work.run();
        connection.commit();
        complete = true;
      } finally {
        current.remove();
        if (!complete) {
          connection.rollback();
        }
        connection.setAutoCommit(autoCommit);
      }
    } catch (SQLException e) {
      throw Failure.of(e);
    }
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalStateException outside of a listener
   */
  @Override
  public Connection connection() {
    Connection connection = current.get();
    if (connection == null) {
      throw new IllegalStateException(
          "No listener runs on this thread. Use the connection inside UploadListener.uploaded.");
    }
    return connection;
  }

  /** Does nothing: {@link #run} closes the connection. */
  @Override
  public void release(Connection connection) {}
}
