package io.osspost.emulator.rules;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The chosen readings: one for every undocumented point. Immutable; {@code with} returns a copy.
 */
public final class EmulatorRules {
  private static final EmulatorRules STANDARD = new EmulatorRules(defaults());

  private final Set<EmulatorRule> chosen;

  private EmulatorRules(Set<EmulatorRule> chosen) {
    this.chosen = chosen;
  }

  /** Returns the default readings. */
  public static EmulatorRules standard() {
    return STANDARD;
  }

  /** Returns these rules with {@code rule} instead of the other readings of its point. */
  public EmulatorRules with(EmulatorRule rule) {
    Set<EmulatorRule> others = EnumSet.copyOf(chosen);
    others.removeAll(EmulatorRule.readings(rule.point()));
    others.add(rule);
    return new EmulatorRules(others);
  }

  /**
   * Returns these rules with the readings of a text such as {@code
   * field-names=exact,redirect-status=302}.
   *
   * @throws IllegalArgumentException if a name is unknown; the message lists the known ones
   */
  public EmulatorRules with(String text) {
    EmulatorRules rules = this;
    for (String item : text.split(",", -1)) {
      rules = rules.with(parse(item.trim()));
    }
    return rules;
  }

  /** Returns whether this reading is chosen. */
  public boolean has(EmulatorRule rule) {
    return chosen.contains(rule);
  }

  private static EmulatorRule parse(String item) {
    int equals = item.indexOf('=');
    String point = equals < 0 ? item : item.substring(0, equals).trim();
    String reading = equals < 0 ? "" : item.substring(equals + 1).trim();
    List<EmulatorRule> readings = EmulatorRule.readings(point);
    if (readings.isEmpty()) {
      throw new IllegalArgumentException(
          "There is no rule '"
              + point
              + "'. The rules are: "
              + Arrays.stream(EmulatorRule.values())
                  .map(EmulatorRule::point)
                  .distinct()
                  .collect(Collectors.joining(", "))
              + ".");
    }
    return EmulatorRule.of(point, reading)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Rule '"
                        + point
                        + "' cannot be '"
                        + reading
                        + "'. Write one of: "
                        + readings.stream()
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

  /** Returns the readings that are not the default, as the option {@code --rules} accepts them. */
  @Override
  public String toString() {
    return chosen.stream()
        .filter(rule -> !rule.isDefault())
        .map(EmulatorRule::toString)
        .collect(Collectors.joining(","));
  }
}
