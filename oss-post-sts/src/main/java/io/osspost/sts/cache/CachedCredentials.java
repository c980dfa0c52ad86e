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
 * Caches the credentials of a source, so that no grant fails while valid ones exist. Thread-safe.
 *
 * <p>Only one fetch runs at a time, and all callers that need it wait for it. Well before the
 * credentials expire, new ones are fetched in the background. If that fails, the current
 * credentials remain usable until one minute before they expire, and the fetch is retried at
 * growing intervals. Without valid credentials, callers fail at once between the retries.
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
 * <p>In EMPTY and FETCHING callers wait for the fetch; in FAILING they get its failure at once. The
 * field {@code current} is null in EMPTY; in FETCHING and FAILING it is null or holds credentials
 * that are no longer used. The field {@code fetching} is set in FETCHING and REFRESHING, and {@code
 * failure} in STALE and FAILING.
 */
public final class CachedCredentials implements OssCredentialsProvider {
  private static final Logger LOG = System.getLogger(CachedCredentials.class.getName());

  /** The longest time from the start of a fetch that callers without credentials wait for it. */
  private static final Duration FETCH_LIMIT = Duration.ofSeconds(10);

  private static final Duration LONGEST_DELAY = Duration.ofSeconds(30);

  /** Credentials that expire this soon are not used, because the upload would arrive too late. */
  private static final long LAST_USE_MILLIS = 60_000;

  private final CredentialsSource source;
  private final Clock clock;
  private final RefreshTimer timer;
  private final DoubleSupplier random;

  private volatile @Nullable Current current;

  // This object's lock guards the fields below.
  private @Nullable Fetch fetching;
  private @Nullable CredentialsUnavailableException failure;
  private int consecutiveFailures;
  private long successCount;
  private long failureCount;
  private @Nullable Failure lastFailure;
  private int latestTask;
  private boolean loggedExpiration;
  private boolean closed;

  CachedCredentials(CredentialsSource source, RefreshTimer timer, DoubleSupplier random) {
    this.source = source;
    this.clock = source.clock();
    this.timer = timer;
    this.random = random;
  }

  /** Caches the credentials of {@code source}, and closes it with this cache. */
  public static CachedCredentials of(CredentialsSource source) {
    Objects.requireNonNull(source, "source");
    return new CachedCredentials(
        source,
        RefreshTimer.thread("oss-post credentials: " + source.name()),
        () -> ThreadLocalRandom.current().nextDouble());
  }

  /**
   * The current credentials.
   *
   * @param refreshAt when the next fetch begins, in milliseconds since the epoch
   * @param unusableAt when they stop being used, one minute before they expire, in milliseconds
   *     since the epoch
   */
  private record Current(OssCredentials credentials, long refreshAt, long unusableAt) {
    Current withoutRefresh() {
      return new Current(credentials, unusableAt, unusableAt);
    }
  }

  /** A fetch in progress, and the callers that wait for it. */
  private static final class Fetch {
    final CompletableFuture<OssCredentials> result = new CompletableFuture<>();
    final long limit = System.nanoTime() + FETCH_LIMIT.toNanos();
  }

  @Override
  public OssCredentials resolve() {
    Current known = current;
    return known != null && clock.millis() < known.refreshAt ? known.credentials : resolveOrFetch();
  }

  @Override
  public Clock clock() {
    return clock;
  }

  @Override
  public synchronized Optional<Refreshes> refreshes() {
    return Optional.of(new Refreshes(successCount, failureCount, Optional.ofNullable(lastFailure)));
  }

  /** Returns the provider that assumed the role of these credentials; otherwise this one. */
  public OssCredentialsProvider assumingProvider() {
    return source instanceof AssumedRole role ? role.caller() : this;
  }

  /** Starts a fetch if one is due, and returns what is known. */
  @Override
  public synchronized OssCredentials resolveWithoutWaiting() {
    requireOpen();
    Current known = current;
    long now = clock.millis();
    if ((known == null || now >= known.refreshAt) && fetching == null && failure == null) {
      begin();
    }
    if (known != null && now < known.unusableAt) {
      return known.credentials;
    }
    if (failure != null) {
      throw unavailable(failure);
    }
    throw new CredentialsUnavailableException(
        "No credentials to sign with yet: " + source.name() + " has not answered.");
  }

  private OssCredentials resolveOrFetch() {
    Fetch fetch;
    synchronized (this) {
      requireOpen();
      Current known = current;
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
        logExpiration(known);
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
              + " s. Check that this machine can reach it.",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CredentialsUnavailableException(
          "Interrupted while waiting for credentials from " + source.name() + ".", e);
    }
  }

  /** Starts a fetch on the timer's thread. The current credentials remain in use meanwhile. */
  private void begin() {
    assert Thread.holdsLock(this);
    Fetch fetch = new Fetch();
    fetching = fetch;
    failure = null;
    if (current != null) {
      current = current.withoutRefresh();
    }
    latestTask++;
    timer.in(Duration.ZERO, () -> fetch(fetch));
  }

  private void fetch(Fetch fetch) {
    try {
      store(fetch, source.fetch());
    } catch (CredentialsUnavailableException e) {
      failed(fetch, e);
    } catch (RuntimeException | LinkageError e) {
      failed(fetch, new CredentialsUnavailableException(capitalizedName() + " failed: " + e, e));
    }
  }

  private void store(Fetch fetch, OssCredentials fetched) {
    Current known = current;
    OssCredentials credentials =
        known != null && CredentialsComparison.areEqual(known.credentials, fetched)
            ? known.credentials
            : fetched;
    long now = clock.millis();
    long expiry = credentials.expiration().map(Instant::toEpochMilli).orElse(Long.MAX_VALUE);
    if (expiry - LAST_USE_MILLIS <= now) {
      throw new CredentialsUnavailableException(
          capitalizedName()
              + " returned "
              + credentials
              + ", which have expired or expire within a minute: it is "
              + Instant.ofEpochMilli(now)
              + " here. Correct this machine's clock, or that of the source.");
    }
    synchronized (this) {
      fetching = null;
      if (closed) {
        return;
      }
      current = new Current(credentials, refreshTime(now, expiry), expiry - LAST_USE_MILLIS);
      if (consecutiveFailures > 0) {
        LOG.log(
            Level.INFO,
            "{0} returned credentials after {1} failures: {2}",
            capitalizedName(),
            consecutiveFailures,
            credentials);
      }
      consecutiveFailures = 0;
      successCount++;
      lastFailure = null;
      loggedExpiration = false;
      if (expiry != Long.MAX_VALUE) {
        wakeIn(Duration.ofMillis(current.refreshAt - now));
      }
      long next = current.refreshAt;
      LOG.log(
          Level.DEBUG,
          () ->
              "Fetched "
                  + credentials
                  + " from "
                  + source.name()
                  + "; the next refresh is at "
                  + (next == Long.MAX_VALUE
                      ? "no time, because they never expire"
                      : Instant.ofEpochMilli(next)));
    }
    fetch.result.complete(credentials);
  }

  private void failed(Fetch fetch, CredentialsUnavailableException cause) {
    synchronized (this) {
      fetching = null;
      failure = cause;
      failureCount++;
      lastFailure = new Failure(clock.instant(), String.valueOf(cause.getMessage()));
      if (consecutiveFailures++ == 0 && !closed) {
        LOG.log(
            Level.WARNING,
            isUsable(current)
                ? "Could not refresh credentials; retrying. The current credentials remain usable"
                    + " until {0}: {1}"
                : "Could not fetch credentials; retrying. There are no usable credentials: {1}",
            endOf(current),
            cause.getMessage());
      }
      Duration delay = Duration.ofSeconds(1L << Math.min(consecutiveFailures - 1, 10));
      wakeIn(delay.compareTo(LONGEST_DELAY) < 0 ? delay : LONGEST_DELAY);
    }
    fetch.result.completeExceptionally(cause);
  }

  /**
   * Starts a fetch after {@code delay}. Only the latest timer task has an effect, because a caller
   * may start a fetch before an earlier task runs.
   */
  private void wakeIn(Duration delay) {
    assert Thread.holdsLock(this);
    int task = ++latestTask;
    timer.in(
        delay,
        () -> {
          synchronized (this) {
            if (task == latestTask && fetching == null && !closed) {
              begin();
            }
          }
        });
  }

  /**
   * Returns when to refresh, in milliseconds since the epoch: five minutes before expiration or
   * after four fifths of the lifetime, whichever is earlier, and a random time earlier still, so
   * that servers do not refresh at once. Short-lived credentials are refreshed after half their
   * lifetime; credentials without an expiration when the source says so.
   */
  private long refreshTime(long now, long expiry) {
    if (expiry == Long.MAX_VALUE) {
      return source.rereadAfter().map(period -> now + period.toMillis()).orElse(Long.MAX_VALUE);
    }
    long life = expiry - now;
    long before = Math.max(Duration.ofMinutes(5).toMillis(), life / 5);
    long spread = (long) (before / 10.0 * random.getAsDouble());
    return now + Math.max(life - before - spread, Math.min(life / 2, life - LAST_USE_MILLIS));
  }

  private static String endOf(@Nullable Current known) {
    if (known == null) {
      return "never";
    }
    return known.credentials.expiration().isEmpty()
        ? "their source answers again"
        : Instant.ofEpochMilli(known.unusableAt).toString();
  }

  private boolean isUsable(@Nullable Current known) {
    return known != null && clock.millis() < known.unusableAt;
  }

  private void logExpiration(@Nullable Current known) {
    assert Thread.holdsLock(this);
    if (known != null && !loggedExpiration) {
      loggedExpiration = true;
      LOG.log(
          Level.ERROR,
          "{0} expired, and there are no other credentials to sign with",
          known.credentials);
    }
  }

  private static CredentialsUnavailableException unavailable(Throwable cause) {
    return new CredentialsUnavailableException(
        "No credentials to sign with: " + cause.getMessage(), cause);
  }

  /** Returns the source's name for the beginning of a sentence. */
  private String capitalizedName() {
    String name = source.name();
    return Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }

  private void requireOpen() {
    assert Thread.holdsLock(this);
    if (closed) {
      throw new CredentialsUnavailableException(
          "The credentials from "
              + source.name()
              + " are closed. Keep them open while they are in use.");
    }
  }

  /** Stops the thread, and fails the waiting callers. */
  @Override
  public void close() {
    Fetch fetch;
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      current = null;
      fetch = fetching;
    }
    timer.close();
    source.close();
    if (fetch != null) {
      fetch.result.completeExceptionally(
          new CredentialsUnavailableException(
              "The credentials from " + source.name() + " were closed."));
    }
  }

  /** Returns the source's name, never the credentials. */
  @Override
  public String toString() {
    return "CachedCredentials[" + source.name() + "]";
  }
}
