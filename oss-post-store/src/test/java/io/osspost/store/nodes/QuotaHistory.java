package io.osspost.store.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import io.osspost.store.DatabaseServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Every state that an account of a quota ever had, which PostgreSQL writes down by a trigger, in
 * the order of the changes.
 */
final class QuotaHistory {
  private final String url;

  /** Starts to write the history of the tables, which exist. */
  QuotaHistory(String url) throws SQLException {
    this.url = url;
    DatabaseServer.execute(
        url,
        "CREATE TABLE quota_history (id BIGSERIAL PRIMARY KEY, account_id VARCHAR(43),"
            + " account SMALLINT, stored BIGINT, reserved BIGINT)",
        "CREATE FUNCTION write_history() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            + " INSERT INTO quota_history (account_id, account, stored, reserved)"
            + " VALUES (NEW.account_id, NEW.account, NEW.stored, NEW.reserved);"
            + " RETURN NEW; END $$",
        "CREATE TRIGGER quota_changed AFTER INSERT OR UPDATE ON oss_post_quota"
            + " FOR EACH ROW EXECUTE FUNCTION write_history()");
  }

  /**
   * The result of reading the history.
   *
   * @param changes how many there were
   * @param late changes that stored bytes without a reservation
   * @param largest the most bytes of all callers at a moment
   */
  record Summary(int changes, int late, long largest) {}

  /**
   * Checks each moment: the stored and reserved bytes are at most the quota and the bytes that came
   * late, and a grant never reserves beyond the quota.
   */
  Summary check(long perCaller, long total) throws SQLException {
    int changes = 0;
    int late = 0;
    long largest = 0;
    String before = "";
    long stored = 0;
    long reserved = 0;
    long lateBytes = 0;
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT * FROM quota_history ORDER BY account_id, id")) {
      while (rows.next()) {
        if (!before.equals(rows.getString("account_id"))) {
          before = rows.getString("account_id");
          stored = 0;
          reserved = 0;
          lateBytes = 0;
        }
        boolean ofAll = rows.getInt("account") == 2;
        long quota = ofAll ? total : perCaller;
        final long moreStored = rows.getLong("stored") - stored;
        final long moreReserved = rows.getLong("reserved") - reserved;
        stored = rows.getLong("stored");
        reserved = rows.getLong("reserved");
        changes++;
        assertThat(stored).isNotNegative();
        assertThat(reserved).isNotNegative();
        if (moreReserved > 0) {
          assertThat(moreStored).as("a grant stores nothing").isZero();
          assertThat(stored + reserved).as("after a grant").isLessThanOrEqualTo(quota);
        } else if (moreStored > 0 && moreReserved == 0) {
          late += ofAll ? 1 : 0;
          lateBytes += moreStored;
        } else {
          assertThat(moreStored + moreReserved).as("an end").isNotPositive();
        }
        assertThat(stored + reserved).isLessThanOrEqualTo(quota + lateBytes);
        largest = ofAll ? Math.max(largest, stored + reserved) : largest;
      }
    }
    return new Summary(changes, late, largest);
  }
}
