package io.osspost.emulator.internal.sts;

import io.osspost.emulator.internal.auth.AccessKey;
import io.osspost.emulator.internal.auth.AccessKeys;
import io.osspost.emulator.internal.auth.Principal;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;

/**
 * Issues temporary keys, which OSS then accepts. Thread-safe.
 *
 * <p>The tokens are random. Like those of STS, they are long, and contain characters that must be
 * encoded in a URL.
 */
public final class Sessions {
  private static final String LETTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  private static final int KEY_ID = 24;
  private static final int SECRET = 44;
  private static final int TOKEN_BYTES = 448;

  private final SecureRandom random = new SecureRandom();
  private final AccessKeys keys;
  private final Clock clock;

  public Sessions(AccessKeys keys, Clock clock) {
    this.keys = keys;
    this.clock = clock;
  }

  /**
   * Opens a session.
   *
   * @param policyLength characters of the session's policy, which lengthens tokens of STS
   */
  public AccessKey open(Principal principal, int policyLength, Duration life) {
    Instant expiry = clock.instant().truncatedTo(ChronoUnit.SECONDS).plus(life);
    AccessKey key =
        AccessKey.session(
            "STS." + letters(KEY_ID),
            letters(SECRET),
            token(TOKEN_BYTES + policyLength),
            expiry,
            principal);
    keys.add(key, clock.instant());
    return key;
  }

  private String letters(int count) {
    StringBuilder letters = new StringBuilder();
    for (int i = 0; i < count; i++) {
      letters.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return letters.toString();
  }

  /** Returns a token that begins like those of STS, and contains plus, slash and equals sign. */
  private String token(int bytes) {
    byte[] token = new byte[bytes - bytes % 3 + 1];
    random.nextBytes(token);
    return "CAIS+/" + Base64.getEncoder().encodeToString(token);
  }
}
