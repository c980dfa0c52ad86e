package io.osspost.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URLEncoder;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Other readers, the JDK's and Jackson's, read any text as it was written. */
class WirePropertiesTest {
  private static final ObjectMapper JACKSON = new ObjectMapper();

  @Property
  void encodingMatchesTheJdksExceptForForms(@ForAll("texts") String text) {
    String encoded = PercentEncoding.component(text);
    assertThat(encoded)
        .isEqualTo(
            URLEncoder.encode(text, UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~"));
    assertThat(PercentEncoding.decodeText(encoded)).isEqualTo(text);
    assertThat(PercentEncoding.path(text)).isEqualTo(encoded.replace("%2F", "/"));
  }

  @Property
  void jacksonReadsEveryTextAsItWasWritten(
      @ForAll("texts") String name, @ForAll("texts") String value, @ForAll("texts") String other)
      throws IOException {
    byte[] written =
        new JsonText()
            .openObject()
            .member(name, value)
            .name(name + "2")
            .values(List.of(value, other))
            .closeObject()
            .toBytes();
    JsonNode read = JACKSON.readTree(written);
    assertThat(read.get(name).asText()).isEqualTo(value);
    assertThat(read.get(name + "2").get(1).asText()).isEqualTo(other);
    assertThat(new String(written, UTF_8)).doesNotContain("\n", "\r", "\u0000");
  }

  @Property
  void readerReadsTheWritersOutput(@ForAll("texts") String value) {
    byte[] written = new JsonText().openObject().member("a", value).closeObject().toBytes();
    assertThat(FlatJson.read(written)).containsEntry("a", value);
  }

  /** Any text that UTF-8 can encode: quotes, controls, dollars, and characters beyond the BMP. */
  @Provide
  Arbitrary<String> texts() {
    Arbitrary<String> hostile =
        Arbitraries.of(
            "\"", "\\", "$", "${", "\u0000", "\n", "\u2028", "\u007f", "😀", "%", "+", "*");
    Arbitrary<String> plain = Arbitraries.strings().all().ofMaxLength(8);
    return Arbitraries.oneOf(hostile, plain)
        .list()
        .ofMaxSize(6)
        .map(parts -> String.join("", parts))
        .filter(text -> !Surrogates.anyLone(text));
  }
}
