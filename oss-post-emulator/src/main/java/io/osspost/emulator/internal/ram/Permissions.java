package io.osspost.emulator.internal.ram;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The permissions of a temporary key: those of its role, limited by the policy that was sent with
 * the request for the session. Immutable.
 */
public final class Permissions {
  private final @Nullable RamPolicy session;
  private final RamPolicy role;

  private Permissions(@Nullable RamPolicy session, RamPolicy role) {
    this.session = session;
    this.role = role;
  }

  /** Returns all permissions of a role. */
  public static Permissions ofRole(RamPolicy role) {
    return new Permissions(null, role);
  }

  /** Returns these permissions for a session with its own policy. */
  public Permissions within(RamPolicy sessionPolicy) {
    return new Permissions(sessionPolicy, role);
  }

  /** Returns the decision of the session's policy; empty without one. */
  public Optional<Decision> bySession(RamRequest request) {
    return Optional.ofNullable(session).map(policy -> policy.decide(request));
  }

  /** Returns the decision of the role's policies. */
  public Decision byRole(RamRequest request) {
    return role.decide(request);
  }

  /** Returns the decision of both. */
  public Decision decide(RamRequest request) {
    Decision bySession = bySession(request).orElse(Decision.ALLOW);
    return bySession == Decision.ALLOW ? byRole(request) : bySession;
  }
}
