package io.osspost.emulator.internal.sts;

import io.osspost.emulator.internal.ram.RamPolicy;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The roles that can be assumed, for how long at most, and by whom without a key. Immutable.
 *
 * @param policies what each role may do
 * @param oidcTokens the token of each trusted identity provider, by its ARN
 */
public record Roles(
    Map<RoleArn, RamPolicy> policies, Duration longestSession, Map<String, String> oidcTokens) {
  /** No session is shorter (documented). */
  public static final Duration SHORTEST_SESSION = Duration.ofMinutes(15);

  public Roles {
    policies = new LinkedHashMap<>(policies);
    oidcTokens = Map.copyOf(oidcTokens);
  }

  public Optional<RamPolicy> policy(RoleArn role) {
    return Optional.ofNullable(policies.get(role));
  }

  /** Never the tokens: this ends up in logs. */
  @Override
  public String toString() {
    return "Roles" + policies.keySet();
  }
}
