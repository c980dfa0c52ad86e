package io.osspost.store;

import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.jdbc.AbstractJdbcProxyManagerBuilder;
import io.github.bucket4j.distributed.jdbc.PrimaryKeyMapper;
import io.github.bucket4j.distributed.proxy.ExpiredEntriesCleaner;
import io.github.bucket4j.distributed.proxy.ProxyManager;
import io.github.bucket4j.mysql.Bucket4jMySQL;
import io.github.bucket4j.postgresql.Bucket4jPostgreSQL;
import io.osspost.spi.SharedRates;
import java.time.Duration;
import javax.sql.DataSource;

/** Rates in table {@code oss_post_rate}. Thread-safe. */
final class JdbcRates {
  private static final int BATCH = 1_000;

  private final ProxyManager<String> buckets;
  private final SharedRates rates;

  private <P extends ProxyManager<String>, B extends AbstractJdbcProxyManagerBuilder<String, P, B>>
      JdbcRates(String description, B builder) {
    this.buckets =
        builder
            .table("oss_post_rate")
            .idColumn("id")
            .stateColumn("state")
            .expiresAtColumn("expires_at")
            .requestTimeout(Duration.ofSeconds(2))
            .expirationAfterWrite(
                ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(
                    Duration.ofMinutes(1)))
            .build();
    this.rates = new BucketRates(description, () -> buckets);
  }

  static JdbcRates of(Dialect dialect, DataSource source) {
    return dialect == Dialect.POSTGRESQL
        ? new JdbcRates(
            "PostgreSQL",
            Bucket4jPostgreSQL.selectForUpdateBasedBuilder(source)
                .primaryKeyMapper(PrimaryKeyMapper.STRING))
        : new JdbcRates(
            "MariaDB or MySQL",
            Bucket4jMySQL.selectForUpdateBasedBuilder(source)
                .primaryKeyMapper(PrimaryKeyMapper.STRING));
  }

  SharedRates rates() {
    return rates;
  }

  /** Deletes the rows of full buckets. */
  void clean() {
    if (buckets instanceof ExpiredEntriesCleaner cleaner) {
      int removed;
      do {
        removed = cleaner.removeExpired(BATCH);
      } while (removed == BATCH);
    }
  }
}
