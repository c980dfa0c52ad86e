package io.osspost.examples.plain;

import io.osspost.InvalidTenantProfileException;
import io.osspost.OfferLease;
import io.osspost.ProfileSource;
import io.osspost.TenantProfile;
import io.osspost.UploadGrants;
import io.osspost.credentials.OssCredentialsProvider;
import io.osspost.object.BucketRef;
import io.osspost.object.EndpointRules;
import io.osspost.object.ObjectKey;
import io.osspost.object.OssBucket;
import io.osspost.object.ProfileId;
import io.osspost.profile.Caller;
import io.osspost.profile.RequestView;
import io.osspost.profile.UploadProfile;
import io.osspost.sign.ObjectRequest;
import io.osspost.sign.ServerAccess;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Profiles of tenants, without settings and without a web framework. */
final class Tenants {
  private static final ProfileId ACME = new ProfileId("acme", "pictures");

  private final UploadGrants grants;

  Tenants(OssCredentialsProvider credentials) {
    this.grants =
        UploadGrants.builder(OssBucket.of("examplebucket", "cn-hangzhou"))
            .credentials(credentials)
            .source(everyCallerIsOf(acme(credentials)))
            .endpointRules(EndpointRules.official().allowing(List.of("https://oss.example.com")))
            .build();
  }

  private static TenantProfile acme(OssCredentialsProvider credentials) {
    return TenantProfile.builder(
            ACME,
            1,
            UploadProfile.builder("pictures")
                .bucket(OssBucket.of("acme-files", "cn-hangzhou"))
                .build())
        .credentials(credentials)
        .build();
  }

  private static ProfileSource everyCallerIsOf(TenantProfile tenant) {
    return (name, caller, request) -> Optional.of(tenant);
  }

  /** Returns the bucket that a caller uploads to, or the reason why there is none. */
  String bucketOf(Caller caller) {
    try (OfferLease lease = grants.lease("pictures", caller, RequestView.none()).orElseThrow()) {
      return lease.offer().bucket().name();
    } catch (InvalidTenantProfileException e) {
      return String.valueOf(e.getMessage());
    }
  }

  /** Returns whether this server can look at objects of the bucket. */
  boolean reaches(String bucket) {
    ServerAccess access = grants.serverAccess(found -> found);
    ObjectRequest head = ObjectRequest.head(new ObjectKey("a.png"));
    return access
        .sign(new BucketRef(bucket, Optional.of(ACME)), head, Duration.ofMinutes(1))
        .isPresent();
  }
}
