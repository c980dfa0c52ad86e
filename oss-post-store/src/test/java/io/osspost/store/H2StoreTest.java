package io.osspost.store;

import java.sql.SQLException;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;

/** The store in H2, in memory. */
class H2StoreTest extends OpenUploadsContract {
  @Override
  DataSource newDatabase(String name) {
    return source("jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=-1", "sa");
  }

  @Override
  DataSource reader(String name) throws SQLException {
    DatabaseServer.execute(
        "jdbc:h2:mem:" + name + ";user=sa",
        "CREATE USER reader PASSWORD ''",
        "GRANT SELECT ON SCHEMA PUBLIC TO reader");
    return source("jdbc:h2:mem:" + name, "reader");
  }

  @Override
  DataSource unreachable() {
    return source("jdbc:h2:tcp://127.0.0.1:1/none", "sa");
  }

  private static DataSource source(String url, String user) {
    JdbcDataSource source = new JdbcDataSource();
    source.setURL(url);
    source.setUser(user);
    source.setPassword("");
    return source;
  }
}
