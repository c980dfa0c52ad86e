package io.osspost.store.nodes;

import java.sql.SQLException;
import java.time.Duration;

/** The database of both nodes, which a test can disturb. */
interface SharedDatabase extends AutoCloseable {
  /** Returns the URL at which every process reaches it, with the user. */
  String url();

  /** Ends all connections at once, in the middle of their transactions. */
  void disconnect() throws SQLException;

  /** Lets the database answer nothing for this time. */
  void stop(Duration duration) throws Exception;

  @Override
  void close() throws SQLException;
}
