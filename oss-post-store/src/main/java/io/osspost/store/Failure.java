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

  private static final Set<Integer> NOT_PERMITTED_MARIADB = Set.of(1142, 1143, 1290, 1792);

  private Failure() {}

  static StoreUnavailableException of(SQLException e) {
    return new StoreUnavailableException(fact(e), e);
  }

  static boolean isDuplicate(SQLException e) {
    return "23505".equals(e.getSQLState()) || e.getErrorCode() == 1062;
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
          + " UPDATE and DELETE on oss_post_grant and oss_post_event, and SELECT on"
          + " oss_post_schema.";
    }
    return "The database failed with "
        + e.getClass().getSimpleName()
        + " (SQLState "
        + e.getSQLState()
        + "). Check that it runs and that its connections suffice (store.data-source).";
  }
}
