package io.osspost.examples.tenants;

import io.osspost.GrantKind;
import io.osspost.ProfileSource;
import io.osspost.TenantProfile;
import io.osspost.credentials.OssCredentials;
import io.osspost.credentials.OssCredentialsProvider;
import io.osspost.emulator.OssEmulator;
import io.osspost.object.OssBucket;
import io.osspost.object.ProfileId;
import io.osspost.profile.Caller;
import io.osspost.profile.RequestView;
import io.osspost.profile.UploadProfile;
import io.osspost.profile.UploadRefusedException;
import io.osspost.profile.UploadRefusedException.Reason;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * The profile of the tenant whose host the page has. This application has no login, so every caller
 * may upload for every tenant. With a login, compare the tenant with that of the caller.
 */
@Component
class TenantProfiles implements ProfileSource {
  private static final String DOMAIN = ".localhost";

  private final TenantTable table;
  private final OssEmulator oss;

  TenantProfiles(TenantTable table, OssEmulator oss) {
    this.table = table;
    this.oss = oss;
  }

  @Override
  public Optional<TenantProfile> find(String name, Caller caller, RequestView request) {
    String tenant = request.host().flatMap(TenantProfiles::tenantOf).orElse("");
    Optional<TenantProfile> found = table.find(tenant).map(row -> profile(row, name));
    if (found.isEmpty()) {
      // Otherwise the profile in the settings would be used.
      throw new UploadRefusedException(
          Reason.UNKNOWN_PROFILE, "There is no such tenant.", "Open the page of a tenant.");
    }
    return found;
  }

  @Override
  public Optional<TenantProfile> find(ProfileId id) {
    return table.find(id.tenant()).map(row -> profile(row, id.id()));
  }

  /** Returns the first label of a host such as {@code acme.localhost:8080}. */
  static Optional<String> tenantOf(String host) {
    String name = host.replaceFirst(":[0-9]+$", "");
    return name.endsWith(DOMAIN)
        ? Optional.of(name.substring(0, name.length() - DOMAIN.length()))
        : Optional.empty();
  }

  private TenantProfile profile(Tenant row, String name) {
    String endpoint = row.endpoint().isEmpty() ? oss.endpoint().toString() : row.endpoint();
    UploadProfile limits =
        UploadProfile.builder(name)
            .bucket(OssBucket.of(row.bucket(), row.region()).at(URI.create(endpoint)))
            .maxSize(row.maxSize())
            .build();
    OssCredentials key = OssCredentials.of(row.keyId(), row.keySecret());
    return TenantProfile.builder(new ProfileId(row.name(), name), row.revision(), limits)
        .kinds(Set.of(GrantKind.POST, GrantKind.MULTIPART))
        .credentials(OssCredentialsProvider.of(key))
        .build();
  }
}
