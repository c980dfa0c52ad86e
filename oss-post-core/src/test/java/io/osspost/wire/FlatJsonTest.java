package io.osspost.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlatJsonTest {
  private static final JsonMapper JACKSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  @Test
  void readsJacksonsOutput() throws Exception {
    Random random = new Random(20240315);
    for (int i = 0; i < 3_000; i++) {
      Object generated = members(random);
      byte[] text =
          i % 2 == 0
              ? JACKSON.writeValueAsBytes(generated)
              : JACKSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(generated);

      assertThat(plain(FlatJson.read(text)))
          .as(new String(text, UTF_8))
          .isEqualTo(plain(JACKSON.readTree(text)));
    }
  }

  /** Both readers refuse a text that is damaged in one place, or read it as the same value. */
  @Test
  void agreesWithJacksonOnDamagedTexts() throws Exception {
    Random random = new Random(7);
    String spoilers = "{}[],:\"\\u09-+.eE tfn\n\u0001/*'x";
    int refused = 0;
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder(JACKSON.writeValueAsString(members(random)));
      int at = random.nextInt(text.length());
      char spoiler = spoilers.charAt(random.nextInt(spoilers.length()));
      switch (random.nextInt(3)) {
        case 0 -> text.setCharAt(at, spoiler);
        case 1 -> text.insert(at, spoiler);
        default -> text.deleteCharAt(at);
      }
      if (text.toString().matches("(?s).*[0-9.][eE][+-]?[0-9]{5,}.*")) {
        continue; // The exponent is larger than BigDecimal, which the test compares with, allows.
      }
      byte[] bytes = text.toString().getBytes(UTF_8);
      Object ours = readOrRefusal(bytes);
      Object theirs = jacksonOrRefusal(bytes);
      if (ours.equals("refused")) {
        refused++;
      }
      boolean halfACharacter =
          !theirs.equals("refused") && theirs.toString().matches("(?s).*\\p{Cs}.*");
      if (!halfACharacter) {
        assertThat(ours).as(text.toString()).isEqualTo(theirs);
      }
    }
    assertThat(refused).isBetween(5_000, 19_000);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "``              | 0  | Expected an object, but the text ends",
        "`   `           | 3  | Expected an object, but the text ends",
        "{               | 1  | Expected a member name, but the text ends",
        "{a:1}           | 1  | Expected a member name",
        "{'a':1}         | 1  | Expected a member name",
        "{\"a\" 1}       | 5  | Expected ':' after a member name",
        "{\"a\":}        | 5  | Expected a value",
        "{\"a\":1,}      | 7  | Expected a member name",
        "{\"a\":1 \"b\":2} | 7 | Expected ',' or '}'",
        "{\"a\":1,\"b\":2,\"a\":3} | 13 | Two members have the same name",
        "{\"a\":1,\"\\u0061\":2} | 7 | Two members have the same name",
        "{\"a\":1 2 | 7 | Expected ',' or '}'",
        "{} // comment   | 3  | More text follows the object",
        "{\"a\":01 | 6 | Expected ',' or '}'",
        "{\"a\":+1 | 5 | Expected a value",
        "{\"a\":- | 6 | Expected a digit, but the text ends",
        "{\"a\":1. | 7 | Expected a digit, but the text ends",
        "{\"a\":.5 | 5 | Expected a value",
        "{\"a\":1e | 7 | Expected a digit, but the text ends",
        "{\"a\":NaN | 5 | Expected a value",
        "{\"a\":tru | 5 | Expected a value",
        "{\"a\":True | 5 | Expected a value",
        "{\"a\":nullx | 9 | Expected ',' or '}'",
        "{\"a\":\"abc | 5 | A string is not closed",
        "{\"a\":\"a\\ | 7 | An escape is invalid",
        "{\"a\":\"\\x41\" | 6 | An escape is invalid",
        "{\"a\":\"\\u12\" | 6 | Expected four hexadecimal digits in an escape",
        "{\"a\":\"\\u123 | 6 | Expected four hexadecimal digits in an escape",
        "{\"a\":\"\\uD83D\" | 5 | A string contains an unpaired surrogate",
        "{\"a\":\"\\uD83Dx\" | 5 | A string contains an unpaired surrogate",
        "{\"a\":\"\\uDE00\" | 5 | A string contains an unpaired surrogate",
      })
  void namesTheFirstFaultAndItsPosition(String text, int position, String what) {
    assertThatThrownBy(() -> FlatJson.read(text.getBytes(UTF_8)))
        .isInstanceOfSatisfying(
            MalformedJsonException.class, e -> assertThat(e.position()).isEqualTo(position))
        .hasMessage(what + " at position " + position);
  }

  @Test
  void rejectsControlCharactersMarksAndInvalidUtf8() {
    assertMalformed(
        "{\"a\tb\"".getBytes(UTF_8), "A string contains a control character at" + " position 3");
    assertMalformed("\uFEFF{}".getBytes(UTF_8), "Expected an object at position 0");
    assertMalformed("\"a\u00e9\"".getBytes(ISO_8859_1), "Invalid UTF-8 at position 2");
    assertMalformed(new byte[] {'"', (byte) 0xC0, (byte) 0x80, '"'}, "Invalid UTF-8 at position 1");
    assertMalformed(
        new byte[] {'"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"'},
        "Invalid UTF-8 at position 1");
    assertMalformed(new byte[] {'"', (byte) 0xE4, (byte) 0xB8}, "Invalid UTF-8 at position 1");
  }

  @Test
  void largeAndNestedTextsAreRefused() {
    assertMalformed("[]".getBytes(UTF_8), "Expected an object at position 0");
    assertMalformed("{\"a\":{}}".getBytes(UTF_8), "A value is an object or array at position 5");
    assertMalformed(
        "{\"a\":".repeat(100_000).getBytes(UTF_8), "A value is an object or array at position 5");
    assertMalformed(new byte[(1 << 20) + 1], "More than 1048576 bytes at position 1048576");
  }

  @Test
  void numbersKeepTheirDigits() {
    assertThat(FlatJson.read("{\"a\":9007199254740993,\"b\":-0,\"c\":0.10}".getBytes(UTF_8)))
        .containsExactly(
            Map.entry("a", "9007199254740993"), Map.entry("b", "-0"), Map.entry("c", "0.10"));
  }

  private static void assertMalformed(byte[] text, String message) {
    assertThatThrownBy(() -> FlatJson.read(text))
        .isInstanceOf(MalformedJsonException.class)
        .hasMessage(message);
  }

  private static Object readOrRefusal(byte[] text) {
    try {
      return plain(FlatJson.read(text));
    } catch (MalformedJsonException e) {
      return "refused";
    }
  }

  private static Object jacksonOrRefusal(byte[] text) throws Exception {
    try {
      JsonNode node = JACKSON.readTree(text);
      return node.isMissingNode() ? "refused" : plain(node);
    } catch (JsonProcessingException e) {
      return "refused";
    }
  }

  /** Compares numbers by their value, because Jackson does not keep their spelling. */
  private static Object plain(Map<String, String> read) {
    List<Object> plain = new ArrayList<>();
    read.forEach((name, value) -> plain.add(List.of(name, comparable(value))));
    return plain;
  }

  private static Object plain(JsonNode node) {
    if (!node.isObject()) {
      return "refused";
    }
    List<Object> plain = new ArrayList<>();
    for (Map.Entry<String, JsonNode> member : node.properties()) {
      if (member.getValue().isContainerNode()) {
        return "refused";
      }
      plain.add(
          List.of(
              member.getKey(),
              member.getValue().isNull() ? "" : comparable(member.getValue().asText())));
    }
    return plain;
  }

  private static String comparable(String text) {
    return text.matches("-?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]{1,4})?")
        ? new BigDecimal(text).stripTrailingZeros().toString()
        : text;
  }

  /** A flat object whose numbers keep their spelling. */
  private static Map<String, Object> members(Random random) {
    Map<String, Object> members = new LinkedHashMap<>();
    for (int i = random.nextInt(6); i > 0; i--) {
      members.put(string(random), value(random));
    }
    return members;
  }

  private static Object value(Random random) {
    return switch (random.nextInt(5)) {
      case 0 -> random.nextLong();
      case 1 -> random.nextInt(2000) / 16.0 - 60;
      case 2 -> random.nextBoolean();
      case 3 -> NullNode.getInstance();
      default -> string(random);
    };
  }

  private static String string(Random random) {
    String alphabet = "abc\"\\/\b\f\n\r\t\u0000\u001f\u007f\u2028äß中 ";
    StringBuilder string = new StringBuilder();
    for (int i = random.nextInt(8); i > 0; i--) {
      if (random.nextInt(10) == 0) {
        string.append("😀");
      } else {
        string.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
    }
    return string.toString();
  }
}
