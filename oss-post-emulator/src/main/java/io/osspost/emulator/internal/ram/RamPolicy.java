package io.osspost.emulator.internal.ram;

import java.util.List;

/**
 * Statements that allow and deny. Immutable and thread-safe.
 *
 * <p>Source: RAM documentation "Policy structure and syntax", "Policy elements" and "Policy
 * evaluation process".
 */
public final class RamPolicy {
  /** The policy that allows everything. */
  public static final RamPolicy ALL =
      new RamPolicy(
          List.of(
              new Statement(
                  Statement.Effect.ALLOW,
                  false,
                  List.of(new Wildcard("*")),
                  false,
                  List.of(new ResourcePattern("*")),
                  List.of())));

  private final List<Statement> statements;

  RamPolicy(List<Statement> statements) {
    this.statements = List.copyOf(statements);
  }

  /**
   * Reads a policy.
   *
   * @throws MalformedPolicyException if it is not one
   */
  public static RamPolicy parse(String json) throws MalformedPolicyException {
    return PolicyReader.read(json);
  }

  /** Returns the decision: a denial takes precedence over a permission. */
  public Decision decide(RamRequest request) {
    Decision decision = Decision.IMPLICIT_DENY;
    for (Statement statement : statements) {
      if (statement.concerns(request)) {
        if (statement.effect() == Statement.Effect.DENY) {
          return Decision.EXPLICIT_DENY;
        }
        decision = Decision.ALLOW;
      }
    }
    return decision;
  }
}
