package io.osspost.store.nodes;

import io.osspost.callback.UploadedObject;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The application's own table: one row for each call of its listener that was committed. */
final class Effects {
  /** One row. */
  record Row(String key, String eventId, String etag, long size, String source) {}

  private final String url;

  Effects(String url) {
    this.url = url;
  }

  void create() throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE effects (object_key VARCHAR(200), event_id VARCHAR(100), etag VARCHAR(100),"
              + " size BIGINT, source VARCHAR(20))");
    }
  }

  /** Inserts a row. The table accepts any number of rows for one object. */
  static void insert(Connection connection, UploadedObject object) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO effects VALUES (?, ?, ?, ?, ?)")) {
      insert.setString(1, object.key().value());
      insert.setString(2, object.eventId());
      insert.setString(3, object.etag());
      insert.setLong(4, object.size());
      insert.setString(5, source(object));
      insert.executeUpdate();
    }
  }

  List<Row> rows() throws SQLException {
    List<Row> found = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT * FROM effects")) {
      while (rows.next()) {
        found.add(
            new Row(
                rows.getString(1),
                rows.getString(2),
                rows.getString(3),
                rows.getLong(4),
                rows.getString(5)));
      }
    }
    return found;
  }

  private static String source(UploadedObject object) {
    if (object.requestId().isPresent()) {
      return "callback";
    }
    return Thread.currentThread().getName().startsWith("oss-post-sweep") ? "sweep" : "page";
  }
}
