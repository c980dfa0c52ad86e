package io.osspost.store;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.Locale;

/** The differences between the supported databases. */
enum Dialect {
  POSTGRESQL("postgresql", "PostgreSQL", " ON CONFLICT DO NOTHING"),
  MARIADB("mariadb", "MariaDB or MySQL", ""),
  H2("h2", "H2", "");

  private final String folder;
  private final String title;
  private final String ifAbsent;

  Dialect(String folder, String title, String ifAbsent) {
    this.folder = folder;
    this.title = title;
    this.ifAbsent = ifAbsent;
  }

  /**
   * Returns the dialect of a database.
   *
   * @throws IllegalArgumentException if the database is not supported
   */
  static Dialect of(Connection connection) throws SQLException {
    String product = connection.getMetaData().getDatabaseProductName();
    return switch (product.toLowerCase(Locale.ROOT)) {
      case "postgresql" -> POSTGRESQL;
      case "mariadb", "mysql" -> MARIADB;
      case "h2" -> H2;
      default ->
          throw new IllegalArgumentException(
              "Database '"
                  + product
                  + "' is not supported. Use PostgreSQL, MariaDB, MySQL, or H2 for development.");
    };
  }

  /** Returns whether rows that another transaction has locked can be skipped. */
  boolean skipsLocked(DatabaseMetaData database) throws SQLException {
    int major = database.getDatabaseMajorVersion();
    int minor = database.getDatabaseMinorVersion();
    return switch (this) {
      case POSTGRESQL -> true;
      case MARIADB ->
          database.getDatabaseProductName().equalsIgnoreCase("mysql")
              ? major >= 8
              : major > 10 || (major == 10 && minor >= 6);
      case H2 -> major > 2 || (major == 2 && minor >= 3);
    };
  }

  /**
   * Returns whether a row is looked up before it is inserted, because the driver logs a warning for
   * each row that exists.
   */
  boolean looksFirst() {
    return this == MARIADB;
  }

  /** Returns whether requests are counted in this database, which several servers share. */
  boolean countsRates() {
    return this != H2;
  }

  /** Returns the name for messages. */
  String title() {
    return title;
  }

  /** Returns the path of the schema in this jar. */
  String schema() {
    return "/io/osspost/store/" + folder + "/V1__oss_post.sql";
  }

  /**
   * Returns {@code insert} without an error for a row that exists, if a failed statement would end
   * the transaction.
   */
  String ifAbsent(String insert) {
    return insert + ifAbsent;
  }
}
