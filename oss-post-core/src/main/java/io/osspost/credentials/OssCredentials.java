package io.osspost.credentials;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One AccessKey pair, with its security token when it is temporary. Immutable: id, secret and token
 * of two fetches can never mix.
 */
public final class OssCredentials {
  private final String accessKeyId;
  private final String accessKeySecret;
  private final @Nullable String securityToken;
  private final @Nullable Instant expiration;

  private OssCredentials(
      String accessKeyId,
      String accessKeySecret,
      @Nullable String securityToken,
      @Nullable Instant expiration) {
    this.accessKeyId = requireText(accessKeyId, "AccessKey id");
    this.accessKeySecret = requireText(accessKeySecret, "AccessKey secret");
    this.securityToken =
        securityToken == null ? null : requireText(securityToken, "security token");
    this.expiration = expiration;
    KeyCheck.require(accessKeyId, accessKeySecret, securityToken);
  }

  /**
   * {@return a long-term key of an Alibaba Cloud account or RAM user}
   *
   * @param accessKeyId the key's name, no secret
   * @param accessKeySecret the key
   * @throws IllegalArgumentException if a text is blank, a placeholder or in the other's place
   */
  public static OssCredentials of(String accessKeyId, String accessKeySecret) {
    return new OssCredentials(accessKeyId, accessKeySecret, null, null);
  }

  /**
   * {@return temporary credentials whose end is not known, such as a token from the environment}
   *
   * @param accessKeyId the key's name, no secret
   * @param accessKeySecret the key
   * @param securityToken what STS gave with the key
   * @throws IllegalArgumentException if a text is blank, a placeholder or in the other's place
   */
  public static OssCredentials temporary(
      String accessKeyId, String accessKeySecret, String securityToken) {
    return new OssCredentials(accessKeyId, accessKeySecret, securityToken, null);
  }

  /**
   * {@return temporary credentials that OSS refuses from {@code expiration} on}
   *
   * @param accessKeyId the key's name, no secret
   * @param accessKeySecret the key
   * @param securityToken what STS gave with the key
   * @param expiration what STS said
   * @throws IllegalArgumentException if a text is blank, a placeholder or in the other's place
   */
  public static OssCredentials temporary(
      String accessKeyId, String accessKeySecret, String securityToken, Instant expiration) {
    return new OssCredentials(
        accessKeyId, accessKeySecret, securityToken, Objects.requireNonNull(expiration));
  }

  /** {@return the key's name, which every request shows; no secret} */
  public String accessKeyId() {
    return accessKeyId;
  }

  /** {@return the key that signs; it belongs in no log and no answer} */
  public String accessKeySecret() {
    return accessKeySecret;
  }

  /** {@return the token that must be sent along; empty for long-term keys} */
  public Optional<String> securityToken() {
    return Optional.ofNullable(securityToken);
  }

  /** {@return when the credentials stop working; empty when they do not, or it is not known} */
  public Optional<Instant> expiration() {
    return Optional.ofNullable(expiration);
  }

  /** Names the key, never the secret or the token: this ends up in logs. */
  @Override
  public String toString() {
    return "OssCredentials["
        + accessKeyId
        + (expiration == null ? "]" : ", until " + expiration + "]");
  }

  private static String requireText(String value, String what) {
    if (value.isBlank()) {
      throw new IllegalArgumentException("The " + what + " is blank. Leave it out or fill it in.");
    }
    if (!value.strip().equals(value)) {
      throw new IllegalArgumentException(
          "The " + what + " begins or ends with white space. Remove it.");
    }
    return value;
  }
}
