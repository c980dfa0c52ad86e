package io.osspost.emulator.internal.ram;

import static java.util.Map.entry;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.function.Predicate;

/**
 * Compares the value of a request with those of the policy. A value of another type than the
 * operator's matches none.
 *
 * <p>Source: RAM documentation "Conditional operators", OSS documentation "Authorization syntax and
 * elements".
 *
 * @param isNegated whether the condition holds if none of the values matches
 * @param reader returns the test of one value of the policy, without negation; throws an
 *     IllegalArgumentException if the value has another type than the operator's
 */
record Operator(boolean isNegated, Function<String, Predicate<String>> reader) {
  private static final Map<String, Operator> BY_NAME =
      Map.ofEntries(
          entry("StringEquals", is(value -> value::equals)),
          entry("StringNotEquals", isNot(value -> value::equals)),
          entry("StringEqualsIgnoreCase", is(value -> value::equalsIgnoreCase)),
          entry("StringNotEqualsIgnoreCase", isNot(value -> value::equalsIgnoreCase)),
          entry("StringLike", is(value -> new Wildcard(value)::matches)),
          entry("StringNotLike", isNot(value -> new Wildcard(value)::matches)),
          entry("NumericEquals", is(number(order -> order == 0))),
          entry("NumericNotEquals", isNot(number(order -> order == 0))),
          entry("NumericLessThan", is(number(order -> order < 0))),
          entry("NumericLessThanEquals", is(number(order -> order <= 0))),
          entry("NumericGreaterThan", is(number(order -> order > 0))),
          entry("NumericGreaterThanEquals", is(number(order -> order >= 0))),
          entry("DateEquals", is(date(order -> order == 0))),
          entry("DateNotEquals", isNot(date(order -> order == 0))),
          entry("DateLessThan", is(date(order -> order < 0))),
          entry("DateLessThanEquals", is(date(order -> order <= 0))),
          entry("DateGreaterThan", is(date(order -> order > 0))),
          entry("DateGreaterThanEquals", is(date(order -> order >= 0))),
          entry("Bool", is(Operator::bool)),
          entry("IpAddress", is(value -> AddressRange.of(value)::contains)),
          entry("NotIpAddress", isNot(value -> AddressRange.of(value)::contains)),
          entry("IpAddressIncludeBorder", is(value -> AddressRange.of(value)::contains)));

  /**
   * Returns the operator with that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  static Operator named(String name) {
    Operator operator = BY_NAME.get(name);
    if (operator == null) {
      throw new IllegalArgumentException("there is no such operator");
    }
    return operator;
  }

  private static Operator is(Function<String, Predicate<String>> reader) {
    return new Operator(false, reader);
  }

  private static Operator isNot(Function<String, Predicate<String>> reader) {
    return new Operator(true, reader);
  }

  private static Function<String, Predicate<String>> number(IntPredicate order) {
    return ordered(BigDecimal::new, order);
  }

  private static Function<String, Predicate<String>> date(IntPredicate order) {
    return ordered(Operator::instant, order);
  }

  /** Compares the sent value with the policy's. */
  private static <T extends Comparable<T>> Function<String, Predicate<String>> ordered(
      Function<String, T> parser, IntPredicate order) {
    return value -> {
      T expected = parser.apply(value);
      return sent -> {
        try {
          return order.test(parser.apply(sent).compareTo(expected));
        } catch (IllegalArgumentException e) {
          return false;
        }
      };
    };
  }

  private static Instant instant(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("'" + text + "' is not an ISO 8601 time", e);
    }
  }

  /** Older pages write HTTP and HTTPS where newer ones write false and true. */
  private static Predicate<String> bool(String value) {
    boolean expected =
        switch (value.toLowerCase(Locale.ROOT)) {
          case "true", "https" -> true;
          case "false", "http" -> false;
          default -> throw new IllegalArgumentException("'" + value + "' is not true or false");
        };
    return sent -> Boolean.parseBoolean(sent) == expected;
  }
}
