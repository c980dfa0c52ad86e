package io.osspost.emulator.sts;

import io.osspost.emulator.ram.RamPolicy;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The roles that can be assumed, and for how long at most. Immutable.
 *
 * @param policies what each role may do
 */
public record Roles(Map<RoleArn, RamPolicy> policies, Duration longestSession) {
  /** No session is shorter (documented). */
  public static final Duration SHORTEST_SESSION = Duration.ofMinutes(15);

  public Roles {
    policies = new LinkedHashMap<>(policies);
  }

  public Optional<RamPolicy> policy(RoleArn role) {
    return Optional.ofNullable(policies.get(role));
  }
}
