package io.osspost.sweep;

import io.osspost.callback.UploadConfirmation;
import io.osspost.client.MultipartClient;
import io.osspost.ledger.LeasedGrant;
import io.osspost.ledger.StoreUnavailableException;
import io.osspost.ledger.SweepStatus;
import io.osspost.ledger.UploadLedger;
import io.osspost.sign.ServerAccess;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the objects of ended grants on one thread, and reports the uploads of which the server
 * has not heard. Several servers with one ledger share the work.
 *
 * <p>Objects are looked at outside of any transaction. The class that removes duplicates decides
 * whether the listener receives the upload.
 */
public final class Sweep implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Sweep.class.getName());

  private static final int BATCH = 50;

  /** Longer than a batch takes if OSS answers. After it, another server repeats the rest. */
  private static final Duration LEASE = Duration.ofMinutes(5);

  private final UploadLedger ledger;
  private final MultipartClient multipart;
  private final Look look;
  private final Clock clock;
  private final Duration interval;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "oss-post-sweep");
  private volatile @Nullable Instant lastPass;

  /** The failure of the last pass. */
  private volatile @Nullable String failure;

  /** The reason why objects could not be looked at, until one can. */
  private volatile @Nullable String unseen;

  /**
   * Creates a sweep, which {@link #start} starts.
   *
   * @param ledger lists the grants that are due
   * @param confirmation looks at the objects and reports them; not closed here
   * @param access signs requests to OSS
   * @param clock the clock of the grants
   * @param interval the time between two passes
   */
  public Sweep(
      UploadLedger ledger,
      UploadConfirmation confirmation,
      ServerAccess access,
      Clock clock,
      Duration interval) {
    this.ledger = Objects.requireNonNull(ledger, "ledger");
    this.clock = Objects.requireNonNull(clock, "clock");
    this.interval = Objects.requireNonNull(interval, "interval");
    this.multipart = new MultipartClient(access);
    this.look = new Look(confirmation, multipart);
    thread.setDaemon(true);
  }

  /** Starts the thread. */
  public void start() {
    thread.start();
  }

  /** Ends the thread after the look that is in progress. */
  @Override
  public void close() {
    closed.countDown();
    try {
      thread.join(5_000);
      // A request to OSS ends now, and the listener is interrupted.
      thread.interrupt();
      multipart.close();
      thread.join(2_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** {@return whether the sweep works} */
  public SweepStatus status() {
    return new SweepStatus(
        thread.isAlive() && closed.getCount() > 0,
        failure != null,
        Optional.ofNullable(lastPass),
        Optional.ofNullable(failure).or(() -> Optional.ofNullable(unseen)));
  }

  private void run() {
    try {
      do {
        passSafely();
      } while (!closed.await(interval.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      LOG.log(Level.DEBUG, "The sweep was interrupted", e);
    }
  }

  private void passSafely() {
    try {
      pass();
      failure = null;
    } catch (StoreUnavailableException e) {
      String text = "Uploads are not looked at until the ledger answers: " + e.getMessage();
      warn(text, failure);
      failure = text;
    } catch (Throwable e) {
      failure = "A pass over the ledger failed. The log contains the reason.";
      LOG.log(Level.ERROR, "A pass over the ledger failed; it is repeated", e);
    }
    clearInterrupt();
  }

  /** A listener may leave the thread interrupted, but only {@link #close} ends it. */
  private void clearInterrupt() {
    if (closed.getCount() > 0 && Thread.interrupted()) {
      LOG.log(Level.DEBUG, "A listener left the thread of the sweep interrupted");
    }
  }

  /** Logs a problem when it begins. */
  private static void warn(String text, @Nullable String before) {
    LOG.log(text.equals(before) ? Level.DEBUG : Level.WARNING, "{0}", text);
  }

  /**
   * Looks at every grant that is due. A problem is told at once: if many grants cannot be looked
   * at, the first of them are due again before the pass ends.
   *
   * @throws StoreUnavailableException if the ledger does not answer
   */
  void pass() {
    List<LeasedGrant> due;
    boolean looked = false;
    boolean seen = true;
    do {
      due = ledger.lease(clock.instant(), LEASE, BATCH);
      for (LeasedGrant grant : due) {
        if (closed.getCount() == 0) {
          return;
        }
        Look.Result result = look.at(grant, clock.instant());
        clearInterrupt();
        if (seen && result.problem().isPresent()) {
          seen = false;
          tell("Ended grants are looked at again later: " + result.problem().get());
        }
        ledger.mark(grant, result.state(), result.lookAgain());
        looked = true;
      }
    } while (due.size() == BATCH);
    lastPass = clock.instant();
    if (looked && seen) {
      unseen = null;
    }
  }

  private void tell(String problem) {
    warn(problem, unseen);
    unseen = problem;
  }
}
