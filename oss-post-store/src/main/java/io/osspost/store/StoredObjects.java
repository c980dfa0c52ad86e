package io.osspost.store;

import io.osspost.object.ObjectKey;
import io.osspost.profile.Caller;
import io.osspost.ticket.GrantTerms;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** The objects whose bytes count, in table {@code oss_post_object}. Stateless. */
final class StoredObjects {
  private static final String FIND =
      "SELECT profile, caller, accounts, bytes FROM oss_post_object WHERE object_id = ? FOR UPDATE";

  private static final String INSERT =
      "INSERT INTO oss_post_object (grant_id, profile, caller, accounts, bytes, object_id, bucket,"
          + " object_key) VALUES (?, ?, ?, ?, ?, ?, ?, ?)";

  private static final String REPLACE =
      "UPDATE oss_post_object SET grant_id = ?, profile = ?, caller = ?, accounts = ?, bytes = ?"
          + " WHERE object_id = ?";

  private static final String DELETE = "DELETE FROM oss_post_object WHERE object_id = ?";

  private StoredObjects() {}

  /** Stores the object of a grant, in place of the one that had its name. */
  static void put(
      Connection connection, GrantTerms terms, int accounts, long bytes, AccountChanges changes)
      throws SQLException {
    String key = terms.key().orElseThrow().value();
    String id = id(terms.bucket(), key);
    String grant = terms.grantId().toString();
    String caller = terms.caller().principal().orElse(null);
    if (subtract(connection, id, changes)) {
      Database.update(connection, REPLACE, grant, terms.profile(), caller, accounts, bytes, id);
    } else {
      Database.update(
          connection,
          INSERT,
          grant,
          terms.profile(),
          caller,
          accounts,
          bytes,
          id,
          terms.bucket(),
          key);
    }
    changes.add(Account.of(terms.profile(), terms.caller(), accounts), bytes, 0);
  }

  /** Removes an object, if it is known. */
  static void remove(Connection connection, String bucket, ObjectKey key, AccountChanges changes)
      throws SQLException {
    String id = id(bucket, key.value());
    if (subtract(connection, id, changes)) {
      Database.update(connection, DELETE, id);
    }
  }

  /** Locks the row of an object, and gives back its bytes; returns whether there is a row. */
  private static boolean subtract(Connection connection, String id, AccountChanges changes)
      throws SQLException {
    try (PreparedStatement find = connection.prepareStatement(FIND)) {
      find.setString(1, id);
      try (ResultSet row = find.executeQuery()) {
        if (!row.next()) {
          return false;
        }
        Caller caller =
            Optional.ofNullable(row.getString("caller"))
                .map(Caller::named)
                .orElseGet(Caller::anonymous);
        changes.add(
            Account.of(row.getString("profile"), caller, row.getInt("accounts")),
            -row.getLong("bytes"),
            0);
        return true;
      }
    }
  }

  private static String id(String bucket, String key) {
    return Account.hash(bucket + "\n" + key);
  }
}
