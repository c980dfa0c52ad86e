package io.osspost.emulator.rules;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** One answer to every open question. Immutable; {@code with} returns a copy. */
public final class EmulatorRules {
  private static final EmulatorRules STANDARD = new EmulatorRules(defaults());

  private final Set<EmulatorRule> chosen;

  private EmulatorRules(Set<EmulatorRule> chosen) {
    this.chosen = chosen;
  }

  /** The default answers. */
  public static EmulatorRules standard() {
    return STANDARD;
  }

  /** These rules, but {@code rule} instead of the other answers to its question. */
  public EmulatorRules with(EmulatorRule rule) {
    Set<EmulatorRule> others = EnumSet.copyOf(chosen);
    others.removeAll(EmulatorRule.answers(rule.question()));
    others.add(rule);
    return new EmulatorRules(others);
  }

  /**
   * These rules with the answers of a text such as {@code field-names=exact,redirect-status=302}.
   *
   * @throws IllegalArgumentException naming the questions or answers there are
   */
  public EmulatorRules with(String text) {
    EmulatorRules rules = this;
    for (String item : text.split(",", -1)) {
      rules = rules.with(parse(item.trim()));
    }
    return rules;
  }

  /** Whether this answer counts. */
  public boolean has(EmulatorRule rule) {
    return chosen.contains(rule);
  }

  private static EmulatorRule parse(String item) {
    int equals = item.indexOf('=');
    String question = equals < 0 ? item : item.substring(0, equals).trim();
    String answer = equals < 0 ? "" : item.substring(equals + 1).trim();
    List<EmulatorRule> answers = EmulatorRule.answers(question);
    if (answers.isEmpty()) {
      throw new IllegalArgumentException(
          "There is no rule '"
              + question
              + "'. The rules are: "
              + Arrays.stream(EmulatorRule.values())
                  .map(EmulatorRule::question)
                  .distinct()
                  .collect(Collectors.joining(", "))
              + ".");
    }
    return EmulatorRule.of(question, answer)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Rule '"
                        + question
                        + "' cannot be '"
                        + answer
                        + "'. Write one of: "
                        + answers.stream()
                            .map(EmulatorRule::toString)
                            .collect(Collectors.joining(", "))
                        + "."));
  }

  private static Set<EmulatorRule> defaults() {
    return Arrays.stream(EmulatorRule.values())
        .filter(EmulatorRule::isDefault)
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(EmulatorRule.class)));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof EmulatorRules rules && chosen.equals(rules.chosen);
  }

  @Override
  public int hashCode() {
    return chosen.hashCode();
  }

  /** What differs from the default, as it is written on the command line. */
  @Override
  public String toString() {
    return chosen.stream()
        .filter(rule -> !rule.isDefault())
        .map(EmulatorRule::toString)
        .collect(Collectors.joining(","));
  }
}
