package io.osspost;

import io.osspost.credentials.OssCredentials;
import io.osspost.object.OssBucket;
import io.osspost.ticket.CallbackParameter;
import io.osspost.wire.JsonText;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

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
  private final Optional<CallbackParameter.Parts> callback;

  /** Rejects credentials that are not temporary. */
  TokenGrant(
      OssBucket bucket,
      String prefix,
      OssCredentials credentials,
      Optional<CallbackParameter.Parts> callback) {
    this.bucket = bucket;
    this.prefix = prefix;
    this.credentials = credentials;
    this.callback = callback;
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
   * {@return the response that the page of the STS tutorial and the credential providers of the
   * vendor's Android and iOS SDKs expect, with the upload address, and the callback if there is
   * one: JSON in UTF-8}
   */
  public byte[] toJson() {
    JsonText json = new JsonText().openObject();
    json.member("StatusCode", 200);
    json.member("AccessKeyId", credentials.accessKeyId());
    json.member("AccessKeySecret", credentials.accessKeySecret());
    json.member("SecurityToken", securityToken)
        .member("Expiration", expiresAt.truncatedTo(ChronoUnit.SECONDS).toString());
    json.member("Bucket", bucket.name()).member("Region", bucket.region());
    json.member("Url", bucket.url().toString());
    json.member("Dir", prefix);
    callback.ifPresent(found -> add(json, found));
    return json.closeObject().toBytes();
  }

  /** Adds the callback as ali-oss takes it, and as the header of other SDKs has it. */
  private static void add(JsonText json, CallbackParameter.Parts callback) {
    json.member("CallbackHeader", callback.value());
    json.name("Callback").openObject().member("url", callback.url());
    callback.host().ifPresent(host -> json.member("host", host));
    json.member("body", callback.body()).member("contentType", callback.bodyType());
    if (callback.sni()) {
      json.member("callbackSNI", true);
    }
    json.closeObject();
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
