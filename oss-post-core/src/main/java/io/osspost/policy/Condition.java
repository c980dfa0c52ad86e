package io.osspost.policy;

import java.util.List;

/**
 * One test that OSS runs on the form. OSS ignores case in field names, but not in values.
 *
 * <p>Field names are written without the leading {@code $}. Source: OSS documentation, "PostObject"
 * and "POST V4 signature".
 */
public sealed interface Condition {

  /**
   * The field must be sent and equal {@code value}.
   *
   * @param field the field's name, without {@code $}
   * @param value the only allowed text; may be empty
   */
  record Eq(String field, String value) implements Condition {
    /**
     * Checks the field's name.
     *
     * @param field not blank
     * @param value any text
     * @throws IllegalArgumentException if the name is blank or begins with {@code $}
     */
    public Eq {
      requireFieldName(field);
    }
  }

  /**
   * The field must be sent and begin with {@code prefix}; an empty prefix allows any value.
   *
   * @param field the field's name, without {@code $}
   * @param prefix the prefix of every allowed text
   */
  record StartsWith(String field, String prefix) implements Condition {
    /**
     * Checks the field's name.
     *
     * @param field not blank
     * @param prefix any text
     * @throws IllegalArgumentException if the name is blank or begins with {@code $}
     */
    public StartsWith {
      requireFieldName(field);
    }
  }

  /**
   * The field must be sent and equal one of {@code values}.
   *
   * @param field the field's name, without {@code $}
   * @param values the allowed texts, at least one
   */
  record In(String field, List<String> values) implements Condition {
    /**
     * Checks the field's name and that there is a value.
     *
     * @param field not blank
     * @param values copied
     * @throws IllegalArgumentException if the name is blank or begins with {@code $}, or there is
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
   * @param values the forbidden texts, at least one
   */
  record NotIn(String field, List<String> values) implements Condition {
    /**
     * Checks the field's name and that there is a value.
     *
     * @param field not blank
     * @param values copied
     * @throws IllegalArgumentException if the name is blank or begins with {@code $}, or there is
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
   * @param min the minimum, 0 or more
   * @param max the maximum
   */
  record ContentLengthRange(long min, long max) implements Condition {
    /**
     * Checks the range.
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
      throw new IllegalArgumentException(operator + " $" + field + " needs at least one value");
    }
    return List.copyOf(values);
  }
}
