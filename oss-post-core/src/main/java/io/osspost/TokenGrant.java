package io.osspost;

import io.osspost.credentials.OssCredentials;
import io.osspost.object.OssBucket;
import io.osspost.wire.JsonText;
import java.time.Instant;

/**
 * The permission to upload with an OSS SDK: temporary credentials cut down to one directory.
 * Immutable.
 *
 * <p>OSS enforces the directory and that nothing but uploads is done, but neither size nor type,
 * nor that objects are left alone that are there already.
 */
public final class TokenGrant {
  private final OssBucket bucket;
  private final String prefix;
  private final OssCredentials credentials;
  private final String securityToken;
  private final Instant expiresAt;

  /** Refuses credentials that were not made for handing out. */
  TokenGrant(OssBucket bucket, String prefix, OssCredentials credentials) {
    this.bucket = bucket;
    this.prefix = prefix;
    this.credentials = credentials;
    this.securityToken = credentials.securityToken().orElseThrow(TokenGrant::notForClients);
    this.expiresAt = credentials.expiration().orElseThrow(TokenGrant::notForClients);
  }

  /** {@return the bucket the token is for} */
  public OssBucket bucket() {
    return bucket;
  }

  /** {@return what every object's name must begin with: empty, or ending in a slash} */
  public String prefix() {
    return prefix;
  }

  /** {@return the temporary credentials themselves, with their secret: for the caller alone} */
  public OssCredentials credentials() {
    return credentials;
  }

  /** {@return when OSS stops accepting the token} */
  public Instant expiresAt() {
    return expiresAt;
  }

  /**
   * {@return the answer the page of the STS tutorial expects, and where to upload: JSON in UTF-8}
   */
  public byte[] toJson() {
    JsonText json = new JsonText().openObject();
    json.member("AccessKeyId", credentials.accessKeyId());
    json.member("AccessKeySecret", credentials.accessKeySecret());
    json.member("SecurityToken", securityToken).member("Expiration", expiresAt.toString());
    json.member("Bucket", bucket.name()).member("Region", bucket.region());
    json.member("Url", bucket.url().toString());
    return json.member("Dir", prefix).closeObject().toBytes();
  }

  private static IllegalStateException notForClients() {
    return new IllegalStateException(
        "The token vendor returned credentials without security token or expiration. Clients must"
            + " never get a long-term key: have it return what STS gave.");
  }

  /** Names bucket and directory, never the secret or the token. */
  @Override
  public String toString() {
    return "TokenGrant[" + bucket.name() + "/" + prefix + "*, until " + expiresAt + "]";
  }
}
