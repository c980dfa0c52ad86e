package io.osspost.sts.source;

import com.aliyun.credentials.provider.ECSMetadataServiceCredentialsFetcher;
import io.osspost.credentials.OssCredentials;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The RAM role of this ECS instance, from its metadata service. */
final class InstanceRole implements CredentialsSource {
  static final URI METADATA = URI.create("http://100.100.100.200");

  private static final int MILLIS = 1_000;

  private final @Nullable String roleName;
  private final boolean alsoV1;
  private final URI metadata;

  /**
   * Sends no request yet.
   *
   * @param roleName the role; empty for the one that the instance has
   * @param alsoV1 whether to send requests without a token if the service gives none
   */
  InstanceRole(Optional<String> roleName, boolean alsoV1, URI metadata) {
    this.roleName = roleName.orElse(null);
    this.alsoV1 = alsoV1;
    this.metadata = metadata;
  }

  @Override
  public String name() {
    return "ECS RAM role";
  }

  @Override
  public OssCredentials fetch() {
    ECSMetadataServiceCredentialsFetcher fetcher =
        new ECSMetadataServiceCredentialsFetcher(roleName, !alsoV1, MILLIS, MILLIS);
    return new Connection("The metadata service", metadata, true).fetch(fetcher::fetch);
  }
}
