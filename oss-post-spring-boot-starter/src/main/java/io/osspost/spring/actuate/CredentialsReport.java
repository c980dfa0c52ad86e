package io.osspost.spring.actuate;

import io.osspost.credentials.CredentialsUnavailableException;
import io.osspost.credentials.OssCredentials;
import io.osspost.credentials.OssCredentialsProvider;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The state of the credentials that sign, for the health endpoint of any Boot version.
 *
 * @param available whether there are credentials to sign with
 * @param details expirations and failures, without secrets
 */
record CredentialsReport(boolean available, Map<String, Object> details) {
  static CredentialsReport of(OssCredentialsProvider credentials) {
    Map<String, Object> details = new LinkedHashMap<>();
    boolean available = resolve(credentials, details);
    credentials
        .refreshes()
        .ifPresent(
            refreshes -> {
              details.put("refreshes", refreshes.succeeded());
              details.put("failedRefreshes", refreshes.failed());
              refreshes
                  .lastFailure()
                  .ifPresent(
                      failure -> {
                        details.put("lastFailureAt", failure.at().toString());
                        details.put("lastFailure", failure.message());
                      });
            });
    return new CredentialsReport(available, details);
  }

  private static boolean resolve(OssCredentialsProvider credentials, Map<String, Object> details) {
    try {
      OssCredentials now = credentials.resolveWithoutWaiting();
      now.expiration().ifPresent(end -> putExpiration(end, credentials.clock().instant(), details));
      return true;
    } catch (CredentialsUnavailableException e) {
      details.put("error", String.valueOf(e.getMessage()));
      return false;
    } catch (RuntimeException e) {
      // The message of an application's own provider may contain anything.
      details.put("error", e.getClass().getName());
      return false;
    }
  }

  private static void putExpiration(Instant end, Instant now, Map<String, Object> details) {
    details.put("expiresAt", end.toString());
    details.put("remainingSeconds", Math.max(0, Duration.between(now, end).toSeconds()));
  }
}
