package io.osspost.emulator.internal.metadata;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The tokens of the newer mode. Several may be valid at once. Thread-safe. */
public final class MetadataTokens {
  static final String HEADER = "X-aliyun-ecs-metadata-token";
  static final String LIFE = "X-aliyun-ecs-metadata-token-ttl-seconds";

  private static final int LONGEST_LIFE = 21_600;
  private static final int BYTES = 42;

  private final SecureRandom random = new SecureRandom();
  private final Map<String, Instant> expiries = new ConcurrentHashMap<>();
  private final Clock clock;

  public MetadataTokens(Clock clock) {
    this.clock = clock;
  }

  /** Returns a new token; empty if {@code seconds} is not an allowed lifetime. */
  Optional<String> issue(String seconds) {
    if (!seconds.matches("\\d{1,5}")) {
      return Optional.empty();
    }
    int life = Integer.parseInt(seconds);
    if (life < 1 || life > LONGEST_LIFE) {
      return Optional.empty();
    }
    Instant now = clock.instant();
    expiries.values().removeIf(expiry -> !now.isBefore(expiry));
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    String token = Base64.getEncoder().encodeToString(bytes);
    expiries.put(token, now.plusSeconds(life));
    return Optional.of(token);
  }

  boolean isAlive(String token) {
    Instant expiry = expiries.get(token);
    return expiry != null && clock.instant().isBefore(expiry);
  }
}
