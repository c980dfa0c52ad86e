package io.osspost.sign;

import io.osspost.credentials.CredentialsUnavailableException;
import io.osspost.credentials.OssCredentialsProvider;
import io.osspost.object.BucketRef;
import io.osspost.object.OssBucket;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Signs the requests that this server sends to OSS. Called once per request, from any thread.
 *
 * @see #of
 */
@FunctionalInterface
public interface ServerAccess {
  /**
   * Signs one request, at an address of the bucket that this server reaches.
   *
   * @param bucket the bucket of the grant that the request is about
   * @param request the request
   * @param validity how long OSS accepts it
   * @return the signed request; empty if no profile of today has that bucket
   * @throws CredentialsUnavailableException if there are no credentials to sign with
   */
  Optional<PresignedUrl> sign(BucketRef bucket, ObjectRequest request, Duration validity);

  /**
   * {@return the access to the buckets of configured profiles}
   *
   * @param credentials sign each request; not closed here
   * @param buckets at the addresses that this server reaches them at
   * @param version the signature version that their cloud accepts
   */
  static ServerAccess of(
      OssCredentialsProvider credentials, Collection<OssBucket> buckets, SignatureVersion version) {
    Objects.requireNonNull(credentials, "credentials");
    Map<String, UrlSigner> signers = new HashMap<>();
    for (OssBucket bucket : buckets) {
      signers.put(bucket.name(), UrlSigner.of(bucket, version));
    }
    return (bucket, request, validity) ->
        Optional.ofNullable(bucket.profile().isPresent() ? null : signers.get(bucket.name()))
            .map(
                signer ->
                    signer.sign(
                        request, credentials.resolve(), credentials.clock().instant(), validity));
  }
}
