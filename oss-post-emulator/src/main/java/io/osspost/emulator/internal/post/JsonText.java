package io.osspost.emulator.internal.post;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The JSON of a policy as plain values: {@code Map}, {@code List}, {@code String}, {@code
 * BigDecimal}, and the constants below. A dollar sign may be escaped, which JSON does not know.
 */
final class JsonText {
  /** What {@code true}, {@code false} and {@code null} become: no policy has a use for them. */
  enum Constant {
    TRUE,
    FALSE,
    NULL
  }

  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private JsonText() {}

  /**
   * Parses the whole of {@code text}.
   *
   * @throws IOException if it is not one JSON value; the message names the place
   */
  static Object parse(String text) throws IOException {
    try (JsonParser parser = JSON.createParser(withoutEscapedDollars(text))) {
      Object value = value(parser, parser.nextToken());
      if (parser.nextToken() != null) {
        throw new JsonParseException(parser, "more text follows the policy");
      }
      return value;
    }
  }

  private static Object value(JsonParser parser, JsonToken token) throws IOException {
    if (token == null) {
      throw new JsonParseException(parser, "no value");
    }
    return switch (token) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> parser.getText().replace("\\$", "$");
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new BigDecimal(parser.getText());
      case VALUE_TRUE -> Constant.TRUE;
      case VALUE_FALSE -> Constant.FALSE;
      case VALUE_NULL -> Constant.NULL;
      default -> throw new JsonParseException(parser, "unexpected " + token);
    };
  }

  private static Map<String, Object> object(JsonParser parser) throws IOException {
    Map<String, Object> members = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName().replace("\\$", "$");
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

  /** Turns {@code \$} into {@code $}; every other escape stays for the parser to judge. */
  private static String withoutEscapedDollars(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    for (int at = 0; at < text.length(); at++) {
      char character = text.charAt(at);
      if (character == '\\' && at + 1 < text.length()) {
        char escaped = text.charAt(++at);
        plain.append(escaped == '$' ? "$" : "\\" + escaped);
      } else {
        plain.append(character);
      }
    }
    return plain.toString();
  }
}
