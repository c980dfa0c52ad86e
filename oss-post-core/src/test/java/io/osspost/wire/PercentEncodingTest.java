package io.osspost.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PercentEncodingTest {
  @Test
  void onlyUnreservedCharactersStay() {
    assertThat(PercentEncoding.encode("aZ09-._~ +/&=%$中"))
        .isEqualTo("aZ09-._~%20%2B%2F%26%3D%25%24%E4%B8%AD");
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
}
