package io.osspost.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Deletes rows that are no longer needed. It finds them without locks and deletes them by their
 * keys, few at a time: a single {@code DELETE} would lock all rows of MariaDB's table until it
 * ends, and grants and reports would wait.
 */
final class OldRows {
  private static final int FOUND_AT_ONCE = 10_000;
  private static final int DELETED_AT_ONCE = 500;

  private final Database database;
  private final String find;
  private final String delete;

  /**
   * Creates the deletion of the rows of a table.
   *
   * @param key the primary key
   * @param condition with one parameter, an instant
   */
  OldRows(Database database, String table, String key, String condition) {
    this.database = database;
    this.find = "SELECT " + key + " FROM " + table + " WHERE " + condition + " LIMIT ?";
    this.delete = "DELETE FROM " + table + " WHERE " + condition + " AND " + key + " = ?";
  }

  void delete(long before) {
    List<String> found;
    do {
      found = database.repeatedStatement(connection -> find(connection, before));
      for (int from = 0; from < found.size(); from += DELETED_AT_ONCE) {
        List<String> some = found.subList(from, Math.min(found.size(), from + DELETED_AT_ONCE));
        database.repeated(connection -> delete(connection, before, some));
      }
    } while (found.size() == FOUND_AT_ONCE && !Thread.currentThread().isInterrupted());
  }

  private List<String> find(Connection connection, long before) throws SQLException {
    List<String> keys = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(find)) {
      select.setLong(1, before);
      select.setInt(2, FOUND_AT_ONCE);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          keys.add(rows.getString(1));
        }
      }
    }
    return keys;
  }

  private int[] delete(Connection connection, long before, List<String> keys) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(delete)) {
      for (String key : keys) {
        statement.setLong(1, before);
        statement.setString(2, key);
        statement.addBatch();
      }
      return statement.executeBatch();
    }
  }
}
