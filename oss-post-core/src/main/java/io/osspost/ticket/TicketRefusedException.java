package io.osspost.ticket;

import java.io.Serial;

/**
 * Thrown if a ticket is invalid. The texts are for the operator: the problem and the fix. They
 * contain no secret and no ticket.
 */
public final class TicketRefusedException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  /** The reason, for programs. */
  public enum Reason {
    /** The ticket was not issued with this secret, or was changed. */
    FORGED,
    /** The ticket is too old. */
    EXPIRED
  }

  /** The reason, for programs. */
  private final Reason reason;

  /** The problem in one sentence. */
  private final String fact;

  /** The fix in one sentence. */
  private final String fix;

  TicketRefusedException(Reason reason, String fact, String fix) {
    super(fact + " " + fix);
    this.reason = reason;
    this.fact = fact;
    this.fix = fix;
  }

  /** {@return the reason, for programs} */
  public Reason reason() {
    return reason;
  }

  /** {@return the problem in one sentence} */
  public String fact() {
    return fact;
  }

  /** {@return the fix for the operator in one sentence} */
  public String fix() {
    return fix;
  }
}
