package io.osspost.store;

import io.osspost.spi.SharedRates;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The rates in table {@code oss_post_rate}. Thread-safe.
 *
 * <p>Bucket4j is loaded for the first request that is counted, so an application without rates does
 * not need its jar.
 */
final class TableRates implements SharedRates {
  private final DataSource source;
  private final Dialect dialect;
  private @Nullable SharedRates buckets;

  TableRates(DataSource source, Dialect dialect) {
    this.source = source;
    this.dialect = dialect;
  }

  @Override
  public Duration take(String key, int requests, Duration period) {
    return buckets().take(key, requests, period);
  }

  private synchronized SharedRates buckets() {
    if (buckets == null) {
      RateTable table = new RateTable(source, dialect);
      buckets = new BucketRates(dialect.title(), () -> table);
    }
    return buckets;
  }

  @Override
  public String description() {
    return dialect.title();
  }

  /** Deletes the rows of buckets that are full again. */
  void clean() {
    new OldRows(new Database(source), "oss_post_rate", "id", "expires_at < ?")
        .delete(System.currentTimeMillis());
  }
}
