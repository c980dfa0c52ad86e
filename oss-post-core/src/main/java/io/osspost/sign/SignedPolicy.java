package io.osspost.sign;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.osspost.wire.Utf8Text;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A policy and the signature over it, as form fields. Immutable. */
public final class SignedPolicy {
  private final PolicyTemplate template;
  private final byte[] rest;
  private final byte[] mac;

  SignedPolicy(PolicyTemplate template, byte[] rest, byte[] mac) {
    this.template = template;
    this.rest = rest;
    this.mac = mac;
  }

  /** {@return the field {@code policy}: the signed Base64 text} */
  public String policy() {
    return new String(template.policyBeginning(), ISO_8859_1) + new String(rest, ISO_8859_1);
  }

  /**
   * {@return the part of {@link #policy} after {@link PolicyTemplate#policyBeginning}, in ASCII}
   */
  public byte[] policyEnd() {
    return rest.clone();
  }

  /**
   * {@return the signature: for V4 field {@code x-oss-signature}, 64 lower-case hexadecimal digits;
   * for V1 field {@code Signature}, Base64}
   */
  public String signature() {
    return new String(signatureText(), ISO_8859_1);
  }

  /** {@return the {@link #signature}, in ASCII} */
  public byte[] signatureText() {
    return switch (template.version()) {
      case V4 -> new Utf8Text(2 * mac.length).appendHex(mac).toBytes();
      case V1 -> Base64.getEncoder().encode(mac);
    };
  }

  /** {@return the name of the field that carries the {@link #signature}} */
  public String signatureField() {
    return switch (template.version()) {
      case V4 -> "x-oss-signature";
      case V1 -> "Signature";
    };
  }

  /** {@return the field {@code x-oss-security-token}; empty if a long-term key signed} */
  public Optional<String> securityToken() {
    return template.field("x-oss-security-token");
  }

  /** {@return every field that carries the policy and its signature, by the documented names} */
  public Map<String, String> fields() {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("policy", policy());
    fields.putAll(template.signatureFields());
    fields.put(signatureField(), signature());
    return fields;
  }

  /** Returns the version, never the signature or the token. */
  @Override
  public String toString() {
    return "SignedPolicy[" + template.version() + "]";
  }
}
