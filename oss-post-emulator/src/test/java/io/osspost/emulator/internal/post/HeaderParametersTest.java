package io.osspost.emulator.internal.post;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeaderParametersTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "multipart/form-data; boundary=abc | abc",
        "multipart/form-data;boundary=abc | abc",
        "multipart/form-data; boundary=\"a b;c=d\" | a b;c=d",
        "multipart/form-data; charset=utf-8; Boundary=abc ; x=y | abc",
        "multipart/form-data; boundary= \"abc\" | abc",
        "multipart/form-data; boundary=\"a\\\"b\\\\c\\d\" | a\"b\\c\\d",
        "multipart/form-data; boundary=\"open | open",
        "multipart/form-data; boundary | -",
        "multipart/form-data | -"
      })
  void findsTheParameter(String header, String boundary) {
    HeaderParameters parsed = HeaderParameters.parse(header);
    assertThat(parsed.value()).isEqualTo("multipart/form-data");
    assertThat(parsed.parameter("boundary").orElse("-")).isEqualTo(boundary);
  }
}
