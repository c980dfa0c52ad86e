package io.osspost.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogTextTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"\n", "\r", "\t", "\u0000", "\u001b[31m", "\u0085", "\u2028", "\u2029", "\u202e"})
  void charactersThatBreakOrHideALineAreEscaped(String text) {
    assertThat(LogText.of("a" + text + "b")).startsWith("a\\u").doesNotContain(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"uploads/alice/photo 1.png", "照片 é.png", "😀"})
  void otherTextStays(String text) {
    assertThat(LogText.of(text)).isEqualTo(text);
  }
}
