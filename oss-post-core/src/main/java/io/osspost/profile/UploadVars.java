package io.osspost.profile;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.osspost.profile.UploadRefusedException.Reason;
import io.osspost.wire.Surrogates;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The variables of one upload: texts by name that a page sends with its request for a grant. They
 * are the claim of the caller, and nothing can change them after the grant. Immutable.
 */
public final class UploadVars {
  /** The largest number of variables of one upload. */
  public static final int MAX_COUNT = 8;

  /** The largest number of bytes of all names and values together, in UTF-8. */
  public static final int MAX_BYTES = 512;

  private static final UploadVars NONE = new UploadVars(Collections.emptyMap());
  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,31}");
  private static final char END_OF_NAME = '=';
  private static final char END_OF_VALUE = '\n';

  private final Map<String, String> values;

  private UploadVars(Map<String, String> values) {
    this.values = values;
  }

  /** {@return no variables} */
  public static UploadVars none() {
    return NONE;
  }

  /**
   * Returns variables from a client.
   *
   * @param values the values by name
   * @return the variables, in the order of their names
   * @throws UploadRefusedException if there are too many, they are too long, or a name or value has
   *     a character that is not allowed
   */
  public static UploadVars of(Map<String, String> values) {
    if (values.isEmpty()) {
      return NONE;
    }
    if (values.size() > MAX_COUNT) {
      throw refused(
          "There are " + values.size() + " variables.", "Send at most " + MAX_COUNT + ".");
    }
    int bytes = 0;
    for (Map.Entry<String, String> variable : values.entrySet()) {
      requireName(variable.getKey());
      requireValue(variable.getKey(), variable.getValue());
      bytes += (variable.getKey() + variable.getValue()).getBytes(UTF_8).length;
    }
    if (bytes > MAX_BYTES) {
      throw refused(
          "The variables have " + bytes + " bytes together, with their names.",
          "Send at most " + MAX_BYTES + ".");
    }
    return new UploadVars(Collections.unmodifiableMap(new TreeMap<>(values)));
  }

  /**
   * Returns the names that a profile allows, checked.
   *
   * @throws IllegalArgumentException if there are too many, or one is invalid or repeated
   */
  static List<String> names(Collection<String> names) {
    if (names.size() > MAX_COUNT) {
      throw new IllegalArgumentException(
          "There are " + names.size() + " variables. Name at most " + MAX_COUNT + ".");
    }
    for (String name : names) {
      if (!NAME.matcher(name).matches()) {
        throw new IllegalArgumentException(
            "'"
                + name
                + "' is not the name of a variable. Use a letter, and up to 31 letters, digits,"
                + " hyphens and underscores.");
      }
      if (Collections.frequency(names, name) > 1) {
        throw new IllegalArgumentException("'" + name + "' is named twice. Remove one.");
      }
    }
    return List.copyOf(names);
  }

  /** {@return the values by name} */
  public Map<String, String> values() {
    return values;
  }

  /**
   * Checks that a profile allows all variables.
   *
   * @param allowed the names of the profile's variables
   * @throws UploadRefusedException if it does not
   */
  public void requireAllowed(Collection<String> allowed) {
    for (String name : values.keySet()) {
      if (!allowed.contains(name)) {
        throw refused(
            "The profile has no variable '" + name + "'.",
            allowed.isEmpty()
                ? "Omit it. The operator can add it to the profile's 'vars'."
                : "Send only " + String.join(", ", allowed) + ".");
      }
    }
  }

  /** {@return the variables as one text, for {@link #ofText}; empty for none} */
  public String toText() {
    StringBuilder text = new StringBuilder();
    values.forEach(
        (name, value) -> {
          if (text.length() > 0) {
            text.append(END_OF_VALUE);
          }
          text.append(name).append(END_OF_NAME).append(value);
        });
    return text.toString();
  }

  /**
   * Reads variables that {@link #toText} wrote. They are not checked again.
   *
   * @param text the text
   * @return the variables
   * @throws IllegalArgumentException if {@code text} has another form
   */
  public static UploadVars ofText(String text) {
    if (text.isEmpty()) {
      return NONE;
    }
    Map<String, String> values = new LinkedHashMap<>();
    for (String variable : text.split(String.valueOf(END_OF_VALUE), -1)) {
      int end = variable.indexOf(END_OF_NAME);
      if (end < 1) {
        throw new IllegalArgumentException("The text does not contain variables.");
      }
      values.put(variable.substring(0, end), variable.substring(end + 1));
    }
    return new UploadVars(Collections.unmodifiableMap(values));
  }

  private static void requireName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw refused(
          "A variable has an invalid name.",
          "Use the names that the operator configured for the profile.");
    }
  }

  private static void requireValue(String name, String value) {
    if (value.chars().anyMatch(Character::isISOControl) || Surrogates.anyLone(value)) {
      throw refused(
          "Variable '" + name + "' contains a control character or an unpaired surrogate.",
          "Send a text of one line.");
    }
  }

  private static UploadRefusedException refused(String fact, String fix) {
    return new UploadRefusedException(Reason.BAD_PARAMETER, fact, fix);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof UploadVars vars && values.equals(vars.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  /** Returns the names, never the values. */
  @Override
  public String toString() {
    return "UploadVars" + values.keySet();
  }
}
