package io.osspost.credentials;

import java.io.Serial;

/**
 * Thrown if no credentials are available to sign with. The message is for the operator: it names
 * each source that was tried and how to configure it. It never contains a secret, and clients never
 * see it.
 */
public final class CredentialsUnavailableException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  /**
   * Creates an exception without a cause.
   *
   * @param message a fact and a fix, for the operator
   */
  public CredentialsUnavailableException(String message) {
    super(message);
  }

  /**
   * Creates an exception with a cause.
   *
   * @param message a fact and a fix, for the operator
   * @param cause the failure; its text must not contain a secret either
   */
  public CredentialsUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
