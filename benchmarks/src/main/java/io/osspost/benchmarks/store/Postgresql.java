package io.osspost.benchmarks.store;

import com.zaxxer.hikari.HikariDataSource;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;

/** The database of the benchmark, which {@code .ci/postgresql} starts. */
record Postgresql(String url) {
  /** Reads the address from the environment. */
  static Postgresql ofEnvironment() {
    return new Postgresql(
        Optional.ofNullable(System.getenv("POSTGRESQL_URL"))
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "POSTGRESQL_URL is not set. Run .ci/postgresql java -jar"
                            + " benchmarks/target/benchmarks.jar store.")));
  }

  int port() {
    return URI.create(url.substring("jdbc:".length())).getPort();
  }

  /** Returns the same database behind another port of this machine. */
  Postgresql at(int port) {
    return new Postgresql(url.replace(":" + port(), ":" + port));
  }

  /** Returns the same database with an option of the driver. */
  Postgresql with(String option) {
    return new Postgresql(url + "&" + option);
  }

  HikariDataSource pool(int connections, Duration timeout) {
    HikariDataSource pool = new HikariDataSource();
    pool.setJdbcUrl(url);
    pool.setMaximumPoolSize(connections);
    pool.setConnectionTimeout(timeout.toMillis());
    pool.setInitializationFailTimeout(-1);
    return pool;
  }

  void execute(String sql) throws SQLException {
    try (HikariDataSource pool = pool(1, Duration.ofSeconds(5));
        Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
