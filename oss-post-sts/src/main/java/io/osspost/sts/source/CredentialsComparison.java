package io.osspost.sts.source;

import io.osspost.credentials.OssCredentials;
import org.jspecify.annotations.Nullable;

/** Compares credentials. If two fetches returned equal ones, the first instance remains in use. */
public final class CredentialsComparison {
  private CredentialsComparison() {}

  /** Returns whether both have the same id, secret, token and expiration. */
  public static boolean areEqual(@Nullable OssCredentials one, OssCredentials other) {
    return one != null
        && one.accessKeyId().equals(other.accessKeyId())
        && one.accessKeySecret().equals(other.accessKeySecret())
        && one.securityToken().equals(other.securityToken())
        && one.expiration().equals(other.expiration());
  }
}
