package io.osspost.ledger;

import java.io.Serial;

/**
 * Thrown if a store that several servers share does not answer. The message is for the operator: a
 * fact and a fix, without secrets.
 */
public final class StoreUnavailableException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  /**
   * Creates an exception.
   *
   * @param message the fact and the fix
   * @param cause the failure of the store
   */
  public StoreUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
