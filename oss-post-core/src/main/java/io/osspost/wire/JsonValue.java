package io.osspost.wire;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** One value of a JSON text, as {@link JsonReader} read it. Immutable. */
public sealed interface JsonValue {
  /** An object, its members in the order they were written. */
  record Members(Map<String, JsonValue> byName) implements JsonValue {
    public Members {
      byName = Collections.unmodifiableMap(new LinkedHashMap<>(byName));
    }
  }

  /** An array. */
  record Elements(List<JsonValue> inOrder) implements JsonValue {
    public Elements {
      inOrder = List.copyOf(inOrder);
    }
  }

  /** A string, without quotes and escapes. */
  record Text(String value) implements JsonValue {}

  /** A number in the digits it was written with: nothing is rounded. */
  record Numeral(String digits) implements JsonValue {
    /** The number, when it is written as an integer and a {@code long} holds it. */
    public OptionalLong asLong() {
      try {
        return OptionalLong.of(Long.parseLong(digits));
      } catch (NumberFormatException e) {
        return OptionalLong.empty();
      }
    }
  }

  /** One of the three words JSON knows. */
  enum Word implements JsonValue {
    TRUE,
    FALSE,
    NULL
  }
}
