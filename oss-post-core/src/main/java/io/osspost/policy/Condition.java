package io.osspost.policy;

import java.util.List;

/**
 * One test OSS runs on the form. OSS compares field names without regard to case and values with.
 *
 * <p>Field names are written without the leading {@code $}. Source: OSS documentation, "PostObject"
 * and "POST V4 signature".
 */
public sealed interface Condition {

  /**
   * The field must be sent and equal {@code value}.
   *
   * @param field the field's name, without {@code $}
   * @param value the one text admitted; may be empty
   */
  record Eq(String field, String value) implements Condition {
    /**
     * Refuses a field that no form has.
     *
     * @param field not blank
     * @param value any text
     * @throws IllegalArgumentException when the name is blank or begins with {@code $}
     */
    public Eq {
      requireFieldName(field);
    }
  }

  /**
   * The field must be sent and begin with {@code prefix}; an empty prefix admits any value.
   *
   * @param field the field's name, without {@code $}
   * @param prefix what every text admitted begins with
   */
  record StartsWith(String field, String prefix) implements Condition {
    /**
     * Refuses a field that no form has.
     *
     * @param field not blank
     * @param prefix any text
     * @throws IllegalArgumentException when the name is blank or begins with {@code $}
     */
    public StartsWith {
      requireFieldName(field);
    }
  }

  /**
   * The field must be sent and equal one of {@code values}.
   *
   * @param field the field's name, without {@code $}
   * @param values the texts admitted, at least one
   */
  record In(String field, List<String> values) implements Condition {
    /**
     * Refuses a field that no form has, and a choice of nothing.
     *
     * @param field not blank
     * @param values copied
     * @throws IllegalArgumentException when the name is blank or begins with {@code $}, or there is
     *     no value
     */
    public In {
      requireFieldName(field);
      values = requireValues("in", field, values);
    }
  }

  /**
   * The field must be sent and equal none of {@code values}.
   *
   * @param field the field's name, without {@code $}
   * @param values the texts refused, at least one
   */
  record NotIn(String field, List<String> values) implements Condition {
    /**
     * Refuses a field that no form has, and a choice of nothing.
     *
     * @param field not blank
     * @param values copied
     * @throws IllegalArgumentException when the name is blank or begins with {@code $}, or there is
     *     no value
     */
    public NotIn {
      requireFieldName(field);
      values = requireValues("not-in", field, values);
    }
  }

  /**
   * The file must have between {@code min} and {@code max} bytes, both included.
   *
   * @param min the fewest bytes, 0 or more
   * @param max the most bytes
   */
  record ContentLengthRange(long min, long max) implements Condition {
    /**
     * Refuses a range no file is in.
     *
     * @param min not negative
     * @param max not below {@code min}
     * @throws IllegalArgumentException otherwise
     */
    public ContentLengthRange {
      if (min < 0 || max < min) {
        throw new IllegalArgumentException(
            "content-length-range needs 0 <= min <= max, but got " + min + ".." + max);
      }
    }
  }

  private static void requireFieldName(String field) {
    if (field.isBlank()) {
      throw new IllegalArgumentException("A condition needs the name of a form field");
    }
    if (field.startsWith("$")) {
      throw new IllegalArgumentException(
          "Write the form field's name without '$': '" + field.substring(1) + "'");
    }
  }

  private static List<String> requireValues(String operator, String field, List<String> values) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException(
          operator + " $" + field + " needs at least one value; with none it decides nothing");
    }
    return List.copyOf(values);
  }
}
