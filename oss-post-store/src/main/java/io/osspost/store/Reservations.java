package io.osspost.store;

import io.osspost.ledger.LeasedGrant;
import io.osspost.ledger.QuotaLedger.Room;
import io.osspost.profile.Quota;
import io.osspost.ticket.GrantTerms;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The bytes that grants reserve, in table {@code oss_post_grant}. Every method works in the
 * caller's transaction. Rows are locked in one order: grant, open uploads, object, accounts.
 * Stateless.
 */
final class Reservations {
  private static final String LOCK =
      "SELECT state, due_at, fence, max_size, accounts, reserved, counted_event"
          + " FROM oss_post_grant WHERE grant_id = ? FOR UPDATE";

  private static final String SET =
      "UPDATE oss_post_grant SET accounts = ?, reserved = ?, counted_event = ? WHERE grant_id = ?";

  /** One statement decides and reserves. */
  private static final String RESERVE =
      "UPDATE oss_post_quota SET reserved = reserved + ?"
          + " WHERE account_id = ? AND stored + reserved + ? <= ?";

  private static final String USED =
      "SELECT stored + reserved FROM oss_post_quota WHERE account_id = ?";

  private Reservations() {}

  /** The columns of a locked grant. */
  private record Row(
      String state,
      boolean due,
      long fence,
      long maxSize,
      int accounts,
      long reserved,
      Optional<String> countedEvent) {
    boolean isOpen() {
      return due && (state.equals("OPEN") || state.equals("REPORTED"));
    }

    boolean canBeRepeated() {
      return state.equals("OPEN") || state.equals("ABSENT");
    }

    /** A grant that was made before the quota was set has none. */
    boolean hasReservation() {
      return state.equals("OPEN") && accounts != 0;
    }
  }

  /** Reserves bytes of both quotas; if there is not enough room, the caller must roll back. */
  static Room reserve(Connection connection, GrantTerms terms, Quota quota, long bytes)
      throws SQLException {
    for (Account account : accounts(terms, Account.kinds(quota))) {
      if (!reserved(connection, account, bytes, limit(account, quota))) {
        return full(account);
      }
    }
    return Room.ENOUGH;
  }

  private static boolean reserved(Connection connection, Account account, long bytes, long limit)
      throws SQLException {
    if (Database.update(connection, RESERVE, bytes, account.id(), bytes, limit) == 1) {
      return true;
    }
    if (bytes > limit) {
      return false;
    }
    if (used(connection, account).isPresent()) {
      // Another grant may have inserted the account after the first try.
      return Database.update(connection, RESERVE, bytes, account.id(), bytes, limit) == 1;
    }
    AccountChanges.insert(connection, account, 0, bytes);
    return true;
  }

  /** Reserves the bytes of a repeated grant, if they were released. */
  static Room reserveAgain(Connection connection, GrantTerms terms, Quota quota)
      throws SQLException {
    Row row = lock(connection, terms.grantId());
    if (row == null || row.hasReservation() || !row.canBeRepeated()) {
      return Room.ENOUGH;
    }
    set(connection, terms, Account.kinds(quota), row.maxSize, row.countedEvent);
    return reserve(connection, terms, quota, row.maxSize);
  }

  /** Returns the room at this moment, without a lock. */
  static Room room(Connection connection, GrantTerms terms, Quota quota) throws SQLException {
    for (Account account : accounts(terms, Account.kinds(quota))) {
      if (used(connection, account).orElse(0L) + terms.maxSize() > limit(account, quota)) {
        return full(account);
      }
    }
    return Room.ENOUGH;
  }

  /** Counts a stored object in place of the reservation of its grant. */
  static void count(
      Connection connection, GrantTerms terms, String eventId, long bytes, boolean replaceable)
      throws SQLException {
    Row row = lock(connection, terms.grantId());
    if (row == null || row.accounts == 0 || row.countedEvent.equals(Optional.of(eventId))) {
      return;
    }
    long kept = replaceable && row.isOpen() ? Math.max(0, row.maxSize - bytes) : 0;
    set(connection, terms, row.accounts, kept, Optional.of(eventId));
    AccountChanges changes =
        new AccountChanges().add(accounts(terms, row.accounts), 0, kept - row.reserved);
    StoredObjects.put(connection, terms, row.accounts, bytes, changes);
    changes.apply(connection);
  }

  /** Releases the bytes of a leased grant; returns whether it is still leased. */
  static boolean release(Connection connection, LeasedGrant grant) throws SQLException {
    GrantTerms terms = grant.terms();
    Row row = lock(connection, terms.grantId());
    if (row == null || row.fence != grant.fence()) {
      return false;
    }
    if (row.reserved != 0) {
      set(connection, terms, row.accounts, 0, row.countedEvent);
      new AccountChanges().add(accounts(terms, row.accounts), 0, -row.reserved).apply(connection);
    }
    return true;
  }

  private static List<Account> accounts(GrantTerms terms, int kinds) {
    return Account.of(terms.profile(), terms.caller(), kinds);
  }

  private static long limit(Account account, Quota quota) {
    return (account.kind() == Account.OF_ALL ? quota.total() : quota.perCaller())
        .orElse(Long.MAX_VALUE);
  }

  private static Room full(Account account) {
    return account.kind() == Account.OF_ALL ? Room.TOTAL_FULL : Room.CALLER_FULL;
  }

  private static @Nullable Row lock(Connection connection, UUID grantId) throws SQLException {
    try (PreparedStatement lock = connection.prepareStatement(LOCK)) {
      lock.setString(1, grantId.toString());
      try (ResultSet row = lock.executeQuery()) {
        if (!row.next()) {
          return null;
        }
        return new Row(
            row.getString("state"),
            row.getObject("due_at") != null,
            row.getLong("fence"),
            row.getLong("max_size"),
            row.getInt("accounts"),
            row.getLong("reserved"),
            Optional.ofNullable(row.getString("counted_event")));
      }
    }
  }

  private static void set(
      Connection connection,
      GrantTerms terms,
      int accounts,
      long reserved,
      Optional<String> countedEvent)
      throws SQLException {
    Database.update(
        connection, SET, accounts, reserved, countedEvent.orElse(null), terms.grantId().toString());
  }

  private static Optional<Long> used(Connection connection, Account account) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(USED)) {
      select.setString(1, account.id());
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(row.getLong(1)) : Optional.empty();
      }
    }
  }
}
