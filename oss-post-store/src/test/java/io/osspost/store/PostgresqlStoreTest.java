package io.osspost.store;

import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.postgresql.ds.PGSimpleDataSource;

/** The store in PostgreSQL of Debian. */
class PostgresqlStoreTest extends OpenUploadsContract {
  private static DatabaseServer server;

  @BeforeAll
  static void start() {
    server = DatabaseServer.postgresql();
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  @Override
  DataSource newDatabase(String name) throws SQLException {
    DatabaseServer.execute(url("postgres", "postgres"), "CREATE DATABASE " + name);
    return source(url(name, "postgres"));
  }

  @Override
  DataSource reader(String name) throws SQLException {
    DatabaseServer.execute(
        url(name, "postgres"),
        "CREATE ROLE " + name + "_reader LOGIN",
        "GRANT SELECT ON ALL TABLES IN SCHEMA public TO " + name + "_reader");
    return source(url(name, name + "_reader"));
  }

  @Override
  DataSource unreachable() {
    return source("jdbc:postgresql://127.0.0.1:1/none?user=postgres");
  }

  private static String url(String database, String user) {
    return "jdbc:postgresql://127.0.0.1:" + server.port() + "/" + database + "?user=" + user;
  }

  private static DataSource source(String url) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(url);
    return source;
  }
}
