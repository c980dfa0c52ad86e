package io.osspost.sweep;

import io.osspost.callback.CallbackRefusedException;
import io.osspost.callback.ReportSource;
import io.osspost.callback.UploadConfirmation;
import io.osspost.client.MultipartClient;
import io.osspost.client.OssRefusedException;
import io.osspost.client.OssUnreachableException;
import io.osspost.ledger.GrantState;
import io.osspost.ledger.LeasedGrant;
import io.osspost.object.ObjectKey;
import io.osspost.ticket.GrantTerms;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Looks at the object of one grant, reports it, and discards the parts if there is no object.
 * Thread-safe.
 */
final class Look {
  private static final Logger LOG = System.getLogger(Sweep.class.getName());

  /** A form that OSS received before its end may take this long to arrive. */
  static final Duration LAST_LOOK = Duration.ofDays(1);

  private static final Duration GIVE_UP = Duration.ofDays(30);
  private static final Duration SHORTEST_WAIT = Duration.ofMinutes(1);

  private final UploadConfirmation confirmation;
  private final MultipartClient multipart;

  Look(UploadConfirmation confirmation, MultipartClient multipart) {
    this.confirmation = confirmation;
    this.multipart = multipart;
  }

  /**
   * The result of a look.
   *
   * @param lookAgain empty for never
   * @param problem the reason why OSS could not be asked: a fact and a fix; empty if it answered
   */
  record Result(GrantState state, Optional<Instant> lookAgain, Optional<String> problem) {
    Result(GrantState state, Optional<Instant> lookAgain) {
      this(state, lookAgain, Optional.empty());
    }

    Result withProblem(String text) {
      return new Result(state, lookAgain, Optional.of(text));
    }
  }

  /**
   * Returns the state of the grant. Everything that the listener throws is logged: an error, or a
   * checked exception of another language, must not end the sweep of all other uploads.
   */
  Result at(LeasedGrant grant, Instant now) {
    try {
      return result(grant, now);
    } catch (CallbackRefusedException e) {
      if (!e.reason().isTemporary()) {
        return lost(grant, e);
      }
      Result result = later(grant, now, e.fact() + " " + e.fix());
      return e.reason() == CallbackRefusedException.Reason.NOT_CONFIRMED
          ? result.withProblem(String.valueOf(e.getMessage()))
          : result;
    } catch (OssRefusedException | OssUnreachableException e) {
      String problem =
          "The parts of ended uploads are not discarded yet: "
              + e.getMessage()
              + ". The credentials need oss:AbortMultipartUpload.";
      return later(grant, now, problem).withProblem(problem);
    } catch (Throwable e) {
      LOG.log(Level.WARNING, "The listener failed; the upload is reported again later", e);
      return later(grant, now, "The listener failed.");
    }
  }

  private Result result(LeasedGrant grant, Instant now) {
    if (isReported(grant)) {
      return found(grant);
    }
    if (grant.uploadId().isPresent()) {
      return ended(grant, grant.uploadId().get(), now);
    }
    if (grant.state() == GrantState.REPORTED) {
      // The application moved or deleted the object after the first report.
      return new Result(GrantState.REPORTED, Optional.empty());
    }
    if (!grant.terms().forbidOverwrite()
        && confirmation.isOfAnotherGrant(grant.terms(), key(grant))) {
      LOG.log(
          Level.WARNING,
          "Grant {0} is lost: an object of another grant has its name, and may have replaced an"
              + " upload that was not reported. Let grants forbid overwriting"
              + " (profiles.<name>.forbid-overwrite).",
          grant.terms().grantId());
      return new Result(GrantState.LOST, Optional.empty());
    }
    return absent(grant.terms(), now);
  }

  /** Ends an upload in parts that has no object. No part can arrive after OSS forgot the upload. */
  private Result ended(LeasedGrant grant, String uploadId, Instant now) {
    boolean gone = multipart.abort(grant.terms().bucketRef(), key(grant), uploadId);
    if (isReported(grant)) {
      // OSS completed the upload after the first look.
      return found(grant);
    }
    return gone
        ? new Result(
            grant.state() == GrantState.REPORTED ? GrantState.REPORTED : GrantState.ABSENT,
            Optional.empty())
        : new Result(grant.state(), Optional.of(now.plus(SHORTEST_WAIT)));
  }

  private boolean isReported(LeasedGrant grant) {
    return confirmation.confirm(grant.terms(), key(grant), ReportSource.SWEEP).isPresent();
  }

  private static Result found(LeasedGrant grant) {
    boolean late = grant.state() == GrantState.ABSENT || grant.state() == GrantState.LATE;
    return new Result(late ? GrantState.LATE : GrantState.REPORTED, Optional.empty());
  }

  /** Looks again after ever longer waits, because a slow upload may still arrive. */
  private static Result absent(GrantTerms terms, Instant now) {
    Instant last = terms.expiresAt().plus(LAST_LOOK);
    if (!now.isBefore(last)) {
      return new Result(GrantState.ABSENT, Optional.empty());
    }
    Instant next = now.plus(wait(terms, now));
    return new Result(GrantState.ABSENT, Optional.of(next.isBefore(last) ? next : last));
  }

  private static Result later(LeasedGrant grant, Instant now, String reason) {
    GrantTerms terms = grant.terms();
    if (now.isAfter(terms.expiresAt().plus(GIVE_UP))) {
      LOG.log(
          Level.WARNING,
          "Grant {0} is lost: its object could not be reported for {1} days. {2}",
          terms.grantId(),
          GIVE_UP.toDays(),
          reason);
      return new Result(GrantState.LOST, Optional.empty());
    }
    LOG.log(Level.DEBUG, "Grant {0} is looked at again: {1}", terms.grantId(), reason);
    Duration wait = wait(terms, now).dividedBy(3);
    return new Result(
        grant.state(),
        Optional.of(now.plus(wait.compareTo(SHORTEST_WAIT) > 0 ? wait : SHORTEST_WAIT)));
  }

  /** Returns three times the time since the grant's end. */
  private static Duration wait(GrantTerms terms, Instant now) {
    Duration wait = Duration.between(terms.expiresAt(), now).multipliedBy(3);
    return wait.compareTo(SHORTEST_WAIT) > 0 ? wait : SHORTEST_WAIT;
  }

  private static Result lost(LeasedGrant grant, CallbackRefusedException e) {
    LOG.log(Level.WARNING, "Grant {0} is lost: {1}", grant.terms().grantId(), e.getMessage());
    return new Result(GrantState.LOST, Optional.empty());
  }

  private static ObjectKey key(LeasedGrant grant) {
    return grant.terms().key().orElseThrow();
  }
}
