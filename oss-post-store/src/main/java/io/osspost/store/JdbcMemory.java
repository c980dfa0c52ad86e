package io.osspost.store;

import io.osspost.callback.CallbackMemory;
import io.osspost.ledger.StoreUnavailableException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The memory of reported uploads in table {@code oss_post_event}. Thread-safe.
 *
 * <p>A claim is committed at once, so that another server sees it without waiting for a lock. It is
 * a lease with a fencing number: if the server is killed, another one can claim the event after the
 * lease has ended, and the first one can no longer mark it as done.
 */
final class JdbcMemory implements CallbackMemory {
  private static final Logger LOG = System.getLogger(JdbcStore.class.getName());

  private static final String INSERT =
      "INSERT INTO oss_post_event (event_id, grant_id, state, lease_until, fence, keep_until)"
          + " VALUES (?, ?, 'CLAIMED', ?, ?, ?)";

  private static final String TAKE_OVER =
      "UPDATE oss_post_event SET lease_until = ?, fence = ?, keep_until = ?"
          + " WHERE event_id = ? AND state = 'CLAIMED' AND lease_until <= ?";

  private static final String RENEW =
      "UPDATE oss_post_event SET lease_until = ?"
          + " WHERE event_id = ? AND fence = ? AND state = 'CLAIMED'";

  private static final String DONE =
      "UPDATE oss_post_event SET state = 'DONE', answer = ?"
          + " WHERE event_id = ? AND fence = ? AND state = 'CLAIMED'";

  private static final String RELEASE =
      "DELETE FROM oss_post_event WHERE event_id = ? AND fence = ? AND state = 'CLAIMED'";

  private static final String STATE = "SELECT state FROM oss_post_event WHERE event_id = ?";

  private static final String ANSWER = "SELECT answer FROM oss_post_event WHERE event_id = ?";

  private static final String OF_GRANT =
      "SELECT event_id FROM oss_post_event"
          + " WHERE grant_id = ? AND (state = 'DONE' OR lease_until > ?)";

  private final Database database;
  private final Dialect dialect;
  private final @Nullable JoinedTransaction joined;
  private final Clock clock;
  private final Duration lease;
  private final SecureRandom random = new SecureRandom();

  /** The fencing numbers of the events on which this process works. */
  private final Map<String, Long> claimed = new ConcurrentHashMap<>();

  JdbcMemory(
      Database database,
      Dialect dialect,
      @Nullable JoinedTransaction joined,
      Clock clock,
      Duration lease) {
    this.database = database;
    this.dialect = dialect;
    this.joined = joined;
    this.clock = clock;
    this.lease = lease;
  }

  @Override
  public State claim(UUID grantId, String eventId, Instant until) {
    long fence = random.nextLong();
    State state =
        database.repeatedStatement(connection -> claim(connection, grantId, eventId, until, fence));
    if (state == State.CLAIMED) {
      claimed.put(eventId, fence);
    }
    return state;
  }

  private State claim(
      Connection connection, UUID grantId, String eventId, Instant until, long fence)
      throws SQLException {
    Instant now = clock.instant();
    long leaseUntil = now.plus(lease).toEpochMilli();
    boolean known = dialect.looksFirst() && state(connection, eventId).isPresent();
    if ((!known && inserted(connection, eventId, grantId, leaseUntil, fence, until.toEpochMilli()))
        || Database.update(
                connection,
                TAKE_OVER,
                leaseUntil,
                fence,
                until.toEpochMilli(),
                eventId,
                now.toEpochMilli())
            == 1) {
      return State.CLAIMED;
    }
    return state(connection, eventId).filter("DONE"::equals).isPresent()
        ? State.DONE
        : State.IN_PROGRESS;
  }

  private boolean inserted(Connection connection, String eventId, UUID grantId, Object... others)
      throws SQLException {
    try {
      return Database.update(
              connection,
              dialect.ifAbsent(INSERT),
              eventId,
              grantId.toString(),
              others[0],
              others[1],
              others[2])
          == 1;
    } catch (SQLException e) {
      if (Failure.isDuplicate(e)) {
        return false;
      }
      throw e;
    }
  }

  private static Optional<String> state(Connection connection, String eventId) throws SQLException {
    return text(connection, STATE, eventId);
  }

  private static Optional<String> text(Connection connection, String sql, String eventId)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, eventId);
      try (ResultSet rows = select.executeQuery()) {
        return rows.next() ? Optional.ofNullable(rows.getString(1)) : Optional.empty();
      }
    }
  }

  @Override
  public Optional<String> answer(UUID grantId, String eventId) {
    return database.repeatedStatement(connection -> text(connection, ANSWER, eventId));
  }

  /**
   * Marks the event in the transaction of the listener, if there is one.
   *
   * @throws IllegalStateException if another server claimed the event in the meantime; the
   *     transaction must then be rolled back
   */
  @Override
  public void done(UUID grantId, String eventId, Optional<String> answer) {
    Long fence = claimed.get(eventId);
    if (fence == null || marked(eventId, fence, answer) != 1) {
      throw new IllegalStateException(
          "The lease of event "
              + eventId
              + " ended while the listener ran, and another server reports the event. Make the"
              + " listener faster, or check the clocks of the servers.");
    }
    claimed.remove(eventId);
  }

  private int marked(String eventId, long fence, Optional<String> answer) {
    Database.Work<Integer> work =
        connection -> Database.update(connection, DONE, answer.orElse(null), eventId, fence);
    return joined == null ? database.repeatedStatement(work) : joined(joined, work);
  }

  private static <T> T joined(JoinedTransaction transaction, Database.Work<T> work) {
    try {
      Connection connection = transaction.connection();
      try {
        return work.run(connection);
      } finally {
        transaction.release(connection);
      }
    } catch (SQLException e) {
      throw Failure.of(e);
    }
  }

  @Override
  public void release(UUID grantId, String eventId) {
    Long fence = claimed.remove(eventId);
    if (fence != null) {
      database.repeatedStatement(
          connection -> Database.update(connection, RELEASE, eventId, fence));
    }
  }

  @Override
  public boolean isReported(UUID grantId) {
    return database.repeatedStatement(
        connection -> {
          try (PreparedStatement select = connection.prepareStatement(OF_GRANT)) {
            select.setString(1, grantId.toString());
            select.setLong(2, clock.millis());
            select.setMaxRows(1);
            try (ResultSet rows = select.executeQuery()) {
              return rows.next();
            }
          }
        });
  }

  /** Renews the leases of the events on which this process works. */
  void renew() {
    if (claimed.isEmpty()) {
      return;
    }
    try {
      database.each(
          connection -> {
            try (PreparedStatement renew = connection.prepareStatement(RENEW)) {
              // The listener's transaction locks the row while it commits.
              renew.setQueryTimeout(Database.seconds(lease.dividedBy(3)));
              for (Map.Entry<String, Long> claim : claimed.entrySet()) {
                renew.setLong(1, clock.instant().plus(lease).toEpochMilli());
                renew.setString(2, claim.getKey());
                renew.setLong(3, claim.getValue());
                renew.executeUpdate();
              }
            }
            return true;
          });
    } catch (StoreUnavailableException e) {
      LOG.log(
          Level.WARNING,
          "Could not renew the leases of {0} events; another server may repeat them: {1}",
          claimed.size(),
          e.getMessage());
    }
  }
}
