package io.osspost.emulator.internal.ram;

import java.util.List;
import java.util.Locale;

/** One statement of a policy: the requests that it applies to, and its effect. Immutable. */
record Statement(
    Effect effect,
    boolean exceptActions,
    List<Wildcard> actions,
    boolean exceptResources,
    List<ResourcePattern> resources,
    List<Condition> conditions) {

  /** The effect of a statement on the requests that it applies to. */
  enum Effect {
    ALLOW,
    DENY
  }

  Statement {
    actions = List.copyOf(actions);
    resources = List.copyOf(resources);
    conditions = List.copyOf(conditions);
  }

  boolean concerns(RamRequest request) {
    String action = request.action().toLowerCase(Locale.ROOT);
    return actions.stream().anyMatch(pattern -> pattern.matches(action)) != exceptActions
        && resources.stream().anyMatch(pattern -> pattern.matches(request.resource()))
            != exceptResources
        && conditions.stream().allMatch(condition -> condition.holds(request));
  }
}
