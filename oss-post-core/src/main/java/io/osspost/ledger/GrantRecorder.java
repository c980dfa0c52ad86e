package io.osspost.ledger;

import io.osspost.ledger.QuotaLedger.Room;
import io.osspost.object.ObjectKey;
import io.osspost.profile.Quota;
import io.osspost.profile.UploadRefusedException;
import io.osspost.profile.UploadRefusedException.Reason;
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
 * Records grants in the ledger before they are answered, and refuses grants that exceed a quota.
 * Only exact grants are recorded whose objects carry the mark: no look at an object could find the
 * upload of another grant. Thread-safe.
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

  /** {@return whether the ledger counts bytes, so that profiles can have a quota} */
  public boolean countsBytes() {
    return ledger instanceof QuotaLedger;
  }

  /**
   * Records a grant, if it is for one object that carries the mark. After a failure of a ledger
   * that is not required, grants are not recorded for 5 seconds: each of them could wait for a
   * connection as long as the pool permits.
   *
   * @param terms the terms of the grant, with its end
   * @param uploadId OSS's id of the upload in parts; empty for a form or a URL
   * @param quota the quota of the profile; its bytes are reserved, and its open uploads are limited
   *     if this is an upload in parts
   * @return whether the grant is recorded
   * @throws StoreUnavailableException if the ledger is required, or there is a quota, and the
   *     ledger does not answer
   * @throws UploadRefusedException if the quota does not permit the grant
   */
  public boolean granted(GrantTerms terms, Optional<String> uploadId, Quota quota) {
    Quota limits = uploadId.isPresent() ? quota : quota.ofBytes();
    if (limits.isSet()) {
      requireEnough(
          counting().granted(terms, uploadId, terms.expiresAt().plus(grace), limits),
          terms,
          limits);
      return true;
    }
    if (ledger == null || !terms.mark() || terms.key().isEmpty()) {
      return false;
    }
    if (!required && isPaused()) {
      return false;
    }
    try {
      ledger.granted(terms, uploadId, terms.expiresAt().plus(grace));
      retryAt.set(0);
      return true;
    } catch (StoreUnavailableException e) {
      if (required) {
        throw e;
      }
      retryAt.set(System.nanoTime() + pause.toNanos());
      warn(terms.firstGrantedAt(), e);
      return false;
    }
  }

  /**
   * Checks that the quota permits an upload in parts, before it is started.
   *
   * @param terms the terms of the planned grant
   * @param quota the quota of the profile
   * @throws StoreUnavailableException if there is a quota, and the ledger does not answer
   * @throws UploadRefusedException if the quota does not permit the upload
   */
  public void requireRoom(GrantTerms terms, Quota quota) {
    if (quota.isSet()) {
      requireEnough(counting().room(terms, quota), terms, quota);
    }
  }

  /**
   * Notes that the client gave up an upload in parts, so that it is not open any more, and the
   * sweep soon releases its bytes. If the ledger does not answer, both happen after the end of the
   * grant.
   *
   * @param terms the terms of the grant
   * @param now the instant
   */
  public void givenUp(GrantTerms terms, Instant now) {
    if (ledger instanceof QuotaLedger quotas) {
      try {
        quotas.givenUp(terms.grantId(), now);
      } catch (StoreUnavailableException e) {
        LOG.log(
            Level.DEBUG, "An upload that was given up counts until its end: {0}", e.getMessage());
      }
    }
  }

  /**
   * Gives back the bytes of an object that the application deleted. Without a ledger that counts
   * bytes this does nothing.
   *
   * @param bucket the name of the bucket
   * @param key the object
   * @throws StoreUnavailableException if the ledger does not answer
   */
  public void deleted(String bucket, ObjectKey key) {
    if (countsBytes()) {
      counting().deleted(bucket, key);
    }
  }

  private QuotaLedger counting() {
    if (ledger instanceof QuotaLedger counting) {
      return counting;
    }
    throw new IllegalStateException(
        "There is a quota, but no ledger that counts bytes and uploads. Set store.type to jdbc.");
  }

  private static void requireEnough(Room room, GrantTerms terms, Quota quota) {
    if (room == Room.CALLER_FULL) {
      throw new UploadRefusedException(
          Reason.QUOTA_EXCEEDED,
          "The upload may have "
              + terms.maxSize()
              + " bytes, which is more than is left of your quota of "
              + quota.perCaller().orElse(0)
              + " bytes.",
          "Delete files, wait until unfinished uploads have ended, or state the size of a smaller"
              + " file.");
    }
    if (room == Room.TOTAL_FULL) {
      throw new UploadRefusedException(
          Reason.QUOTA_EXCEEDED,
          "The upload may have "
              + terms.maxSize()
              + " bytes, which is more than is left for all users of profile '"
              + terms.profile()
              + "'.",
          "Try again later, or ask the operator for more space (profiles.<name>.total-quota).");
    }
    if (room == Room.TOO_MANY_OPEN) {
      throw new UploadRefusedException(
          Reason.TOO_MANY_OPEN_UPLOADS,
          "You already have "
              + quota.openUploads().orElse(0)
              + " uploads that are not completed, which is the limit.",
          "Complete or cancel one of them, or wait until one has ended.");
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
