package io.osspost.emulator.internal.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads one JSON value into plain objects: {@code Map}, {@code List}, {@code String}, {@code
 * BigDecimal}, {@code Boolean}, and {@link #NULL}.
 */
public final class JsonTree {
  /** The object for {@code null}. */
  public static final Object NULL = new Object();

  private static final JsonFactory STRICT =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
  private static final JsonFactory LENIENT = new JsonFactory();

  private JsonTree() {}

  /**
   * Reads a text and rejects two members with one name in an object.
   *
   * @throws IOException if it is not one JSON value; the message names the position
   */
  public static Object strict(String text) throws IOException {
    return read(STRICT, text);
  }

  /**
   * Reads a text, and uses the last of several members with one name.
   *
   * @throws IOException if it is not one JSON value; the message names the position
   */
  public static Object lenient(String text) throws IOException {
    return read(LENIENT, text);
  }

  /**
   * Reads an object, and uses the last of several members with one name.
   *
   * @throws IOException if it is not one JSON object; the message names the position
   */
  public static Map<String, Object> members(String text) throws IOException {
    try (JsonParser parser = LENIENT.createParser(text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new JsonParseException(parser, "not an object");
      }
      Map<String, Object> members = object(parser);
      requireEnd(parser);
      return members;
    }
  }

  /** Writes a text as a JSON string. */
  public static String quoted(String text) {
    return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
  }

  private static Object read(JsonFactory json, String text) throws IOException {
    try (JsonParser parser = json.createParser(text)) {
      Object value = value(parser, parser.nextToken());
      requireEnd(parser);
      return value;
    }
  }

  private static Object value(JsonParser parser, @Nullable JsonToken token) throws IOException {
    if (token == null) {
      throw new JsonParseException(parser, "no value");
    }
    return switch (token) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new BigDecimal(parser.getText());
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> NULL;
      default -> throw new JsonParseException(parser, "unexpected " + token);
    };
  }

  private static Map<String, Object> object(JsonParser parser) throws IOException {
    Map<String, Object> members = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      members.put(name, value(parser, parser.nextToken()));
    }
    return members;
  }

  private static List<Object> array(JsonParser parser) throws IOException {
    List<Object> items = new ArrayList<>();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      items.add(value(parser, token));
    }
    return items;
  }

  private static void requireEnd(JsonParser parser) throws IOException {
    if (parser.nextToken() != null) {
      throw new JsonParseException(parser, "more text follows");
    }
  }
}
