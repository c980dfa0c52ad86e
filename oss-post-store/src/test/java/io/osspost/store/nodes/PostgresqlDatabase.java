package io.osspost.store.nodes;

import io.osspost.store.DatabaseServer;
import java.sql.SQLException;
import java.time.Duration;

/** A new database in PostgreSQL of Debian. */
final class PostgresqlDatabase implements SharedDatabase {
  private final DatabaseServer server;
  private final String name;

  PostgresqlDatabase(DatabaseServer server, String name) throws SQLException {
    this.server = server;
    this.name = name;
    DatabaseServer.execute(url("postgres"), "CREATE DATABASE " + name);
  }

  @Override
  public String url() {
    return url(name);
  }

  @Override
  public void disconnect() throws SQLException {
    DatabaseServer.execute(
        url("postgres"),
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + name + "'");
  }

  @Override
  public void stop(Duration duration) throws Exception {
    server.signal("STOP");
    try {
      Thread.sleep(duration.toMillis());
    } finally {
      server.signal("CONT");
    }
  }

  @Override
  public void close() throws SQLException {
    DatabaseServer.execute(url("postgres"), "DROP DATABASE " + name + " WITH (FORCE)");
  }

  private String url(String database) {
    return "jdbc:postgresql://127.0.0.1:" + server.port() + "/" + database + "?user=postgres";
  }
}
