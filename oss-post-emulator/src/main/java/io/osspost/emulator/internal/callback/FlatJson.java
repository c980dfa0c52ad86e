package io.osspost.emulator.internal.callback;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** The little JSON callbacks need: objects of plain members, and whether a text is JSON at all. */
final class FlatJson {
  private static final JsonFactory JSON = new JsonFactory();

  private FlatJson() {}

  /**
   * The members of an object: {@code String} or {@code Boolean}; others, nested ones too, count as
   * {@code Object} of no use.
   *
   * @throws IOException if {@code text} is not one JSON object
   */
  static Map<String, Object> members(String text) throws IOException {
    try (JsonParser parser = JSON.createParser(text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new JsonParseException(parser, "not an object");
      }
      Map<String, Object> members = new LinkedHashMap<>();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        members.put(name, value(parser, parser.nextToken()));
      }
      checkEnd(parser);
      return members;
    }
  }

  /**
   * Refuses what is not one JSON value.
   *
   * @throws IOException if {@code text} is not one JSON value
   */
  static void check(String text) throws IOException {
    try (JsonParser parser = JSON.createParser(text)) {
      if (parser.nextToken() == null) {
        throw new JsonParseException(parser, "no value");
      }
      parser.skipChildren();
      checkEnd(parser);
    }
  }

  static String quoted(String text) {
    return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
  }

  private static Object value(JsonParser parser, JsonToken token) throws IOException {
    return switch (token) {
      case VALUE_STRING -> parser.getText();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> {
        parser.skipChildren();
        yield new Object();
      }
    };
  }

  private static void checkEnd(JsonParser parser) throws IOException {
    if (parser.nextToken() != null) {
      throw new JsonParseException(parser, "more text follows");
    }
  }
}
