package io.osspost;

import io.osspost.credentials.OssCredentials;
import io.osspost.object.OssBucket;
import io.osspost.wire.JsonText;
import java.time.Instant;

/**
 * The permission to upload with an OSS SDK: temporary credentials for one directory. Immutable.
 *
 * <p>OSS enforces the directory and that the client only uploads. It enforces neither size nor
 * type, and it does not protect existing objects.
 */
public final class TokenGrant {
  private final OssBucket bucket;
  private final String prefix;
  private final OssCredentials credentials;
  private final String securityToken;
  private final Instant expiresAt;

  /** Rejects credentials that are not temporary. */
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

  /** {@return the prefix that every object's name must have: empty, or ending in a slash} */
  public String prefix() {
    return prefix;
  }

  /** {@return the temporary credentials with their secret, for the caller alone} */
  public OssCredentials credentials() {
    return credentials;
  }

  /** {@return when OSS stops accepting the token} */
  public Instant expiresAt() {
    return expiresAt;
  }

  /**
   * {@return the response that the page of the STS tutorial expects, with the upload address: JSON
   * in UTF-8}
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
        "The token vendor returned credentials without security token or expiration. Clients "
            + "must never get a long-term key. Return the credentials from STS.");
  }

  /** Names bucket and directory, never the secret or the token. */
  @Override
  public String toString() {
    return "TokenGrant[" + bucket.name() + "/" + prefix + "*, until " + expiresAt + "]";
  }
}
