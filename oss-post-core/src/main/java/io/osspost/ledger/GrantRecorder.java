package io.osspost.ledger;

import io.osspost.ticket.GrantTerms;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Records grants in the ledger before they are answered. Only exact grants are recorded whose
 * objects carry the mark: no look at an object could find the upload of another grant. Thread-safe.
 */
public final class GrantRecorder {
  private static final Logger LOG = System.getLogger(UploadLedger.class.getName());
  private static final Duration LOG_INTERVAL = Duration.ofMinutes(1);

  private final @Nullable UploadLedger ledger;
  private final Duration grace;
  private final boolean required;
  private final AtomicReference<@Nullable Instant> lastWarning = new AtomicReference<>();

  private GrantRecorder(@Nullable UploadLedger ledger, Duration grace, boolean required) {
    this.ledger = ledger;
    this.grace = grace;
    this.required = required;
  }

  /** {@return a recorder that records nothing} */
  public static GrantRecorder none() {
    return new GrantRecorder(null, Duration.ZERO, false);
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
    return new GrantRecorder(
        Objects.requireNonNull(ledger, "ledger"), Objects.requireNonNull(grace, "grace"), required);
  }

  /**
   * Records a grant, if it is for one object that carries the mark.
   *
   * @param terms the terms of the grant, with its end
   * @param uploadId OSS's id of the upload in parts; empty for a form or a URL
   * @throws StoreUnavailableException if the ledger is required and does not answer
   */
  public void granted(GrantTerms terms, Optional<String> uploadId) {
    if (ledger == null || !terms.mark() || terms.key().isEmpty()) {
      return;
    }
    try {
      ledger.granted(terms, uploadId, terms.expiresAt().plus(grace));
    } catch (StoreUnavailableException e) {
      if (required) {
        throw e;
      }
      warn(terms.firstGrantedAt(), e);
    }
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
