package io.osspost.policy;

import java.util.List;
import java.util.Optional;

/**
 * Finds conditions on one field that contradict each other. Without this check, the mistake would
 * appear only when OSS rejects every upload.
 */
final class Contradiction {
  private Contradiction() {}

  /**
   * Returns whether no value of a field meets all of {@code conditions}, which are on that field
   * alone.
   */
  static boolean in(List<Condition> conditions) {
    for (Condition condition : conditions) {
      Optional<List<String>> candidates = onlyValues(condition);
      if (candidates.isPresent()) {
        return !anyMeetsAll(candidates.get(), conditions);
      }
    }
    // Prefixes agree if the longest one begins with all others; excluding a value leaves other
    // values.
    String longest = "";
    for (Condition condition : conditions) {
      if (condition instanceof Condition.StartsWith startsWith
          && startsWith.prefix().length() > longest.length()) {
        longest = startsWith.prefix();
      }
    }
    for (Condition condition : conditions) {
      if (condition instanceof Condition.StartsWith startsWith
          && !longest.startsWith(startsWith.prefix())) {
        return true;
      }
    }
    return false;
  }

  private static boolean anyMeetsAll(List<String> values, List<Condition> conditions) {
    for (String value : values) {
      boolean all = true;
      for (Condition condition : conditions) {
        all &= admits(condition, value);
      }
      if (all) {
        return true;
      }
    }
    return false;
  }

  /** Returns the values that a condition allows, if they can be listed. */
  private static Optional<List<String>> onlyValues(Condition condition) {
    if (condition instanceof Condition.Eq eq) {
      return Optional.of(List.of(eq.value()));
    }
    return condition instanceof Condition.In in ? Optional.of(in.values()) : Optional.empty();
  }

  private static boolean admits(Condition condition, String value) {
    if (condition instanceof Condition.Eq eq) {
      return eq.value().equals(value);
    }
    if (condition instanceof Condition.StartsWith startsWith) {
      return value.startsWith(startsWith.prefix());
    }
    if (condition instanceof Condition.In in) {
      return in.values().contains(value);
    }
    return !(condition instanceof Condition.NotIn notIn) || !notIn.values().contains(value);
  }
}
