package io.osspost.store;

import io.osspost.callback.ListenerTransaction;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * A transaction of the application that the store joins: the listener's changes and the note that
 * it received the event are committed together. Must be thread-safe.
 *
 * <p>{@link #connection} is only called on the thread that runs the work of {@link #run}.
 */
public interface JoinedTransaction extends ListenerTransaction {
  /**
   * Returns the connection of the transaction that runs on this thread. It must be of the database
   * of the store.
   *
   * @return the connection, which {@link #release} receives
   * @throws SQLException if the database does not answer
   */
  Connection connection() throws SQLException;

  /**
   * Ends the use of the connection, without a commit.
   *
   * @param connection the result of {@link #connection}
   * @throws SQLException if the database does not answer
   */
  void release(Connection connection) throws SQLException;
}
