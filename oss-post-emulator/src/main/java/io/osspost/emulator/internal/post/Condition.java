package io.osspost.emulator.internal.post;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * One condition of a policy. Its text is the one that OSS quotes if the condition fails.
 *
 * <p>Source: OSS documentation "PostObject" and "POST V4 signature".
 */
sealed interface Condition {

  /** A condition on one form field. The name of the field is not case-sensitive. */
  sealed interface OfField extends Condition {
    String field();

    boolean holds(String value);

    /** Returns the operator and the field without values, which may be secret. */
    default String inWords() {
      return getClass().getSimpleName() + " $" + field();
    }
  }

  record Eq(String field, String wanted) implements OfField {
    @Override
    public boolean holds(String value) {
      return value.equals(wanted);
    }

    @Override
    public String toString() {
      return quoted("eq", field, '"' + wanted + '"');
    }
  }

  record StartsWith(String field, String prefix) implements OfField {
    @Override
    public boolean holds(String value) {
      return value.startsWith(prefix);
    }

    @Override
    public String toString() {
      return quoted("starts-with", field, '"' + prefix + '"');
    }
  }

  record In(String field, List<String> values) implements OfField {
    public In {
      values = List.copyOf(values);
    }

    @Override
    public boolean holds(String value) {
      return values.contains(value);
    }

    @Override
    public String toString() {
      return quoted("in", field, list(values));
    }
  }

  record NotIn(String field, List<String> values) implements OfField {
    public NotIn {
      values = List.copyOf(values);
    }

    @Override
    public boolean holds(String value) {
      return !values.contains(value);
    }

    @Override
    public String toString() {
      return quoted("not-in", field, list(values));
    }
  }

  /** Bounds of the file's size in bytes, both inclusive. */
  record ContentLengthRange(long min, long max) implements Condition {
    @Override
    public String toString() {
      return "[\"content-length-range\", " + min + ", " + max + "]";
    }
  }

  private static String quoted(String operator, String field, String operand) {
    return "[\"" + operator + "\", \"$" + field + "\", " + operand + "]";
  }

  private static String list(List<String> values) {
    return values.stream()
        .map(value -> '"' + value + '"')
        .collect(Collectors.joining(", ", "[", "]"));
  }

  /** Returns the field's name, given with or without its dollar sign. */
  static String fieldName(String name) {
    return (name.startsWith("$") ? name.substring(1) : name).toLowerCase(Locale.ROOT);
  }
}
