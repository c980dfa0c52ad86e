package io.osspost;

import java.io.Serial;

/**
 * Thrown if a profile of a source cannot be used: its bucket has a forbidden address, or its kinds
 * of grants cannot carry its settings. The message is for the operator, not for clients.
 */
public final class InvalidTenantProfileException extends IllegalArgumentException {
  @Serial private static final long serialVersionUID = 1;

  InvalidTenantProfileException(TenantProfile profile, IllegalArgumentException cause) {
    super(profile + ": " + cause.getMessage(), cause);
  }
}
