package io.osspost.ledger;

/** The state of a grant in the {@link UploadLedger}. */
public enum GrantState {
  /** Granted, and not reported yet. */
  OPEN,
  /** The sweep found no object after the grant had ended. */
  ABSENT,
  /** The upload was reported. */
  REPORTED,
  /** The upload was reported after the sweep had found no object. */
  LATE,
  /**
   * The upload cannot be reported: another grant's object replaced it, it is not the granted one,
   * or the server could not look at it for a month.
   */
  LOST
}
