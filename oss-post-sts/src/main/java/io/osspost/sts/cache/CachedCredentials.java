package io.osspost.sts.cache;

import io.osspost.credentials.CredentialsUnavailableException;
import io.osspost.credentials.OssCredentials;
import io.osspost.credentials.OssCredentialsProvider;
import io.osspost.sts.source.AssumedRole;
import io.osspost.sts.source.CredentialsComparison;
import io.osspost.sts.source.CredentialsSource;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what a source lends, so that no grant fails while a living key exists. Thread-safe.
 *
 * <p>One fetch at a time, which all who need it wait for. Well before the keys end they are fetched
 * anew in the background; when that fails the old ones serve to within a minute of their end, while
 * it is tried again, less and less often. Without living keys callers fail at once between tries.
 *
 * <pre>
 *             first call           fetched
 *   EMPTY -----------------> FETCHING --------> FRESH &lt;---------------------+
 *                              |  ^                | refreshAt              | fetched
 *                       failed |  | retry          v                        |
 *                              v  |             REFRESHING (still used) ----+
 *                            FAILING               | failed    ^ retry
 *                              ^                   v           |
 *                              |  unusableAt    STALE (still used)
 *                              +-------------------+
 * </pre>
 *
 * <p>In EMPTY and FETCHING callers wait for the fetch; in FAILING they get its failure at once. Of
 * the fields, {@code held} is null in EMPTY, FETCHING and FAILING, {@code fetching} is set in
 * FETCHING and REFRESHING, and {@code failure} in STALE and FAILING.
 */
public final class CachedCredentials implements OssCredentialsProvider {
  private static final Logger LOG = System.getLogger(CachedCredentials.class.getName());

  /** How long callers without keys wait for a fetch, from its beginning. */
  private static final Duration FETCH_LIMIT = Duration.ofSeconds(10);

  private static final Duration LONGEST_REST = Duration.ofSeconds(30);

  /** Keys about to end sign nothing: the upload would come too late. */
  private static final long LAST_USE_MILLIS = 60_000;

  private final CredentialsSource source;
  private final Clock clock;
  private final Alarm alarm;
  private final DoubleSupplier random;

  private volatile @Nullable Held held;

  // All that follows is guarded by this.
  private @Nullable Fetch fetching;
  private @Nullable CredentialsUnavailableException failure;
  private int failures;
  private long succeeded;
  private long failed;
  private @Nullable Failure lastFailure;
  private int alarms;
  private boolean saidTheyEnded;
  private boolean closed;

  CachedCredentials(CredentialsSource source, Alarm alarm, DoubleSupplier random) {
    this.source = source;
    this.clock = source.clock();
    this.alarm = alarm;
    this.random = random;
  }

  /** Keeps what {@code source} lends; closing this closes it. */
  public static CachedCredentials of(CredentialsSource source) {
    Objects.requireNonNull(source, "source");
    return new CachedCredentials(
        source,
        Alarm.thread("oss-post credentials: " + source.name()),
        () -> ThreadLocalRandom.current().nextDouble());
  }

  /**
   * Keys at hand.
   *
   * @param refreshAt when the next fetch begins, in milliseconds of the epoch
   * @param unusableAt when they are no longer used, in milliseconds of the epoch: before they
   *     expire
   */
  private record Held(OssCredentials credentials, long refreshAt, long unusableAt) {
    Held withoutRefresh() {
      return new Held(credentials, unusableAt, unusableAt);
    }
  }

  /** A fetch under way, and those who wait for it. */
  private static final class Fetch {
    final CompletableFuture<OssCredentials> result = new CompletableFuture<>();
    final long limit = System.nanoTime() + FETCH_LIMIT.toNanos();
  }

  @Override
  public OssCredentials resolve() {
    Held known = held;
    return known != null && clock.millis() < known.refreshAt
        ? known.credentials
        : resolveWithCare();
  }

  @Override
  public Clock clock() {
    return clock;
  }

  @Override
  public synchronized Optional<Refreshes> refreshes() {
    return Optional.of(new Refreshes(succeeded, failed, Optional.ofNullable(lastFailure)));
  }

  /** Who asked for these credentials, where they are a role's; otherwise these themselves. */
  public OssCredentialsProvider lender() {
    return source instanceof AssumedRole role ? role.caller() : this;
  }

  private OssCredentials resolveWithCare() {
    Fetch fetch;
    synchronized (this) {
      requireOpen();
      Held known = held;
      long now = clock.millis();
      if (known != null && now < known.refreshAt) {
        return known.credentials;
      }
      if (fetching == null && failure == null) {
        begin();
      }
      if (known != null && now < known.unusableAt) {
        return known.credentials;
      }
      if (fetching == null) {
        sayTheyEnded(known);
        throw unavailable(Objects.requireNonNull(failure));
      }
      fetch = fetching;
    }
    return await(fetch);
  }

  private OssCredentials await(Fetch fetch) {
    try {
      long left = Math.max(0, fetch.limit - System.nanoTime());
      return fetch.result.get(left, TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw unavailable(e.getCause() == null ? e : e.getCause());
    } catch (TimeoutException e) {
      throw new CredentialsUnavailableException(
          "No credentials to sign with: "
              + source.name()
              + " did not answer within "
              + FETCH_LIMIT.toSeconds()
              + " s. Look whether this machine reaches it.",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CredentialsUnavailableException(
          "Interrupted while waiting for credentials from " + source.name() + ".", e);
    }
  }

  /** Has the alarm's thread fetch; keys at hand serve on meanwhile. */
  private void begin() {
    assert Thread.holdsLock(this);
    Fetch fetch = new Fetch();
    fetching = fetch;
    failure = null;
    if (held != null) {
      held = held.withoutRefresh();
    }
    alarms++;
    alarm.in(Duration.ZERO, () -> fetch(fetch));
  }

  private void fetch(Fetch fetch) {
    try {
      arrived(fetch, source.fetch());
    } catch (CredentialsUnavailableException e) {
      failed(fetch, e);
    } catch (RuntimeException | LinkageError e) {
      failed(fetch, new CredentialsUnavailableException(source.name() + " failed: " + e, e));
    }
  }

  private void arrived(Fetch fetch, OssCredentials fetched) {
    Held known = held;
    OssCredentials credentials =
        known != null && CredentialsComparison.areEqual(known.credentials, fetched)
            ? known.credentials
            : fetched;
    long now = clock.millis();
    long expiry = credentials.expiration().map(Instant::toEpochMilli).orElse(Long.MAX_VALUE);
    if (expiry - LAST_USE_MILLIS <= now) {
      throw new CredentialsUnavailableException(
          source.name()
              + " lent "
              + credentials
              + ", which is over at "
              + Instant.ofEpochMilli(now)
              + ". Set this machine's clock, or that of the source.");
    }
    synchronized (this) {
      fetching = null;
      if (closed) {
        return;
      }
      held = new Held(credentials, refreshTime(now, expiry), expiry - LAST_USE_MILLIS);
      if (failures > 0) {
        LOG.log(
            Level.INFO,
            "{0} lends credentials again, after {1} failures: {2}",
            source.name(),
            failures,
            credentials);
      }
      failures = 0;
      succeeded++;
      lastFailure = null;
      saidTheyEnded = false;
      if (expiry != Long.MAX_VALUE) {
        wakeIn(Duration.ofMillis(held.refreshAt - now));
      }
      long next = held.refreshAt;
      LOG.log(
          Level.DEBUG,
          () ->
              "Fetched "
                  + credentials
                  + " from "
                  + source.name()
                  + "; the next refresh is at "
                  + (next == Long.MAX_VALUE
                      ? "no time: they never expire"
                      : Instant.ofEpochMilli(next)));
    }
    fetch.result.complete(credentials);
  }

  private void failed(Fetch fetch, CredentialsUnavailableException why) {
    synchronized (this) {
      fetching = null;
      failure = why;
      failed++;
      lastFailure = new Failure(clock.instant(), String.valueOf(why.getMessage()));
      if (failures++ == 0 && !closed) {
        LOG.log(
            Level.WARNING,
            "Credentials cannot be had now, and are asked for again and again; those at hand serve"
                + " until {0}: {1}",
            held == null ? "(there are none)" : Instant.ofEpochMilli(held.unusableAt),
            why.getMessage());
      }
      Duration rest = Duration.ofSeconds(1L << Math.min(failures - 1, 10));
      wakeIn(rest.compareTo(LONGEST_REST) < 0 ? rest : LONGEST_REST);
    }
    fetch.result.completeExceptionally(why);
  }

  /** The last alarm counts: an earlier one has been overtaken by a caller who looked again. */
  private void wakeIn(Duration delay) {
    assert Thread.holdsLock(this);
    int mine = ++alarms;
    alarm.in(
        delay,
        () -> {
          synchronized (this) {
            if (mine == alarms && fetching == null && !closed) {
              begin();
            }
          }
        });
  }

  /** Before the last fifth of their life, and five minutes at least; not all servers at once. */
  private long refreshTime(long now, long expiry) {
    if (expiry == Long.MAX_VALUE) {
      return Long.MAX_VALUE;
    }
    long life = expiry - now;
    long before = Math.max(Duration.ofMinutes(5).toMillis(), life / 5);
    long spread = (long) (before / 10.0 * random.getAsDouble());
    return now + Math.max(life - before - spread, Math.min(life / 2, life - LAST_USE_MILLIS));
  }

  private void sayTheyEnded(@Nullable Held known) {
    assert Thread.holdsLock(this);
    if (known != null && !saidTheyEnded) {
      saidTheyEnded = true;
      LOG.log(Level.ERROR, "{0} ended, and there are no others to sign with", known.credentials);
    }
  }

  private static CredentialsUnavailableException unavailable(Throwable cause) {
    return new CredentialsUnavailableException(
        "No credentials to sign with: " + cause.getMessage(), cause);
  }

  private void requireOpen() {
    assert Thread.holdsLock(this);
    if (closed) {
      throw new CredentialsUnavailableException(
          "The credentials from " + source.name() + " were closed. Keep them open while in use.");
    }
  }

  /** Stops the thread, and fails those who wait. */
  @Override
  public void close() {
    Fetch fetch;
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      held = null;
      fetch = fetching;
    }
    alarm.close();
    source.close();
    if (fetch != null) {
      fetch.result.completeExceptionally(
          new CredentialsUnavailableException(
              "The credentials from " + source.name() + " were closed."));
    }
  }

  /** Names the source, never what it lent. */
  @Override
  public String toString() {
    return "CachedCredentials[" + source.name() + "]";
  }
}
