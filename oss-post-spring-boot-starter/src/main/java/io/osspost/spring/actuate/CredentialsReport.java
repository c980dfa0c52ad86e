package io.osspost.spring.actuate;

import io.osspost.credentials.CredentialsUnavailableException;
import io.osspost.credentials.OssCredentials;
import io.osspost.credentials.OssCredentialsProvider;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How what signs is doing, in words that go into the health of any Boot version.
 *
 * @param available whether there is anything to sign with
 * @param details lives and failures, no secrets
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
      OssCredentials now = credentials.resolve();
      now.expiration().ifPresent(end -> putLife(end, credentials.clock().instant(), details));
      return true;
    } catch (CredentialsUnavailableException e) {
      details.put("error", String.valueOf(e.getMessage()));
      return false;
    } catch (RuntimeException e) {
      // A provider of the application's own; what its message holds is not known.
      details.put("error", e.getClass().getName());
      return false;
    }
  }

  private static void putLife(Instant end, Instant now, Map<String, Object> details) {
    details.put("expiresAt", end.toString());
    details.put("remainingSeconds", Math.max(0, Duration.between(now, end).toSeconds()));
  }
}
