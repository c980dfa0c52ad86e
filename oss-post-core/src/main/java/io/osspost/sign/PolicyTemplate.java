package io.osspost.sign;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.osspost.credentials.OssCredentials;
import io.osspost.policy.Condition;
import io.osspost.policy.PostPolicy;
import io.osspost.wire.Hmac;
import io.osspost.wire.UtcTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The beginning of a policy, already Base64-encoded and hashed; more conditions can be appended.
 * All conditions of a policy must be met, so more conditions only narrow it. The common part of
 * many grants is written and hashed once. Immutable and thread-safe.
 *
 * <p>Signing a template with further conditions gives the same bytes as signing a template that was
 * opened with all of them.
 */
public final class PolicyTemplate {
  private final SignatureVersion version;
  private final Map<String, String> signatureFields;
  private final byte[] encoded;
  private final byte[] unencoded;
  private final Hmac macOfEncoded;

  private PolicyTemplate(
      SignatureVersion version, Map<String, String> signatureFields, byte[] open, Hmac mac) {
    int wholeTriples = open.length - open.length % 3;
    this.version = version;
    this.signatureFields = Collections.unmodifiableMap(signatureFields);
    this.encoded = Base64.getEncoder().encode(Arrays.copyOf(open, wholeTriples));
    this.unencoded = Arrays.copyOfRange(open, wholeTriples, open.length);
    this.macOfEncoded = mac.update(encoded);
  }

  /**
   * Opens {@code policy} for a V4 signature with {@code credentials} at {@code now}. Adds the
   * conditions that the signature needs: version, credential, date, and the security token if there
   * is one. Source: OSS documentation, "POST V4 signature".
   *
   * @param policy the common conditions of all forms
   * @param credentials the credentials that sign; a token in them becomes a field of the form
   * @param region the bucket's region, such as {@code cn-hangzhou}
   * @param now the date of the signature, whose UTC day is part of the signing key
   * @return the template, for this {@code now} and these credentials
   */
  public static PolicyTemplate openV4(
      PostPolicy policy, OssCredentials credentials, String region, Instant now) {
    CredentialScope scope = CredentialScope.at(now, region);
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("x-oss-signature-version", CredentialScope.VERSION);
    fields.put("x-oss-credential", credentials.accessKeyId() + "/" + scope);
    fields.put("x-oss-date", UtcTime.basic(now));
    addToken(fields, credentials);
    return new PolicyTemplate(
        SignatureVersion.V4,
        fields,
        PolicyJson.open(policy, fields),
        Hmac.sha256(SigningKey.derive(credentials.accessKeySecret(), scope)));
  }

  /**
   * Opens {@code policy} for a V1 signature with {@code credentials}, adding a condition on the
   * security token if there is one. Source: OSS documentation, "PostObject".
   *
   * @param policy the common conditions of all forms
   * @param credentials the credentials that sign; a token in them becomes a field of the form
   * @return the template, for these credentials
   */
  public static PolicyTemplate openV1(PostPolicy policy, OssCredentials credentials) {
    Map<String, String> pinned = new LinkedHashMap<>();
    addToken(pinned, credentials);
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("OSSAccessKeyId", credentials.accessKeyId());
    fields.putAll(pinned);
    return new PolicyTemplate(
        SignatureVersion.V1,
        fields,
        PolicyJson.open(policy, pinned),
        Hmac.sha1(credentials.accessKeySecret().getBytes(UTF_8)));
  }

  /** {@return the Base64 text that every policy signed here begins with, in ASCII} */
  public byte[] policyBeginning() {
    return encoded.clone();
  }

  /** {@return the common fields of all signatures from this template, in order} */
  public Map<String, String> signatureFields() {
    return signatureFields;
  }

  /**
   * {@return the value of a signature field, such as {@code x-oss-date}; empty if there is no such
   * field}
   *
   * @param name the field's name, as in {@link #signatureFields}
   */
  public Optional<String> field(String name) {
    return Optional.ofNullable(signatureFields.get(name));
  }

  /** {@return the policy without further conditions, signed} */
  public SignedPolicy sign() {
    return sign(List.of());
  }

  /**
   * {@return the policy with {@code further} conditions appended, signed}
   *
   * @param further the conditions of this form; they only narrow the policy
   */
  public SignedPolicy sign(List<Condition> further) {
    byte[] encodedRest = Base64.getEncoder().encode(PolicyJson.close(unencoded, further));
    byte[] mac = macOfEncoded.copy().update(encodedRest).finish();
    return new SignedPolicy(this, encodedRest, mac);
  }

  SignatureVersion version() {
    return version;
  }

  private static void addToken(Map<String, String> fields, OssCredentials credentials) {
    credentials.securityToken().ifPresent(token -> fields.put("x-oss-security-token", token));
  }

  /** Returns the version, never the signing key or the token. */
  @Override
  public String toString() {
    return "PolicyTemplate[" + version + "]";
  }
}
