package io.osspost;

import io.osspost.credentials.OssCredentialsProvider;
import io.osspost.credentials.TokenVendor;
import io.osspost.object.OssBucket;
import io.osspost.sign.SignatureVersion;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * What all offers make their grants from. Thread-safe.
 *
 * @param bucket where uploads go whose profile has no bucket of its own
 * @param tokenClock the clock that security tokens end by
 */
record GrantSources(
    OssBucket bucket,
    OssCredentialsProvider credentials,
    @Nullable TokenVendor tokens,
    Clock clock,
    Clock tokenClock,
    SignatureVersion signatureVersion,
    Ticketing ticketing,
    RetryCheck retries) {}
