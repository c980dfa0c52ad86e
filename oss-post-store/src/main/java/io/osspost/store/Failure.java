package io.osspost.store;

import io.osspost.ledger.StoreUnavailableException;
import java.sql.SQLException;
import java.util.Set;

/** Turns an error of the database into a fact and a fix for the operator. */
final class Failure {
  /** PostgreSQL and standard SQL; H2; MariaDB. */
  private static final Set<String> NO_TABLE = Set.of("42P01", "42S02", "42S03", "42S04");

  /** A read-only transaction or server; no privilege; H2's own codes for both. */
  private static final Set<String> NOT_PERMITTED = Set.of("25006", "42501", "90096", "90097");

  /** MariaDB: a lock was not obtained in time. H2: the same, and a simultaneous change. */
  private static final Set<Integer> LOCKED = Set.of(1205, 50200, 90131);

  private static final Set<Integer> NOT_PERMITTED_MARIADB = Set.of(1142, 1143, 1290, 1792);

  private Failure() {}

  static StoreUnavailableException of(SQLException e) {
    return new StoreUnavailableException(fact(e), e);
  }

  static boolean isDuplicate(SQLException e) {
    return "23505".equals(e.getSQLState()) || e.getErrorCode() == 1062;
  }

  /**
   * Returns whether the same transaction can succeed if it is repeated: it lost against another one
   * that changed the same rows, or inserted the same row.
   */
  static boolean isRepeatable(SQLException e) {
    return isDuplicate(e)
        || String.valueOf(e.getSQLState()).startsWith("40")
        || LOCKED.contains(e.getErrorCode());
  }

  static boolean isNoTable(SQLException e) {
    return NO_TABLE.contains(String.valueOf(e.getSQLState()));
  }

  private static String fact(SQLException e) {
    if (isNoTable(e)) {
      return "The tables of oss-post do not exist in the database. Set store.create-schema to true,"
          + " or run V1__oss_post.sql of oss-post-store.";
    }
    if (NOT_PERMITTED.contains(String.valueOf(e.getSQLState()))
        || NOT_PERMITTED_MARIADB.contains(e.getErrorCode())) {
      return "The user of the database may not change the tables of oss-post. Grant SELECT, INSERT,"
          + " UPDATE and DELETE on the tables oss_post_*, and SELECT on oss_post_schema.";
    }
    return "The database failed with "
        + e.getClass().getSimpleName()
        + " (SQLState "
        + e.getSQLState()
        + "). Check that it runs and that its connections suffice (store.data-source).";
  }
}
