package io.osspost.sts;

import io.osspost.credentials.OssCredentials;
import org.jspecify.annotations.Nullable;

/** Whether two fetches brought the same keys: then the first instance stays in use. */
final class Same {
  private Same() {}

  static boolean keys(@Nullable OssCredentials one, OssCredentials other) {
    return one != null
        && one.accessKeyId().equals(other.accessKeyId())
        && one.accessKeySecret().equals(other.accessKeySecret())
        && one.securityToken().equals(other.securityToken())
        && one.expiration().equals(other.expiration());
  }
}
