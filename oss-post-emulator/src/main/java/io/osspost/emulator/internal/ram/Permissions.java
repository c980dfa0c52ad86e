package io.osspost.emulator.internal.ram;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the holder of a temporary key may do: what its role may, cut down by the policy that was
 * passed when the role was assumed. Immutable.
 */
public final class Permissions {
  private final @Nullable RamPolicy session;
  private final RamPolicy role;

  private Permissions(@Nullable RamPolicy session, RamPolicy role) {
    this.session = session;
    this.role = role;
  }

  /** All that the policies of a role allow. */
  public static Permissions ofRole(RamPolicy role) {
    return new Permissions(null, role);
  }

  /** These permissions, for a session with a policy of its own. */
  public Permissions within(RamPolicy sessionPolicy) {
    return new Permissions(sessionPolicy, role);
  }

  /** What the session's own policy says; none if there is no such policy. */
  public Optional<Decision> bySession(RamRequest request) {
    return Optional.ofNullable(session).map(policy -> policy.decide(request));
  }

  /** What the policies of the role say. */
  public Decision byRole(RamRequest request) {
    return role.decide(request);
  }

  /** What both together say. */
  public Decision decide(RamRequest request) {
    Decision bySession = bySession(request).orElse(Decision.ALLOW);
    return bySession == Decision.ALLOW ? byRole(request) : bySession;
  }
}
