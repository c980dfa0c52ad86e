package io.osspost.emulator.auth;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One AccessKey pair; a temporary one also has a security token and an end. Immutable. */
public final class AccessKey {
  private final String id;
  private final String secret;
  private final @Nullable SecurityToken token;

  private AccessKey(String id, String secret, @Nullable SecurityToken token) {
    this.id = id;
    this.secret = secret;
    this.token = token;
  }

  public static AccessKey permanent(String id, String secret) {
    return new AccessKey(id, secret, null);
  }

  public static AccessKey temporary(String id, String secret, String token, Instant expiry) {
    return new AccessKey(id, secret, new SecurityToken(token, expiry));
  }

  public String id() {
    return id;
  }

  public String secret() {
    return secret;
  }

  /** The security token of a temporary key. */
  public Optional<SecurityToken> token() {
    return Optional.ofNullable(token);
  }

  /** Names the key, never the secret or the token: this ends up in logs. */
  @Override
  public String toString() {
    return "AccessKey[" + id + (token == null ? "]" : ", until " + token.expiry() + "]");
  }

  /** What STS hands out beside a temporary key. */
  public static final class SecurityToken {
    private final String text;
    private final Instant expiry;

    SecurityToken(String text, Instant expiry) {
      this.text = text;
      this.expiry = expiry;
    }

    public String text() {
      return text;
    }

    public Instant expiry() {
      return expiry;
    }

    /** Never the token itself: this ends up in logs. */
    @Override
    public String toString() {
      return "SecurityToken[until " + expiry + "]";
    }
  }
}
