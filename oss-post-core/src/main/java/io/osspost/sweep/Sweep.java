package io.osspost.sweep;

import io.osspost.callback.UploadConfirmation;
import io.osspost.client.MultipartClient;
import io.osspost.credentials.OssCredentialsProvider;
import io.osspost.ledger.LeasedGrant;
import io.osspost.ledger.StoreUnavailableException;
import io.osspost.ledger.UploadLedger;
import io.osspost.object.OssBucket;
import io.osspost.sign.SignatureVersion;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

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
  private boolean unavailable;

  /**
   * Creates a sweep, which {@link #start} starts.
   *
   * @param ledger lists the grants that are due
   * @param confirmation looks at the objects and reports them; not closed here
   * @param credentials sign requests to OSS; not closed here
   * @param buckets all buckets of the grants, at addresses that this server reaches
   * @param version the signature version that their cloud accepts
   * @param clock the clock of the grants
   * @param interval the time between two passes
   */
  public Sweep(
      UploadLedger ledger,
      UploadConfirmation confirmation,
      OssCredentialsProvider credentials,
      Collection<OssBucket> buckets,
      SignatureVersion version,
      Clock clock,
      Duration interval) {
    this.ledger = Objects.requireNonNull(ledger, "ledger");
    this.clock = Objects.requireNonNull(clock, "clock");
    this.interval = Objects.requireNonNull(interval, "interval");
    this.multipart = new MultipartClient(credentials, buckets, version);
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
      unavailable = false;
    } catch (StoreUnavailableException e) {
      LOG.log(
          unavailable ? Level.DEBUG : Level.WARNING,
          "Uploads are not looked at until the ledger answers: {0}",
          e.getMessage());
      unavailable = true;
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "A pass over the ledger failed; it is repeated", e);
    }
  }

  /**
   * Looks at every grant that is due.
   *
   * @throws StoreUnavailableException if the ledger does not answer
   */
  void pass() {
    List<LeasedGrant> due;
    do {
      due = ledger.lease(clock.instant(), LEASE, BATCH);
      for (LeasedGrant grant : due) {
        if (closed.getCount() == 0) {
          return;
        }
        Look.Result result = look.at(grant, clock.instant());
        ledger.mark(grant, result.state(), result.lookAgain());
      }
    } while (due.size() == BATCH);
  }
}
