package io.osspost.callback;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.osspost.wire.JsonText;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The answer of the application for the page that uploaded: a JSON value of at most 4 KB.
 * Immutable.
 *
 * <p>The page receives it from OSS or from this server, so it contains nothing that the caller may
 * not know.
 */
public final class UploadAnswer {
  /** The maximum length of the JSON text, in bytes of UTF-8. */
  public static final int MAX_BYTES = 4096;

  private static final int MAX_DEPTH = 8;
  private static final UploadAnswer NONE = new UploadAnswer(null);

  private final @Nullable String json;

  private UploadAnswer(@Nullable String json) {
    this.json = json;
  }

  /** {@return no answer} */
  public static UploadAnswer none() {
    return NONE;
  }

  /**
   * {@return a text}
   *
   * @param text the text, unescaped
   * @throws IllegalArgumentException if it is longer than 4 KB in JSON
   */
  public static UploadAnswer of(String text) {
    return ofValue(text);
  }

  /**
   * Returns a JSON object.
   *
   * @param members texts, numbers, booleans, {@code null}, and maps and collections of them
   * @return the answer
   * @throws IllegalArgumentException if a value has another type, or the text is longer than 4 KB
   */
  public static UploadAnswer of(Map<String, ?> members) {
    return ofValue(members);
  }

  private static UploadAnswer ofValue(Object value) {
    JsonText json = new JsonText();
    write(json, value, 0);
    byte[] text = json.toBytes();
    if (text.length > MAX_BYTES) {
      throw new IllegalArgumentException(
          "The answer has "
              + text.length
              + " bytes; the page can receive "
              + MAX_BYTES
              + ". Answer with an id, and let the page request the rest.");
    }
    return new UploadAnswer(new String(text, UTF_8));
  }

  /** {@return the answer as JSON, without line breaks; empty for none} */
  public Optional<String> json() {
    return Optional.ofNullable(json);
  }

  private static void write(JsonText json, @Nullable Object value, int depth) {
    if (depth > MAX_DEPTH) {
      throw new IllegalArgumentException(
          "The answer has more than " + MAX_DEPTH + " levels. Make it flatter.");
    }
    if (value == null) {
      json.plainText("null");
    } else if (value instanceof String text) {
      json.value(text);
    } else if (value instanceof Boolean flag) {
      json.value(flag.booleanValue());
    } else if (isFinite(value)) {
      json.plainText(value.toString());
    } else if (value instanceof Map<?, ?> members) {
      json.openObject();
      for (Map.Entry<?, ?> member : members.entrySet()) {
        json.name(name(member.getKey()));
        write(json, member.getValue(), depth + 1);
      }
      json.closeObject();
    } else if (value instanceof Iterable<?> values) {
      json.openArray();
      for (Object each : values) {
        write(json, each, depth + 1);
      }
      json.closeArray();
    } else {
      throw new IllegalArgumentException(
          "The answer contains a value of "
              + value.getClass()
              + ". Use texts, finite numbers, booleans, null, maps and collections.");
    }
  }

  /** Returns whether the value is a number that JSON has. */
  private static boolean isFinite(Object value) {
    if (value instanceof Double || value instanceof Float) {
      double number = ((Number) value).doubleValue();
      return !Double.isNaN(number) && !Double.isInfinite(number);
    }
    return value instanceof Integer
        || value instanceof Long
        || value instanceof Short
        || value instanceof Byte
        || value instanceof BigInteger
        || value instanceof BigDecimal;
  }

  private static String name(@Nullable Object key) {
    if (key instanceof String name) {
      return name;
    }
    throw new IllegalArgumentException(
        "The answer has a map whose key '" + key + "' is not a text. Use texts as keys.");
  }

  /** Returns the JSON text, or the empty string. */
  @Override
  public String toString() {
    return json == null ? "" : json;
  }
}
