package io.osspost.sign;

import io.osspost.credentials.OssCredentials;
import io.osspost.policy.Condition;
import io.osspost.policy.PostPolicy;
import io.osspost.wire.HmacSha256;
import io.osspost.wire.UtcTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A policy with an open end, encoded and hashed so far. A policy is a conjunction, so more
 * conditions can only tighten it, and appending them appends bytes: what many grants have in common
 * is written and hashed once. Immutable; share it freely between threads.
 *
 * <p>Signing a template with more conditions gives, byte for byte, what a template opened with all
 * of them gives with none.
 */
public final class PolicyTemplate {
  static final String VERSION = "OSS4-HMAC-SHA256";

  private final Map<String, String> signatureFields;
  private final byte[] encoded;
  private final byte[] unencoded;
  private final HmacSha256 macOfEncoded;

  private PolicyTemplate(Map<String, String> signatureFields, byte[] open, byte[] signingKey) {
    int wholeTriples = open.length - open.length % 3;
    this.signatureFields = signatureFields;
    this.encoded = Base64.getEncoder().encode(Arrays.copyOf(open, wholeTriples));
    this.unencoded = Arrays.copyOfRange(open, wholeTriples, open.length);
    this.macOfEncoded = HmacSha256.keyed(signingKey).update(encoded);
  }

  /**
   * Opens {@code policy} for signing with {@code credentials} at {@code now}, adding the conditions
   * the signature needs: version, credential, date, and the security token if there is one.
   *
   * @param region the bucket's region, such as {@code cn-hangzhou}
   */
  public static PolicyTemplate open(
      PostPolicy policy, OssCredentials credentials, String region, Instant now) {
    CredentialScope scope = CredentialScope.at(now, region);
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("x-oss-signature-version", VERSION);
    fields.put("x-oss-credential", credentials.accessKeyId() + "/" + scope);
    fields.put("x-oss-date", UtcTime.basic(now));
    credentials.securityToken().ifPresent(token -> fields.put("x-oss-security-token", token));
    return new PolicyTemplate(
        fields,
        PolicyJson.open(policy, fields),
        SigningKey.derive(credentials.accessKeySecret(), scope));
  }

  /** Signs the policy as it is. */
  public SignedPolicy sign() {
    return sign(List.of());
  }

  /** Signs the policy with {@code further} conditions appended. */
  public SignedPolicy sign(List<Condition> further) {
    byte[] close = PolicyJson.close(further);
    byte[] rest = Arrays.copyOf(unencoded, unencoded.length + close.length);
    System.arraycopy(close, 0, rest, unencoded.length, close.length);
    byte[] encodedRest = Base64.getEncoder().encode(rest);
    byte[] mac = macOfEncoded.copy().update(encodedRest).finish();
    return new SignedPolicy(signatureFields, encoded, encodedRest, mac);
  }

  /** Names the credential, never the signing key or the token. */
  @Override
  public String toString() {
    return "PolicyTemplate[" + signatureFields.get("x-oss-credential") + "]";
  }
}
