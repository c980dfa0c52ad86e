package io.osspost.sign;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/** A policy and the V4 signature over it, as form fields. Immutable. */
public final class SignedPolicy {
  private final Map<String, String> signatureFields;
  private final byte[] beginning;
  private final byte[] rest;
  private final byte[] mac;

  SignedPolicy(Map<String, String> signatureFields, byte[] beginning, byte[] rest, byte[] mac) {
    this.signatureFields = signatureFields;
    this.beginning = beginning;
    this.rest = rest;
    this.mac = mac;
  }

  /** Field {@code policy}: the Base64 text the signature is over. */
  public String policy() {
    return new String(beginning, ISO_8859_1) + new String(rest, ISO_8859_1);
  }

  /** Field {@code x-oss-signature}: 64 lower-case hexadecimal digits. */
  public String signature() {
    return HexFormat.of().formatHex(mac);
  }

  /** Field {@code x-oss-signature-version}. */
  public String version() {
    return PolicyTemplate.VERSION;
  }

  /** Field {@code x-oss-credential}. */
  public String credential() {
    return signatureFields.getOrDefault("x-oss-credential", "");
  }

  /** Field {@code x-oss-date}. */
  public String date() {
    return signatureFields.getOrDefault("x-oss-date", "");
  }

  /** Field {@code x-oss-security-token}; empty when a long-term key signed. */
  public Optional<String> securityToken() {
    return Optional.ofNullable(signatureFields.get("x-oss-security-token"));
  }

  /** Names the credential, never the signature or the token. */
  @Override
  public String toString() {
    return "SignedPolicy[" + credential() + "]";
  }
}
