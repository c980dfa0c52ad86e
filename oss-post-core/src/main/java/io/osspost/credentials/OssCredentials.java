package io.osspost.credentials;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One AccessKey pair, with its security token if it is temporary. Immutable, so id, secret and
 * token of two fetches never mix.
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
   * @param accessKeyId the key's id, which is not secret
   * @param accessKeySecret the key's secret
   * @throws IllegalArgumentException if a text is blank, a placeholder or in the wrong place
   */
  public static OssCredentials of(String accessKeyId, String accessKeySecret) {
    return new OssCredentials(accessKeyId, accessKeySecret, null, null);
  }

  /**
   * {@return temporary credentials whose expiration is unknown, such as a token from an environment
   * variable}
   *
   * @param accessKeyId the key's id, which is not secret
   * @param accessKeySecret the key's secret
   * @param securityToken the token that STS returned with the key
   * @throws IllegalArgumentException if a text is blank, a placeholder or in the wrong place
   */
  public static OssCredentials temporary(
      String accessKeyId, String accessKeySecret, String securityToken) {
    return new OssCredentials(accessKeyId, accessKeySecret, securityToken, null);
  }

  /**
   * {@return temporary credentials that OSS rejects from {@code expiration} on}
   *
   * @param accessKeyId the key's id, which is not secret
   * @param accessKeySecret the key's secret
   * @param securityToken the token that STS returned with the key
   * @param expiration the instant that STS returned
   * @throws IllegalArgumentException if a text is blank, a placeholder or in the wrong place
   */
  public static OssCredentials temporary(
      String accessKeyId, String accessKeySecret, String securityToken, Instant expiration) {
    return new OssCredentials(
        accessKeyId, accessKeySecret, securityToken, Objects.requireNonNull(expiration));
  }

  /** {@return the AccessKey id, which every request contains; it is not secret} */
  public String accessKeyId() {
    return accessKeyId;
  }

  /** {@return the AccessKey secret, which signs; never log or return it} */
  public String accessKeySecret() {
    return accessKeySecret;
  }

  /** {@return the token that must be sent with each request; empty for long-term keys} */
  public Optional<String> securityToken() {
    return Optional.ofNullable(securityToken);
  }

  /** {@return when the credentials expire; empty if they do not, or the instant is unknown} */
  public Optional<Instant> expiration() {
    return Optional.ofNullable(expiration);
  }

  /** Returns the AccessKey id, never the secret or the token, because logs contain it. */
  @Override
  public String toString() {
    return "OssCredentials["
        + accessKeyId
        + (expiration == null ? "]" : ", until " + expiration + "]");
  }

  private static String requireText(String value, String what) {
    if (value.isBlank()) {
      throw new IllegalArgumentException(
          "The " + what + " is blank. Remove it or write its value.");
    }
    if (!value.strip().equals(value)) {
      throw new IllegalArgumentException(
          "The " + what + " begins or ends with white space. Remove it.");
    }
    return value;
  }
}
