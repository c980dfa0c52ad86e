package io.osspost.sts;

import com.aliyun.oss.common.auth.Credentials;
import com.aliyun.oss.common.auth.CredentialsProvider;
import com.aliyun.oss.common.auth.DefaultCredentials;
import io.osspost.credentials.CredentialsUnavailableException;
import io.osspost.credentials.OssCredentials;
import io.osspost.credentials.OssCredentialsProvider;
import io.osspost.sts.source.CredentialsComparison;
import io.osspost.sts.source.Keys;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Shares one source of credentials between an {@code OSS} client of aliyun-sdk-oss and the grants,
 * in either direction. Needs that library on the class path.
 */
public final class AliyunCredentials {
  private AliyunCredentials() {}

  /** Returns the provider's credentials for an {@code OSS} client. */
  public static CredentialsProvider toClient(OssCredentialsProvider provider) {
    Objects.requireNonNull(provider, "provider");
    return new CredentialsProvider() {
      @Override
      public Credentials getCredentials() {
        OssCredentials keys = provider.resolve();
        return new DefaultCredentials(
            keys.accessKeyId(), keys.accessKeySecret(), keys.securityToken().orElse(null));
      }

      @Override
      public void setCredentials(Credentials replaced) {
        throw new UnsupportedOperationException(
            "These credentials come from " + provider + ". Change them there.");
      }
    };
  }

  /** Returns the credentials of an {@code OSS} client as a provider. */
  public static OssCredentialsProvider ofClient(CredentialsProvider provider) {
    Objects.requireNonNull(provider, "provider");
    return new OfClient(provider);
  }

  /** Returns the same instance while the client's keys are unchanged. */
  private static final class OfClient implements OssCredentialsProvider {
    private final CredentialsProvider provider;
    private volatile @Nullable OssCredentials last;

    OfClient(CredentialsProvider provider) {
      this.provider = provider;
    }

    @Override
    public OssCredentials resolve() {
      Credentials client = provider.getCredentials();
      if (client == null || client.getAccessKeyId() == null) {
        throw new CredentialsUnavailableException(
            "The OSS client's provider has no credentials. Configure it.");
      }
      String token = client.getSecurityToken();
      OssCredentials now =
          Keys.of(
              "The OSS client's provider",
              () ->
                  token == null || token.isEmpty()
                      ? OssCredentials.of(client.getAccessKeyId(), client.getSecretAccessKey())
                      : OssCredentials.temporary(
                          client.getAccessKeyId(), client.getSecretAccessKey(), token));
      OssCredentials known = last;
      if (CredentialsComparison.areEqual(known, now)) {
        return Objects.requireNonNull(known);
      }
      last = now;
      return now;
    }
  }
}
