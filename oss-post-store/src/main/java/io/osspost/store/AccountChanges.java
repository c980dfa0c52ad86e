package io.osspost.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The changes of one transaction to table {@code oss_post_quota}. They are made at the end of the
 * transaction, in the order of the accounts, so that no two transactions wait for each other. Not
 * thread-safe.
 */
final class AccountChanges {
  private static final String CHANGE =
      "UPDATE oss_post_quota SET stored = stored + ?, reserved = reserved + ? WHERE account_id = ?";

  private static final String INSERT =
      "INSERT INTO oss_post_quota (account_id, profile, caller, account, stored, reserved)"
          + " VALUES (?, ?, ?, ?, ?, ?)";

  private final Map<Account, Bytes> changes = new TreeMap<>(Comparator.comparing(Account::id));

  private record Bytes(long stored, long reserved) {
    Bytes plus(Bytes other) {
      return new Bytes(stored + other.stored, reserved + other.reserved);
    }
  }

  AccountChanges add(List<Account> accounts, long stored, long reserved) {
    for (Account account : accounts) {
      changes.merge(account, new Bytes(stored, reserved), Bytes::plus);
    }
    return this;
  }

  void apply(Connection connection) throws SQLException {
    for (Map.Entry<Account, Bytes> change : changes.entrySet()) {
      Bytes bytes = change.getValue();
      if ((bytes.stored != 0 || bytes.reserved != 0)
          && Database.update(connection, CHANGE, bytes.stored, bytes.reserved, change.getKey().id())
              == 0) {
        insert(connection, change.getKey(), bytes.stored, bytes.reserved);
      }
    }
  }

  static void insert(Connection connection, Account account, long stored, long reserved)
      throws SQLException {
    Database.update(
        connection,
        INSERT,
        account.id(),
        account.profile(),
        account.caller().orElse(null),
        account.kind(),
        stored,
        reserved);
  }
}
