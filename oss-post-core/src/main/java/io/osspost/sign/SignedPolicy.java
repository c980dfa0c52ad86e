package io.osspost.sign;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A policy and the signature over it, as form fields. Immutable. */
public final class SignedPolicy {
  private final SignatureVersion version;
  private final Map<String, String> signatureFields;
  private final String beginning;
  private final byte[] rest;
  private final byte[] mac;

  SignedPolicy(
      SignatureVersion version,
      Map<String, String> signatureFields,
      String beginning,
      byte[] rest,
      byte[] mac) {
    this.version = version;
    this.signatureFields = signatureFields;
    this.beginning = beginning;
    this.rest = rest;
    this.mac = mac;
  }

  /** Field {@code policy}: the Base64 text the signature is over. */
  public String policy() {
    return beginning + policyEnd();
  }

  /** What follows {@link PolicyTemplate#policyBeginning} in {@link #policy}. */
  public String policyEnd() {
    return new String(rest, ISO_8859_1);
  }

  /**
   * The signature: for V4 field {@code x-oss-signature}, 64 lower-case hexadecimal digits; for V1
   * field {@code Signature}, Base64.
   */
  public String signature() {
    return version == SignatureVersion.V4
        ? HexFormat.of().formatHex(mac)
        : Base64.getEncoder().encodeToString(mac);
  }

  /** The value of one more field the signature needs, such as {@code x-oss-date}, if it has it. */
  public Optional<String> field(String name) {
    return Optional.ofNullable(signatureFields.get(name));
  }

  /** Field {@code x-oss-security-token}; empty when a long-term key signed. */
  public Optional<String> securityToken() {
    return field("x-oss-security-token");
  }

  /** Every field that carries the policy and its signature, by the documented names. */
  public Map<String, String> fields() {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("policy", policy());
    fields.putAll(signatureFields());
    return fields;
  }

  /** The same without the policy. */
  public Map<String, String> signatureFields() {
    Map<String, String> fields = new LinkedHashMap<>(signatureFields);
    fields.put(version == SignatureVersion.V4 ? "x-oss-signature" : "Signature", signature());
    return fields;
  }

  /** Names the version, never the signature or the token. */
  @Override
  public String toString() {
    return "SignedPolicy[" + version + "]";
  }
}
