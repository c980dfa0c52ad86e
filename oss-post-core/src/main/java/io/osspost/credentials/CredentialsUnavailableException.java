package io.osspost.credentials;

import java.io.Serial;

/**
 * There are no credentials to sign with now. The message names each source tried and how to
 * configure it, and is meant for the operator: it never holds a secret, and clients never see it.
 */
public final class CredentialsUnavailableException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  /**
   * Fails without a cause worth keeping.
   *
   * @param message a fact and a fix, for the operator
   */
  public CredentialsUnavailableException(String message) {
    super(message);
  }

  /**
   * Fails because of something.
   *
   * @param message a fact and a fix, for the operator
   * @param cause what failed; its text must hold no secret either
   */
  public CredentialsUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
