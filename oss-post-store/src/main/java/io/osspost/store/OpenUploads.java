package io.osspost.store;

import io.osspost.ledger.QuotaLedger.Room;
import io.osspost.profile.Quota;
import io.osspost.ticket.GrantTerms;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * The uploads in parts of a caller that are in progress: the open rows of table {@code
 * oss_post_grant} with the caller's account. They are counted in the transaction of each start,
 * while the account is locked. No number is stored, so none can differ from the rows. Stateless.
 */
final class OpenUploads {
  private static final String LOCK =
      "SELECT account_id FROM oss_post_quota WHERE account_id = ? FOR UPDATE";

  private static final String OTHERS =
      "SELECT COUNT(*) FROM oss_post_grant"
          + " WHERE open_uploads = ? AND state = 'OPEN' AND grant_id <> ?";

  /** Changes no upload that counts already. */
  private static final String ENTER_AGAIN =
      "UPDATE oss_post_grant SET open_uploads = ? WHERE grant_id = ?"
          + " AND (state = 'ABSENT' OR (state = 'OPEN' AND open_uploads IS NULL))";

  private OpenUploads() {}

  /** Returns the account of the caller; empty if its uploads are not limited. */
  static Optional<Account> account(GrantTerms terms, Quota quota) {
    return quota.openUploads().isPresent()
        ? Optional.of(Account.ofUploads(terms.profile(), terms.caller()))
        : Optional.empty();
  }

  /** Returns whether an upload whose row was inserted may start; if not, the caller rolls back. */
  static Room enter(Connection connection, GrantTerms terms, Quota quota) throws SQLException {
    Optional<Account> account = account(terms, quota);
    if (account.isEmpty()) {
      return Room.ENOUGH;
    }
    lock(connection, account.get());
    return room(connection, terms, quota);
  }

  /** As {@link #enter}, for an upload whose row exists. It enters once. */
  static Room enterAgain(Connection connection, GrantTerms terms, Quota quota) throws SQLException {
    Optional<Account> account = account(terms, quota);
    boolean enters =
        account.isPresent()
            && Database.update(
                    connection, ENTER_AGAIN, account.get().id(), terms.grantId().toString())
                == 1;
    return enters ? enter(connection, terms, quota) : Room.ENOUGH;
  }

  /** Returns the room at this moment. It can change unless the account is locked. */
  static Room room(Connection connection, GrantTerms terms, Quota quota) throws SQLException {
    Optional<Account> account = account(terms, quota);
    return account.isPresent()
            && others(connection, terms, account.get()) >= quota.openUploads().getAsInt()
        ? Room.TOO_MANY_OPEN
        : Room.ENOUGH;
  }

  private static long others(Connection connection, GrantTerms terms, Account account)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(OTHERS)) {
      Database.bind(select, account.id(), terms.grantId().toString());
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  private static void lock(Connection connection, Account account) throws SQLException {
    try (PreparedStatement lock = connection.prepareStatement(LOCK)) {
      lock.setString(1, account.id());
      try (ResultSet row = lock.executeQuery()) {
        if (row.next()) {
          return;
        }
      }
    }
    AccountChanges.insert(connection, account, 0, 0);
  }
}
