package io.osspost.emulator.internal.auth;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An AccessKey: an ID and a secret. A temporary AccessKey also has a security token and an
 * expiration. An AccessKey from STS also has a holder with limited permissions. A disabled
 * AccessKey is rejected. Immutable.
 */
public final class AccessKey {
  private final String id;
  private final String secret;
  private final @Nullable SecurityToken token;
  private final @Nullable Principal principal;
  private final boolean enabled;

  private AccessKey(
      String id,
      String secret,
      @Nullable SecurityToken token,
      @Nullable Principal principal,
      boolean enabled) {
    this.id = id;
    this.secret = secret;
    this.token = token;
    this.principal = principal;
    this.enabled = enabled;
  }

  public static AccessKey permanent(String id, String secret) {
    return new AccessKey(id, secret, null, null, true);
  }

  public static AccessKey temporary(String id, String secret, String token, Instant expiry) {
    return new AccessKey(id, secret, new SecurityToken(token, expiry), null, true);
  }

  /** Returns a temporary key of an assumed role. */
  public static AccessKey session(
      String id, String secret, String token, Instant expiry, Principal principal) {
    return new AccessKey(id, secret, new SecurityToken(token, expiry), principal, true);
  }

  /** Returns this key as disabled by its owner. */
  public AccessKey disabled() {
    return new AccessKey(id, secret, token, principal, false);
  }

  public boolean isEnabled() {
    return enabled;
  }

  public String id() {
    return id;
  }

  public String secret() {
    return secret;
  }

  /** Returns the security token of a temporary key. */
  public Optional<SecurityToken> token() {
    return Optional.ofNullable(token);
  }

  /** Returns the holder of a key from STS. Other keys have no holder and no limits. */
  public Optional<Principal> principal() {
    return Optional.ofNullable(principal);
  }

  /** Returns the key's id, never the secret or the token, because logs contain it. */
  @Override
  public String toString() {
    return "AccessKey[" + id + (token == null ? "]" : ", until " + token.expiry() + "]");
  }

  /** The security token of a temporary key, and its expiration. */
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

    /** Returns nothing of the token, because logs contain it. */
    @Override
    public String toString() {
      return "SecurityToken[until " + expiry + "]";
    }
  }
}
