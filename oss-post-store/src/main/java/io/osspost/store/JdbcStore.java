package io.osspost.store;

import io.osspost.callback.CallbackMemory;
import io.osspost.ledger.QuotaLedger;
import io.osspost.ledger.StoreUnavailableException;
import io.osspost.spi.SharedRates;
import io.osspost.spi.SharedStore;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The ledger, the memory and the rates of several servers in one database: PostgreSQL, MariaDB,
 * MySQL, or H2 for development, which counts no rates. Thread-safe. Close it when the application
 * ends.
 *
 * <pre>{@code
 * JdbcStore store = JdbcStore.builder(dataSource).createSchema(true).open();
 * Collaborators.builder().memory(store.memory()).ledger(store.ledger());
 * }</pre>
 *
 * <p>Every statement uses a connection of its own for as long as it runs. One thread renews the
 * leases of the events whose listener runs, and deletes old rows.
 */
public final class JdbcStore implements SharedStore {
  private static final Logger LOG = System.getLogger(JdbcStore.class.getName());

  private static final Duration DEFAULT_LEASE = Duration.ofSeconds(30);
  private static final Duration KEPT = Duration.ofDays(30);

  private static final String CLOSED_GRANTS = "due_at IS NULL AND expires_at < ?";

  /** An event is needed as long as the sweep looks at the object of its grant. */
  private static final String OLD_EVENTS =
      "keep_until < ? AND NOT EXISTS (SELECT 1 FROM oss_post_grant"
          + " WHERE oss_post_grant.grant_id = oss_post_event.grant_id"
          + " AND oss_post_grant.due_at IS NOT NULL)";

  private final Database database;
  private final JdbcLedger ledger;
  private final JdbcMemory memory;
  private final Optional<TableRates> rates;
  private final Optional<JoinedTransaction> transaction;
  private final Clock clock;
  private final ScheduledExecutorService thread;

  private JdbcStore(Builder builder) {
    this.database = new Database(builder.source);
    this.clock = builder.clock;
    this.transaction = Optional.ofNullable(builder.transaction);
    Dialect dialect = database.each(Dialect::of);
    Schema schema = new Schema(database, dialect);
    if (builder.createSchema) {
      schema.create();
    }
    schema.require();
    boolean skipsLocked =
        database.each(connection -> dialect.skipsLocked(connection.getMetaData()));
    this.ledger = new JdbcLedger(database, dialect, skipsLocked);
    this.memory = new JdbcMemory(database, dialect, builder.transaction, clock, builder.lease);
    this.rates =
        dialect.countsRates()
            ? Optional.of(new TableRates(builder.source, dialect))
            : Optional.empty();
    this.thread =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread made = new Thread(work, "oss-post-store");
              made.setDaemon(true);
              return made;
            });
    long third = builder.lease.toMillis() / 3;
    repeat(memory::renew, third, third);
    repeat(this::clean, 10_000, 3_600_000);
  }

  /**
   * Returns a builder of a store.
   *
   * @param source the application's data source; not closed here
   * @return a builder
   */
  public static Builder builder(DataSource source) {
    return new Builder(source);
  }

  /** {@return the ledger of grants, which also counts bytes} */
  @Override
  public QuotaLedger ledger() {
    return ledger;
  }

  /** {@return the memory of reported uploads} */
  @Override
  public CallbackMemory memory() {
    return memory;
  }

  /** {@return the transaction in which the listener must run; empty if there is none} */
  @Override
  public Optional<JoinedTransaction> transaction() {
    return transaction;
  }

  /** {@return the rates; empty in H2, whose data one process has to itself} */
  @Override
  public Optional<SharedRates> rates() {
    return rates.map(SharedRates.class::cast);
  }

  /** Ends the thread. The data source remains open. */
  @Override
  public void close() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(5, TimeUnit.SECONDS)) {
        thread.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // The work throws nothing.
  private void repeat(Runnable work, long firstMillis, long millis) {
    thread.scheduleWithFixedDelay(
        () -> runSafely(work), firstMillis, millis, TimeUnit.MILLISECONDS);
  }

  /** An exception would end the repetition. */
  private static void runSafely(Runnable work) {
    try {
      work.run();
    } catch (StoreUnavailableException e) {
      LOG.log(Level.WARNING, "Could not maintain the tables of oss-post: {0}", e.getMessage());
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "Could not maintain the tables of oss-post", e);
    }
  }

  /**
   * Deletes the events whose tickets are no longer accepted, grants closed for a month, and rates
   * that are not used.
   */
  void clean() {
    Instant now = clock.instant();
    new OldRows(database, "oss_post_grant", "grant_id", CLOSED_GRANTS)
        .delete(now.minus(KEPT).getEpochSecond());
    new OldRows(database, "oss_post_event", "event_id", OLD_EVENTS).delete(now.toEpochMilli());
    rates.ifPresent(TableRates::clean);
  }

  /** Collects the options of a store. Not thread-safe. */
  public static final class Builder {
    private final DataSource source;
    private boolean createSchema;
    private Clock clock = Clock.systemUTC();
    private Duration lease = DEFAULT_LEASE;
    private @Nullable JoinedTransaction transaction;

    private Builder(DataSource source) {
      this.source = Objects.requireNonNull(source, "source");
    }

    /**
     * Sets whether missing tables are created. Defaults to false.
     *
     * @param create true if the user of the database may create tables
     * @return this builder
     */
    public Builder createSchema(boolean create) {
      this.createSchema = create;
      return this;
    }

    /**
     * Sets the clock of leases. Defaults to the system's. The clocks of all servers must differ by
     * less than a lease.
     *
     * @param clock the clock of grants and callbacks
     * @return this builder
     */
    public Builder clock(Clock clock) {
      this.clock = Objects.requireNonNull(clock, "clock");
      return this;
    }

    /**
     * Sets how long an event is reserved for a server that does not renew its claim. Defaults to 30
     * seconds.
     *
     * @param lease 1 second to 1 hour
     * @return this builder
     * @throws IllegalArgumentException if {@code lease} is shorter or longer
     */
    public Builder lease(Duration lease) {
      if (lease.compareTo(Duration.ofSeconds(1)) < 0 || lease.compareTo(Duration.ofHours(1)) > 0) {
        throw new IllegalArgumentException(
            "The lease is 1 second to 1 hour, not " + lease + ". Choose 30 seconds.");
      }
      this.lease = lease;
      return this;
    }

    /**
     * Sets the transaction that the listener's changes and the memory share. Defaults to none.
     *
     * @param transaction one on the database of the store; reports must run the listener in it
     * @return this builder
     */
    public Builder transaction(JoinedTransaction transaction) {
      this.transaction = Objects.requireNonNull(transaction, "transaction");
      return this;
    }

    /**
     * Checks the tables and opens the store.
     *
     * @return the store
     * @throws StoreUnavailableException if the database does not answer, the tables do not exist,
     *     or the user may not change them
     * @throws IllegalArgumentException if the database or the version of the tables is not
     *     supported
     */
    public JdbcStore open() {
      return new JdbcStore(this);
    }
  }
}
