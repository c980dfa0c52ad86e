package io.osspost.store;

import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.mariadb.jdbc.MariaDbDataSource;

/** The store in MariaDB of Debian. */
class MariadbStoreTest extends OpenUploadsContract {
  private static DatabaseServer server;

  @BeforeAll
  static void start() {
    server = DatabaseServer.mariadb();
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  @Override
  DataSource newDatabase(String name) throws SQLException {
    // A character set of the database that is not the one of the tables.
    DatabaseServer.execute(
        url("mysql", "root"), "CREATE DATABASE " + name + " CHARACTER SET latin1");
    return source(url(name, "root"));
  }

  @Override
  DataSource reader(String name) throws SQLException {
    DatabaseServer.execute(
        url("mysql", "root"),
        "CREATE USER " + name + "@'127.0.0.1'",
        "GRANT SELECT ON " + name + ".* TO " + name + "@'127.0.0.1'");
    return source(url(name, name));
  }

  @Override
  DataSource unreachable() throws SQLException {
    return source("jdbc:mariadb://127.0.0.1:1/none?user=root");
  }

  private static String url(String database, String user) {
    return "jdbc:mariadb://127.0.0.1:" + server.port() + "/" + database + "?user=" + user;
  }

  private static DataSource source(String url) throws SQLException {
    return new MariaDbDataSource(url);
  }
}
