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
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonReaderTest {
  private static final JsonMapper JACKSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  @Test
  void readsWhatJacksonWrites() throws Exception {
    Random random = new Random(20240315);
    for (int i = 0; i < 3_000; i++) {
      Object generated = value(random, 0);
      byte[] text =
          i % 2 == 0
              ? JACKSON.writeValueAsBytes(generated)
              : JACKSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(generated);

      assertThat(plain(JsonReader.read(text)))
          .as(new String(text, UTF_8))
          .isEqualTo(plain(JACKSON.readTree(text)));
    }
  }

  /** Every text damaged in one place is refused by both, or read as the same value by both. */
  @Test
  void agreesWithJacksonOnDamagedTexts() throws Exception {
    Random random = new Random(7);
    String spoilers = "{}[],:\"\\u09-+.eE tfn\n\u0001/*'x";
    int refused = 0;
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder(JACKSON.writeValueAsString(value(random, 0)));
      int at = random.nextInt(text.length());
      char spoiler = spoilers.charAt(random.nextInt(spoilers.length()));
      switch (random.nextInt(3)) {
        case 0 -> text.setCharAt(at, spoiler);
        case 1 -> text.insert(at, spoiler);
        default -> text.deleteCharAt(at);
      }
      if (text.toString().matches("(?s).*[0-9.][eE][+-]?[0-9]{5,}.*")) {
        continue; // more than BigDecimal, with which we compare, can hold
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
        "``              | 0  | No value, but the end",
        "`   `           | 3  | No value, but the end",
        "{               | 1  | No member name, but the end",
        "{a:1}           | 1  | No member name",
        "{'a':1}         | 1  | No member name",
        "{\"a\" 1}       | 5  | No ':' behind a member name",
        "{\"a\":}        | 5  | No value",
        "{\"a\":1,}      | 7  | No member name",
        "{\"a\":1 \"b\":2} | 7 | No ',' or '}'",
        "{\"a\":1,\"b\":2,\"a\":3} | 13 | A second member of the same name",
        "{\"a\":1,\"\\u0061\":2} | 7 | A second member of the same name",
        "[1,]            | 3  | No value",
        "[1 2]           | 3  | No ',' or ']'",
        "[1              | 2  | No ',' or ']', but the end",
        "1 2             | 2  | Something follows the value",
        "{} // comment   | 3  | Something follows the value",
        "01              | 1  | Something follows the value",
        "+1              | 0  | No value",
        "-               | 1  | No digit, but the end",
        "1.              | 2  | No digit, but the end",
        ".5              | 0  | No value",
        "1e              | 2  | No digit, but the end",
        "NaN             | 0  | No value",
        "tru             | 0  | No value",
        "True            | 0  | No value",
        "nullx           | 4  | Something follows the value",
        "\"abc           | 0  | A string without end",
        "\"a\\           | 2  | An unknown escape",
        "\"\\x41\"       | 1  | An unknown escape",
        "\"\\u12\"       | 1  | An escape without four hexadecimal digits",
        "\"\\u123        | 1  | An escape without four hexadecimal digits",
        "\"\\uD83D\"     | 0  | A string with half a character",
        "\"\\uD83Dx\"    | 0  | A string with half a character",
        "\"\\uDE00\"     | 0  | A string with half a character",
      })
  void namesTheFirstFaultAndItsPosition(String text, int position, String what) {
    assertThatThrownBy(() -> JsonReader.read(text.getBytes(UTF_8)))
        .isInstanceOfSatisfying(
            MalformedJsonException.class, e -> assertThat(e.position()).isEqualTo(position))
        .hasMessage(what + " at position " + position);
  }

  @Test
  void refusesControlCharactersMarksAndWhatIsNoUtf8() {
    assertMalformed("\"a\tb\"".getBytes(UTF_8), "A control character in a string at position 2");
    assertMalformed("\uFEFF{}".getBytes(UTF_8), "No value at position 0");
    assertMalformed("\"a\u00e9\"".getBytes(ISO_8859_1), "No UTF-8 at position 2");
    assertMalformed(new byte[] {'"', (byte) 0xC0, (byte) 0x80, '"'}, "No UTF-8 at position 1");
    assertMalformed(
        new byte[] {'"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"'}, "No UTF-8 at position 1");
    assertMalformed(new byte[] {'"', (byte) 0xE4, (byte) 0xB8}, "No UTF-8 at position 1");
  }

  @Test
  void deepAndLargeTextsEndInARefusalNotInAStackOverflow() {
    assertThat(JsonReader.read("[".repeat(33).concat("]".repeat(33)).getBytes(UTF_8)))
        .isInstanceOf(JsonValue.Elements.class);
    assertMalformed("[".repeat(34).getBytes(UTF_8), "More than 32 levels at position 33");
    assertMalformed(
        "{\"a\":".repeat(100_000).getBytes(UTF_8), "More than 32 levels at position 165");
    assertMalformed(new byte[(1 << 20) + 1], "More than 1048576 bytes at position 1048576");
  }

  @Test
  void numbersKeepTheirDigits() {
    assertThat(number("9007199254740993").asLong()).hasValue(9007199254740993L);
    assertThat(number("-0").asLong()).hasValue(0);
    assertThat(number("1e3").asLong()).isEmpty();
    assertThat(number("9223372036854775808").asLong()).isEmpty();
    assertThat(number("0.10").digits()).isEqualTo("0.10");
  }

  private static JsonValue.Numeral number(String text) {
    return (JsonValue.Numeral) JsonReader.read(text.getBytes(UTF_8));
  }

  private static void assertMalformed(byte[] text, String message) {
    assertThatThrownBy(() -> JsonReader.read(text))
        .isInstanceOf(MalformedJsonException.class)
        .hasMessage(message);
  }

  private static Object readOrRefusal(byte[] text) {
    try {
      return plain(JsonReader.read(text));
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

  private static Object plain(JsonValue value) {
    if (value instanceof JsonValue.Members members) {
      List<Object> plain = new ArrayList<>();
      members.byName().forEach((name, member) -> plain.add(List.of("member", name, plain(member))));
      return plain;
    }
    if (value instanceof JsonValue.Elements elements) {
      return List.of("elements", elements.inOrder().stream().map(JsonReaderTest::plain).toList());
    }
    if (value instanceof JsonValue.Text text) {
      return "text " + text.value();
    }
    return value instanceof JsonValue.Numeral number
        ? new BigDecimal(number.digits()).stripTrailingZeros()
        : value.toString();
  }

  private static Object plain(JsonNode node) {
    if (node.isObject()) {
      List<Object> plain = new ArrayList<>();
      node.properties()
          .forEach(
              member -> plain.add(List.of("member", member.getKey(), plain(member.getValue()))));
      return plain;
    }
    if (node.isArray()) {
      List<Object> plain = new ArrayList<>();
      node.forEach(element -> plain.add(plain(element)));
      return List.of("elements", plain);
    }
    if (node.isTextual()) {
      return "text " + node.textValue();
    }
    return node.isNumber()
        ? node.decimalValue().stripTrailingZeros()
        : node.toString().toUpperCase(Locale.ROOT);
  }

  private static Object value(Random random, int depth) {
    int kinds = depth < 4 ? 8 : 6;
    return switch (random.nextInt(kinds)) {
      case 0 -> random.nextLong();
      case 1 -> random.nextInt(2000) / 16.0 - 60;
      case 2 -> random.nextBoolean();
      case 3 -> NullNode.getInstance();
      case 4, 5 -> string(random);
      case 6 -> {
        List<Object> elements = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          elements.add(value(random, depth + 1));
        }
        yield elements;
      }
      default -> {
        Map<String, Object> members = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          members.put(string(random), value(random, depth + 1));
        }
        yield members;
      }
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
