package io.osspost.sts.source;

import com.aliyun.credentials.provider.RamRoleArnCredentialProvider;
import io.osspost.credentials.OssCredentials;
import io.osspost.credentials.OssCredentialsProvider;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** Fetches the credentials of a role from STS, with the caller's credentials. */
public final class AssumedRole implements CredentialsSource {
  private final RoleSession role;
  private final OssCredentialsProvider caller;
  private final ServerClock clock;

  public AssumedRole(RoleSession role, OssCredentialsProvider caller, ServerClock clock) {
    this.role = role;
    this.caller = caller;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "STS AssumeRole of " + role.arn();
  }

  @Override
  public OssCredentials fetch() {
    return fetch(role, null);
  }

  /** Fetches the credentials of {@code session}, limited to {@code policy} if there is one. */
  public OssCredentials fetch(RoleSession session, @Nullable String policy) {
    OssCredentials callers = caller.resolve();
    RamRoleArnCredentialProvider provider =
        RamRoleArnCredentialProvider.builder()
            .accessKeyId(callers.accessKeyId())
            .accessKeySecret(callers.accessKeySecret())
            .securityToken(callers.securityToken().orElse(null))
            .roleArn(session.arn())
            .roleSessionName(session.sessionName())
            .durationSeconds(Math.toIntExact(session.duration().toSeconds()))
            .externalId(session.externalId().orElse(null))
            .policy(policy)
            .build();
    return new StsConnection(role.endpoint(), callers, clock).fetch(provider::createCredential);
  }

  public OssCredentialsProvider caller() {
    return caller;
  }

  @Override
  public Clock clock() {
    return clock;
  }

  @Override
  public void close() {
    caller.close();
  }
}
