package io.osspost.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PercentEncodingTest {
  @ParameterizedTest
  @CsvSource({
    "AZaz09-._~, AZaz09-._~",
    "'a b', a%20b",
    "a+b, a%2Bb",
    "a*b, a%2Ab",
    "100%, 100%25",
    "%41, %2541",
    "a#b?c=d&e, a%23b%3Fc%3Dd%26e",
    "中文, %E4%B8%AD%E6%96%87",
    "😀, %F0%9F%98%80",
    "a//b/../c/, a//b/../c/"
  })
  void aPathKeepsItsSlashesAndWhatRfc3986LeavesUnreserved(String text, String encoded) {
    assertThat(PercentEncoding.path(text)).isEqualTo(encoded);
    assertThat(PercentEncoding.component(text)).isEqualTo(encoded.replace("/", "%2F"));
  }

  @Test
  void encodesAsciiAccordingToTheRfc() {
    for (char c = 0; c < 0x80; c++) {
      boolean unreserved = String.valueOf(c).matches("[A-Za-z0-9._~-]");
      assertThat(PercentEncoding.component(String.valueOf(c)))
          .isEqualTo(unreserved ? String.valueOf(c) : String.format("%%%02X", (int) c));
    }
  }

  @Test
  void encodedTextDecodesWithUriAndOwnDecoder() {
    Random random = new Random(3986);
    for (int i = 0; i < 2000; i++) {
      String text = text(random);
      URI uri =
          URI.create(
              "https://host/"
                  + PercentEncoding.path(text)
                  + "?q="
                  + PercentEncoding.component(text));
      assertThat(uri.getPath()).isEqualTo("/" + text);
      assertThat(uri.getQuery()).isEqualTo("q=" + text);
      assertThat(decode(PercentEncoding.path(text))).isEqualTo(text);
      assertThat(decode(PercentEncoding.component(text))).isEqualTo(text);
    }
  }

  @Test
  void decodingHappensOnceAndLeavesPlusAlone() {
    assertThat(PercentEncoding.decodeText("a%2525+%2f%E4%B8%ADü")).isEqualTo("a%25+/中ü");
    assertThat(new String(PercentEncoding.decode("%00%ff"), StandardCharsets.ISO_8859_1))
        .isEqualTo("\u0000\u00ff");
  }

  @ParameterizedTest
  @ValueSource(strings = {"%", "a%2", "%g0", "%0g", "%-1", "%+1", "%ü0"})
  void halfAnEscapeIsRefused(String text) {
    assertThatThrownBy(() -> PercentEncoding.decode(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("two hexadecimal digits");
  }

  @Test
  void bytesThatAreNoTextAreRefusedAsText() {
    assertThatThrownBy(() -> PercentEncoding.decodeText("%C0%80"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int left = random.nextInt(30); left > 0; left--) {
      int c;
      do {
        c = random.nextBoolean() ? random.nextInt(0x80) : random.nextInt(0x110000);
      } while (c >= 0xD800 && c <= 0xDFFF);
      text.appendCodePoint(c);
    }
    return text.toString();
  }

  private static String decode(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '%') {
        bytes.write(Integer.parseInt(text, i + 1, i + 3, 16));
        i += 2;
      } else {
        bytes.write(text.charAt(i));
      }
    }
    return bytes.toString(UTF_8);
  }
}
