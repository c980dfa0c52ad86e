package io.osspost.store;

import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.distributed.proxy.ClientSideConfig;
import io.github.bucket4j.distributed.proxy.generic.select_for_update.AbstractSelectForUpdateBasedProxyManager;
import io.github.bucket4j.distributed.proxy.generic.select_for_update.SelectForUpdateBasedTransaction;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * The buckets of Bucket4j in table {@code oss_post_rate}. Thread-safe.
 *
 * <p>Bucket4j has modules for single databases. This class serves all databases of the store, also
 * MariaDB by its own driver, with the statements that they have in common.
 */
final class RateTable extends AbstractSelectForUpdateBasedProxyManager<String> {
  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  private static final String INSERT =
      "INSERT INTO oss_post_rate (id, state, expires_at) VALUES (?, NULL, ?)";

  private final DataSource source;
  private final Database database;
  private final String insert;

  RateTable(DataSource source, Dialect dialect) {
    super(
        ClientSideConfig.getDefault()
            .withClientClock(TimeMeter.SYSTEM_MILLISECONDS)
            .withRequestTimeout(TIMEOUT));
    this.source = source;
    this.database = new Database(source);
    this.insert = dialect.ifAbsent(INSERT);
  }

  @Override
  protected SelectForUpdateBasedTransaction allocateTransaction(
      String key, Optional<Long> timeoutNanos) {
    return new RateTransaction(source, insert, key);
  }

  @Override
  public void removeProxy(String key) {
    database.each(
        connection -> Database.update(connection, "DELETE FROM oss_post_rate WHERE id = ?", key));
  }
}
