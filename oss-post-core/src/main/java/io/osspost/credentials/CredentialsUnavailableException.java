package io.osspost.credentials;

import java.io.Serial;

/**
 * There are no credentials to sign with now. The message names each source tried and how to
 * configure it, and is meant for the operator: it never holds a secret, and clients never see it.
 */
public final class CredentialsUnavailableException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  public CredentialsUnavailableException(String message) {
    super(message);
  }

  public CredentialsUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
