package io.osspost.emulator.internal.ram;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * One key with one operator of a statement's {@code Condition}. If the request does not have the
 * key, a positive operator fails and a negated one holds.
 */
final class Condition {
  private final Operator operator;
  private final String key;
  private final List<Predicate<String>> values;

  /**
   * Reads the values.
   *
   * @throws IllegalArgumentException if the operator cannot use one of them
   */
  Condition(Operator operator, String key, List<String> values) {
    this.operator = operator;
    this.key = key;
    this.values = values.stream().map(operator.reader()).toList();
  }

  boolean holds(RamRequest request) {
    Optional<String> sent = request.value(key);
    boolean any =
        sent.isPresent() && values.stream().anyMatch(accepted -> accepted.test(sent.get()));
    return any != operator.isNegated();
  }
}
