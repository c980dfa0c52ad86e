package io.osspost;

import io.osspost.credentials.CredentialsUnavailableException;
import io.osspost.object.BucketRef;
import io.osspost.object.OssBucket;
import io.osspost.sign.ObjectRequest;
import io.osspost.sign.PresignedUrl;
import io.osspost.sign.ServerAccess;
import io.osspost.sign.UrlSigner;
import io.osspost.wire.LogText;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The server's own access to the buckets of configured profiles and of tenants. Thread-safe. */
final class GrantAccess implements ServerAccess {
  private final ServerAccess configured;
  private final TenantOffers tenants;
  private final UnaryOperator<OssBucket> atServer;

  GrantAccess(ServerAccess configured, TenantOffers tenants, UnaryOperator<OssBucket> atServer) {
    this.configured = configured;
    this.tenants = tenants;
    this.atServer = atServer;
  }

  @Override
  public Optional<PresignedUrl> sign(BucketRef bucket, ObjectRequest request, Duration validity) {
    if (bucket.profile().isEmpty()) {
      return configured.sign(bucket, request, validity);
    }
    Optional<OfferLease> lease = find(bucket);
    if (lease.isEmpty()) {
      return Optional.empty();
    }
    try (OfferLease used = lease.get()) {
      UploadOffer offer = used.offer();
      UrlSigner signer =
          UrlSigner.of(atServer.apply(offer.bucket()), offer.sources().signatureVersion());
      return Optional.of(
          signer.sign(
              request,
              offer.sources().credentials().resolve(),
              offer.sources().clock().instant(),
              validity));
    }
  }

  /** A caller that confirms an upload only knows that the request failed. */
  private Optional<OfferLease> find(BucketRef bucket) {
    try {
      return tenants.find(bucket);
    } catch (CredentialsUnavailableException e) {
      throw e;
    } catch (RuntimeException e) {
      GrantLog.warn(
          "No request is sent to bucket '" + bucket.name() + "' of a tenant: " + LogText.of(e));
      throw e;
    }
  }
}
