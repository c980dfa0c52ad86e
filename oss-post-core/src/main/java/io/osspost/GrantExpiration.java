package io.osspost;

import io.osspost.credentials.CredentialsUnavailableException;
import io.osspost.credentials.OssCredentials;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Computes when a grant expires: after the validity of its profile, but no later than the
 * credentials that sign it. Rejects credentials that expire too soon for an upload.
 */
final class GrantExpiration {
  private static final Duration SHORTEST = Duration.ofMinutes(1);

  private GrantExpiration() {}

  /**
   * Returns when a grant made at {@code now} expires, in whole seconds.
   *
   * @throws CredentialsUnavailableException if the credentials expire too soon for an upload
   */
  static Instant of(OssCredentials credentials, Instant now, Duration validity) {
    Instant requested = now.plus(validity).truncatedTo(ChronoUnit.SECONDS);
    Instant credentialsExpiry = credentials.expiration().orElse(Instant.MAX);
    if (!credentialsExpiry.isBefore(requested)) {
      return requested;
    }
    Duration shortest = validity.compareTo(SHORTEST) < 0 ? validity : SHORTEST;
    if (credentialsExpiry.isBefore(now.plus(shortest))) {
      throw new CredentialsUnavailableException(
          credentials
              + " cannot sign a grant at "
              + now
              + ": less than "
              + shortest.toSeconds()
              + " seconds are left. Make the provider refresh them earlier.");
    }
    return credentialsExpiry.truncatedTo(ChronoUnit.SECONDS);
  }
}
