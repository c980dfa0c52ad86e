package io.osspost.sts.source;

import com.aliyun.credentials.provider.OIDCRoleArnCredentialProvider;
import io.osspost.credentials.CredentialsUnavailableException;
import io.osspost.credentials.OssCredentials;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The role of a pod, which STS returns for the token of the pod's identity provider (RRSA). */
final class OidcRole implements CredentialsSource {
  private final RoleSession role;
  private final String providerArn;
  private final Path tokenFile;
  private final @Nullable String policy;
  private final ServerClock clock = new ServerClock(Clock.systemUTC());

  OidcRole(RoleSession role, String providerArn, Path tokenFile, Optional<String> policy) {
    this.policy = policy.orElse(null);
    this.role = role;
    this.providerArn = providerArn;
    this.tokenFile = tokenFile;
  }

  @Override
  public String name() {
    return "STS AssumeRoleWithOIDC of " + role.arn();
  }

  /** The file is read at every fetch, because the cluster replaces it. */
  @Override
  public OssCredentials fetch() {
    if (!Files.isReadable(tokenFile)) {
      throw new CredentialsUnavailableException(
          "The OIDC token file "
              + tokenFile
              + " cannot be read. Mount the pod's token at that path.");
    }
    OIDCRoleArnCredentialProvider provider =
        OIDCRoleArnCredentialProvider.builder()
            .roleArn(role.arn())
            .roleSessionName(role.sessionName())
            .durationSeconds(Math.toIntExact(role.duration().toSeconds()))
            .oidcProviderArn(providerArn)
            .oidcTokenFilePath(tokenFile.toString())
            .policy(policy)
            .build();
    return new StsConnection(role.endpoint(), null, clock).fetch(provider::createCredential);
  }

  @Override
  public Clock clock() {
    return clock;
  }
}
