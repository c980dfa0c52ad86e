package io.osspost.ledger;

import io.osspost.ticket.GrantTerms;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Records grants in the ledger before they are answered. Only exact grants are recorded whose
 * objects carry the mark: no look at an object could find the upload of another grant. Thread-safe.
 */
public final class GrantRecorder {
  private static final Logger LOG = System.getLogger(UploadLedger.class.getName());
  private static final Duration LOG_INTERVAL = Duration.ofMinutes(1);

  /** The time after a failure in which no grant waits for a ledger that is not required. */
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final @Nullable UploadLedger ledger;
  private final Duration grace;
  private final boolean required;
  private final Duration pause;
  private final AtomicReference<@Nullable Instant> lastWarning = new AtomicReference<>();

  /** The value of {@link System#nanoTime} at which a failed ledger is tried again; 0 for none. */
  private final AtomicLong retryAt = new AtomicLong();

  private GrantRecorder(
      @Nullable UploadLedger ledger, Duration grace, boolean required, Duration pause) {
    this.ledger = ledger;
    this.grace = grace;
    this.required = required;
    this.pause = pause;
  }

  /** {@return a recorder that records nothing} */
  public static GrantRecorder none() {
    return new GrantRecorder(null, Duration.ZERO, false, PAUSE);
  }

  /**
   * Returns a recorder.
   *
   * @param ledger where grants are recorded
   * @param grace the time from a grant's end until the sweep looks at its object
   * @param required whether a grant that cannot be recorded is refused; otherwise it is answered,
   *     and a warning is logged
   * @return the recorder
   */
  public static GrantRecorder of(UploadLedger ledger, Duration grace, boolean required) {
    return of(ledger, grace, required, PAUSE);
  }

  static GrantRecorder of(UploadLedger ledger, Duration grace, boolean required, Duration pause) {
    return new GrantRecorder(
        Objects.requireNonNull(ledger, "ledger"),
        Objects.requireNonNull(grace, "grace"),
        required,
        pause);
  }

  /**
   * Records a grant, if it is for one object that carries the mark. After a failure of a ledger
   * that is not required, grants are not recorded for 5 seconds: each of them could wait for a
   * connection as long as the pool permits.
   *
   * @param terms the terms of the grant, with its end
   * @param uploadId OSS's id of the upload in parts; empty for a form or a URL
   * @throws StoreUnavailableException if the ledger is required and does not answer
   */
  public void granted(GrantTerms terms, Optional<String> uploadId) {
    if (ledger == null || !terms.mark() || terms.key().isEmpty()) {
      return;
    }
    if (!required && isPaused()) {
      return;
    }
    try {
      ledger.granted(terms, uploadId, terms.expiresAt().plus(grace));
      retryAt.set(0);
    } catch (StoreUnavailableException e) {
      if (required) {
        throw e;
      }
      retryAt.set(System.nanoTime() + pause.toNanos());
      warn(terms.firstGrantedAt(), e);
    }
  }

  /** Returns false to one caller when the pause has ended. The others do not wait for its try. */
  private boolean isPaused() {
    long until = retryAt.get();
    if (until == 0) {
      return false;
    }
    long now = System.nanoTime();
    return now - until < 0 || !retryAt.compareAndSet(until, now + pause.toNanos());
  }

  private void warn(Instant now, StoreUnavailableException e) {
    Instant last = lastWarning.get();
    boolean due = last == null || now.isAfter(last.plus(LOG_INTERVAL));
    if (due && lastWarning.compareAndSet(last, now)) {
      LOG.log(
          Level.WARNING,
          "Grants are not recorded: {0} If callback and confirmation of such an upload are lost, it"
              + " is not reported. Set ledger.required to true to refuse these grants.",
          e.getMessage());
    }
  }
}
