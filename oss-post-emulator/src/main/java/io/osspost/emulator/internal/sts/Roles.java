package io.osspost.emulator.internal.sts;

import io.osspost.emulator.internal.ram.RamPolicy;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The roles, their maximum duration, and the trusted OIDC tokens. Immutable.
 *
 * @param policies the permissions of each role
 * @param oidcTokens the token of each trusted identity provider, by its ARN
 */
public record Roles(
    Map<RoleArn, RamPolicy> policies, Duration longestSession, Map<String, String> oidcTokens) {
  /** The minimum duration of a session (documented). */
  public static final Duration SHORTEST_SESSION = Duration.ofMinutes(15);

  public Roles {
    policies = new LinkedHashMap<>(policies);
    oidcTokens = Map.copyOf(oidcTokens);
  }

  public Optional<RamPolicy> policy(RoleArn role) {
    return Optional.ofNullable(policies.get(role));
  }

  /** Returns nothing of the tokens, because logs contain it. */
  @Override
  public String toString() {
    return "Roles" + policies.keySet();
  }
}
