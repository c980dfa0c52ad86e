package io.osspost;

import io.osspost.credentials.OssCredentialsProvider;
import io.osspost.credentials.TokenVendor;
import io.osspost.ledger.GrantRecorder;
import io.osspost.object.OssBucket;
import io.osspost.sign.SignatureVersion;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * The sources that all offers share: bucket, credentials, clocks and tickets. Thread-safe.
 *
 * @param bucket the bucket of profiles that name no bucket
 * @param tokenClock the clock that the expiration of security tokens is compared with
 */
record GrantSources(
    OssBucket bucket,
    OssCredentialsProvider credentials,
    @Nullable TokenVendor tokens,
    Clock clock,
    Clock tokenClock,
    SignatureVersion signatureVersion,
    Ticketing ticketing,
    RetryCheck retries,
    GrantRecorder recorder) {}
