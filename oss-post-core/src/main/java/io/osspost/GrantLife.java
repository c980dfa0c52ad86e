package io.osspost;

import io.osspost.credentials.CredentialsUnavailableException;
import io.osspost.credentials.OssCredentials;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The lifetime of a grant: that of its profile, but no longer than the credentials that sign it. A
 * grant that is too short for an upload is rejected.
 */
final class GrantLife {
  private static final Duration SHORTEST = Duration.ofMinutes(1);

  private GrantLife() {}

  /**
   * Returns when a grant made at {@code now} expires, in whole seconds.
   *
   * @throws CredentialsUnavailableException if the credentials expire too soon for an upload
   */
  static Instant end(OssCredentials credentials, Instant now, Duration validity) {
    Instant wanted = now.plus(validity).truncatedTo(ChronoUnit.SECONDS);
    Instant keysEnd = credentials.expiration().orElse(Instant.MAX);
    if (!keysEnd.isBefore(wanted)) {
      return wanted;
    }
    Duration shortest = validity.compareTo(SHORTEST) < 0 ? validity : SHORTEST;
    if (keysEnd.isBefore(now.plus(shortest))) {
      throw new CredentialsUnavailableException(
          credentials
              + " cannot sign a grant at "
              + now
              + ": less than "
              + shortest.toSeconds()
              + " seconds are left. Let the provider refresh them earlier.");
    }
    return keysEnd.truncatedTo(ChronoUnit.SECONDS);
  }
}
