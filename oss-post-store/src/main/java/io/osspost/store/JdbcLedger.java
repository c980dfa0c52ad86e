package io.osspost.store;

import io.osspost.ledger.GrantState;
import io.osspost.ledger.LeasedGrant;
import io.osspost.ledger.LedgerReader;
import io.osspost.ledger.LedgerSummary;
import io.osspost.ledger.OpenGrant;
import io.osspost.ledger.QuotaLedger;
import io.osspost.object.ObjectKey;
import io.osspost.object.ProfileId;
import io.osspost.profile.Caller;
import io.osspost.profile.Quota;
import io.osspost.profile.UploadVars;
import io.osspost.ticket.GrantTerms;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** The ledger in table {@code oss_post_grant}, and its quotas. Thread-safe. */
final class JdbcLedger implements QuotaLedger, LedgerReader {
  private static final String INSERT =
      "INSERT INTO oss_post_grant (grant_id, kind, format, profile, tenant, profile_id, bucket,"
          + " prefix, object_key, media_type, min_size, max_size, forbid_overwrite, callback,"
          + " caller, first_granted_at, expires_at, upload_id, state, due_at, fence, accounts,"
          + " reserved, open_uploads, filename, vars)"
          + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'OPEN', ?, 0, ?, ?,"
          + " ?, ?, ?)";

  private static final String REPEAT =
      "UPDATE oss_post_grant SET expires_at = ?, due_at = ?, state = 'OPEN', fence = fence + 1"
          + " WHERE grant_id = ? AND state IN ('OPEN', 'ABSENT')";

  private static final String GIVEN_UP =
      "UPDATE oss_post_grant SET due_at = ?, open_uploads = NULL"
          + " WHERE grant_id = ? AND state = 'OPEN' AND due_at > ?";

  private static final String REPORTED = "UPDATE oss_post_grant SET state = 'REPORTED'";
  private static final String IN_TIME = " WHERE grant_id = ? AND state IN ('OPEN', 'REPORTED')";
  private static final String LATE = "UPDATE oss_post_grant SET state = 'LATE'";
  private static final String TOO_LATE =
      " WHERE grant_id = ? AND state NOT IN ('OPEN', 'REPORTED')";

  private static final String LEASE =
      "UPDATE oss_post_grant SET due_at = ?, fence = ? WHERE grant_id = ? AND fence = ?";

  private static final String MARK =
      "UPDATE oss_post_grant SET state = ?, due_at = ? WHERE grant_id = ? AND fence = ?";

  /** Changes no row, and fails without the privilege for it, or if the database is read-only. */
  private static final String WRITABLE = "UPDATE oss_post_grant SET fence = 0 WHERE 1 = 0";

  private static final String SUMMARY =
      "SELECT state, COUNT(*), MIN(due_at) FROM oss_post_grant WHERE due_at IS NOT NULL"
          + " GROUP BY state";

  private static final String OPEN =
      "SELECT * FROM oss_post_grant WHERE due_at IS NOT NULL AND state = 'OPEN'"
          + " ORDER BY due_at LIMIT ?";

  /** Most grants have no bytes to release, so that one statement suffices. */
  private static final String FREE = " AND reserved = 0";

  /** A look that found no object is outdated if the upload was reported in the meantime. */
  private static final String UNCHANGED = " AND state = ?";

  private final Database database;
  private final Dialect dialect;
  private final String due;

  JdbcLedger(Database database, Dialect dialect, boolean skipsLocked) {
    this.database = database;
    this.dialect = dialect;
    this.due =
        "SELECT * FROM oss_post_grant WHERE due_at <= ? ORDER BY due_at LIMIT ? FOR UPDATE"
            + (skipsLocked ? " SKIP LOCKED" : "");
  }

  @Override
  public void granted(GrantTerms terms, Optional<String> uploadId, Instant dueAt) {
    database.repeatedStatement(
        connection -> {
          if (!inserted(connection, terms, uploadId, dueAt, Quota.none())) {
            repeat(connection, terms, dueAt);
          }
          return true;
        });
  }

  @Override
  public Room granted(GrantTerms terms, Optional<String> uploadId, Instant dueAt, Quota quota) {
    return database.repeated(
        connection -> {
          Room room;
          if (inserted(connection, terms, uploadId, dueAt, quota)) {
            room = OpenUploads.enter(connection, terms, quota);
            if (room == Room.ENOUGH) {
              room = Reservations.reserve(connection, terms, quota, terms.maxSize());
            }
          } else {
            room = OpenUploads.enterAgain(connection, terms, quota);
            if (room == Room.ENOUGH) {
              room = Reservations.reserveAgain(connection, terms, quota);
              repeat(connection, terms, dueAt);
            }
          }
          if (room != Room.ENOUGH) {
            connection.rollback();
          }
          return room;
        });
  }

  @Override
  public Room room(GrantTerms terms, Quota quota) {
    return database.repeatedStatement(
        connection -> {
          Room room = OpenUploads.room(connection, terms, quota);
          return room == Room.ENOUGH ? Reservations.room(connection, terms, quota) : room;
        });
  }

  @Override
  public void stored(GrantTerms terms, String eventId, long bytes, boolean replaceable) {
    if (terms.key().isPresent()) {
      database.repeated(
          connection -> {
            Reservations.count(connection, terms, eventId, bytes, replaceable);
            return true;
          });
    }
  }

  @Override
  public void givenUp(UUID grantId, Instant now) {
    database.repeatedStatement(
        connection ->
            Database.update(
                connection, GIVEN_UP, now.toEpochMilli(), grantId.toString(), now.toEpochMilli()));
  }

  @Override
  public void deleted(String bucket, ObjectKey key) {
    database.repeated(
        connection -> {
          AccountChanges changes = new AccountChanges();
          StoredObjects.remove(connection, bucket, key, changes);
          changes.apply(connection);
          return true;
        });
  }

  private static void repeat(Connection connection, GrantTerms terms, Instant dueAt)
      throws SQLException {
    Database.update(
        connection,
        REPEAT,
        terms.expiresAt().getEpochSecond(),
        dueAt.toEpochMilli(),
        terms.grantId().toString());
  }

  private boolean inserted(
      Connection connection,
      GrantTerms terms,
      Optional<String> uploadId,
      Instant dueAt,
      Quota quota)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(dialect.ifAbsent(INSERT))) {
      insert.setString(1, terms.grantId().toString());
      insert.setString(2, terms.kind());
      insert.setString(3, terms.format());
      insert.setString(4, terms.profile());
      insert.setString(5, terms.profileId().map(ProfileId::tenant).orElse(null));
      insert.setString(6, terms.profileId().map(ProfileId::id).orElse(null));
      insert.setString(7, terms.bucket());
      insert.setString(8, terms.prefix());
      insert.setString(9, terms.key().orElseThrow().value());
      insert.setString(10, terms.type().orElse(null));
      insert.setLong(11, terms.minSize());
      insert.setLong(12, terms.maxSize());
      insert.setInt(13, terms.forbidOverwrite() ? 1 : 0);
      insert.setInt(14, terms.callback() ? 1 : 0);
      insert.setString(15, terms.caller().principal().orElse(null));
      insert.setLong(16, terms.firstGrantedAt().getEpochSecond());
      insert.setLong(17, terms.expiresAt().getEpochSecond());
      insert.setString(18, uploadId.orElse(null));
      insert.setLong(19, dueAt.toEpochMilli());
      insert.setInt(20, Account.kinds(quota));
      insert.setLong(21, quota.limitsBytes() ? terms.maxSize() : 0);
      insert.setString(22, OpenUploads.account(terms, quota).map(Account::id).orElse(null));
      insert.setString(23, terms.filename().orElse(null));
      insert.setString(24, terms.vars().toText());
      return insert.executeUpdate() == 1;
    } catch (SQLException e) {
      if (Failure.isDuplicate(e)) {
        return false;
      }
      throw e;
    }
  }

  @Override
  public Optional<GrantState> reported(GrantTerms terms, boolean lookAgain) {
    String end = lookAgain ? "" : ", due_at = NULL";
    String id = terms.grantId().toString();
    return database.repeatedStatement(
        connection -> {
          if (Database.update(connection, REPORTED + end + IN_TIME, id) == 1) {
            return Optional.of(GrantState.REPORTED);
          }
          return Database.update(connection, LATE + end + TOO_LATE, id) == 1
              ? Optional.of(GrantState.LATE)
              : Optional.empty();
        });
  }

  @Override
  public List<LeasedGrant> lease(Instant now, Duration lease, int limit) {
    return database.transaction(
        connection -> {
          List<LeasedGrant> found = new ArrayList<>();
          try (PreparedStatement select = connection.prepareStatement(due);
              PreparedStatement update = connection.prepareStatement(LEASE)) {
            select.setLong(1, now.toEpochMilli());
            select.setInt(2, limit);
            try (ResultSet rows = select.executeQuery()) {
              while (rows.next()) {
                found.add(grant(rows));
              }
            }
            for (LeasedGrant grant : found) {
              update.setLong(1, now.plus(lease).toEpochMilli());
              update.setLong(2, grant.fence());
              update.setString(3, grant.terms().grantId().toString());
              update.setLong(4, grant.fence() - 1);
              update.addBatch();
            }
            if (!found.isEmpty()) {
              update.executeBatch();
            }
          }
          return found;
        });
  }

  @Override
  public boolean mark(LeasedGrant grant, GrantState state, Optional<Instant> lookAgain) {
    boolean open =
        state == GrantState.OPEN || (state == GrantState.REPORTED && lookAgain.isPresent());
    String rows = open ? "" : FREE;
    if (database.repeatedStatement(connection -> mark(connection, rows, grant, state, lookAgain))
        == 1) {
      return true;
    }
    return !open
        && database.repeated(
            connection -> {
              boolean marked =
                  Reservations.release(connection, grant)
                      && mark(connection, "", grant, state, lookAgain) == 1;
              if (!marked) {
                connection.rollback();
              }
              return marked;
            });
  }

  private static int mark(
      Connection connection,
      String rows,
      LeasedGrant grant,
      GrantState state,
      Optional<Instant> lookAgain)
      throws SQLException {
    boolean ended = state == GrantState.ABSENT || state == GrantState.LOST;
    String sql = MARK + rows + (ended ? UNCHANGED : "");
    try (PreparedStatement mark = connection.prepareStatement(sql)) {
      mark.setString(1, state.name());
      if (lookAgain.isPresent()) {
        mark.setLong(2, lookAgain.get().toEpochMilli());
      } else {
        mark.setNull(2, Types.BIGINT);
      }
      mark.setString(3, grant.terms().grantId().toString());
      mark.setLong(4, grant.fence());
      if (ended) {
        mark.setString(5, grant.state().name());
      }
      return mark.executeUpdate();
    }
  }

  @Override
  public LedgerSummary summary() {
    return database.repeatedStatement(
        connection -> {
          Database.update(connection, WRITABLE);
          try (PreparedStatement select = connection.prepareStatement(SUMMARY);
              ResultSet rows = select.executeQuery()) {
            Map<GrantState, Long> waiting = new EnumMap<>(GrantState.class);
            long oldest = Long.MAX_VALUE;
            while (rows.next()) {
              waiting.put(GrantState.valueOf(rows.getString(1)), rows.getLong(2));
              oldest = Math.min(oldest, rows.getLong(3));
            }
            return new LedgerSummary(
                waiting,
                waiting.isEmpty() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(oldest)));
          }
        });
  }

  @Override
  public List<OpenGrant> open(int limit) {
    return database.repeatedStatement(
        connection -> {
          try (PreparedStatement select = connection.prepareStatement(OPEN)) {
            select.setInt(1, limit);
            List<OpenGrant> found = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
              while (rows.next()) {
                found.add(new OpenGrant(terms(rows), Instant.ofEpochMilli(rows.getLong("due_at"))));
              }
            }
            return found;
          }
        });
  }

  /** Returns the grant of a row, with the fence that its lease sets. */
  private static LeasedGrant grant(ResultSet row) throws SQLException {
    return new LeasedGrant(
        terms(row),
        Optional.ofNullable(row.getString("upload_id")),
        GrantState.valueOf(row.getString("state")),
        row.getLong("fence") + 1);
  }

  private static GrantTerms terms(ResultSet row) throws SQLException {
    String profileId = row.getString("profile_id");
    return GrantTerms.builder(
            UUID.fromString(row.getString("grant_id")),
            row.getString("bucket"),
            Instant.ofEpochSecond(row.getLong("first_granted_at")))
        .kind(row.getString("kind"), row.getString("format"))
        .profile(row.getString("profile"))
        .profileId(
            Optional.ofNullable(row.getString("tenant"))
                .map(tenant -> new ProfileId(tenant, profileId)))
        .object(row.getString("prefix"), Optional.of(new ObjectKey(row.getString("object_key"))))
        .type(Optional.ofNullable(row.getString("media_type")))
        .sizes(row.getLong("min_size"), row.getLong("max_size"))
        .forbidOverwrite(row.getInt("forbid_overwrite") != 0)
        .callback(row.getInt("callback") != 0)
        .mark(true)
        .caller(
            Optional.ofNullable(row.getString("caller"))
                .map(Caller::named)
                .orElseGet(Caller::anonymous))
        .filename(Optional.ofNullable(row.getString("filename")))
        .vars(UploadVars.ofText(Objects.requireNonNullElse(row.getString("vars"), "")))
        .expiresAt(Instant.ofEpochSecond(row.getLong("expires_at")))
        .build();
  }
}
