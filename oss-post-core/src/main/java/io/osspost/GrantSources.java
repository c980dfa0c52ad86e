package io.osspost;

import io.osspost.credentials.OssCredentialsProvider;
import io.osspost.credentials.TokenVendor;
import io.osspost.ledger.GrantRecorder;
import io.osspost.object.OssBucket;
import io.osspost.object.ProfileId;
import io.osspost.sign.SignatureVersion;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The sources of offers; those of configured profiles share them: bucket, credentials, clocks and
 * tickets. Thread-safe.
 *
 * @param profileId the tenant and its profile; empty for configured profiles
 * @param bucket the bucket of profiles that name no bucket
 * @param tokenClock the clock that the expiration of security tokens is compared with
 */
record GrantSources(
    Optional<ProfileId> profileId,
    OssBucket bucket,
    OssCredentialsProvider credentials,
    @Nullable TokenVendor tokens,
    Clock clock,
    Clock tokenClock,
    SignatureVersion signatureVersion,
    Ticketing ticketing,
    RetryCheck retries,
    GrantRecorder recorder) {
  /**
   * Returns the sources of a tenant's profile.
   *
   * @param signing the open credentials of the profile
   * @param common the clock of all grants; null for that of the credentials
   */
  GrantSources of(TenantProfile profile, OssCredentialsProvider signing, @Nullable Clock common) {
    TokenVendor vendor = profile.tokens().orElse(null);
    Clock grantClock = common == null ? signing.clock() : common;
    return new GrantSources(
        Optional.of(profile.id()),
        profile.bucket(),
        signing,
        vendor,
        grantClock,
        common == null && vendor != null ? vendor.clock() : grantClock,
        signatureVersion,
        ticketing,
        retries,
        recorder);
  }
}
