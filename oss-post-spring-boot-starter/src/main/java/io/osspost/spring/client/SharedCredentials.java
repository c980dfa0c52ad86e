package io.osspost.spring.client;

import com.aliyun.oss.common.auth.Credentials;
import com.aliyun.oss.common.auth.CredentialsProvider;
import com.aliyun.oss.common.auth.DefaultCredentials;
import io.osspost.credentials.OssCredentials;
import io.osspost.credentials.OssCredentialsProvider;

/**
 * Signs the requests of the vendor's client with the credentials of the grants, refreshed like
 * those.
 */
final class SharedCredentials implements CredentialsProvider {
  private final OssCredentialsProvider credentials;

  SharedCredentials(OssCredentialsProvider credentials) {
    this.credentials = credentials;
  }

  @Override
  public Credentials getCredentials() {
    OssCredentials now = credentials.resolve();
    return new DefaultCredentials(
        now.accessKeyId(), now.accessKeySecret(), now.securityToken().orElse(null));
  }

  @Override
  public void setCredentials(Credentials replacement) {
    throw new UnsupportedOperationException(
        "These credentials are shared. Change 'oss.post.credentials', or declare an OSS bean.");
  }
}
