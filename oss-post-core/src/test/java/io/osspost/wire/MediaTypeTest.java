package io.osspost.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MediaTypeTest {
  @ParameterizedTest
  @CsvSource({
    "image/png,image/png",
    "IMAGE/Png,image/png",
    "' image/png ',image/png",
    "text/plain; charset=utf-8,text/plain",
    "video/webm;codecs=vp9,video/webm",
    "video/webm ; a=b ; c=d,video/webm",
    "application/vnd.ms-excel.sheet.macroEnabled.12,application/vnd.ms-excel.sheet.macroenabled.12",
    "application/geo+json,application/geo+json"
  })
  void readsTypeAndSubtypeInLowerCase(String text, String type) {
    assertThat(MediaType.parse(text)).contains(type);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "/",
        "image",
        "image/",
        "/png",
        "image/*/x",
        "image//png",
        "image/png/",
        "image/png;",
        "image/png;,text/html",
        "application/octet-stream;,text/html",
        "image/png; charset=x, text/html",
        "image/png,text/html",
        "image/png, text/html",
        "image/png;a=\"b\"",
        "image/png;a=",
        "image/png;=b",
        "image/png;a",
        "image/png;;a=b",
        "image/png\t",
        "image/png\r\nX: y",
        "image/png\u0000",
        "\timage/png",
        "image /png",
        "image/ png",
        "image/p ng",
        "ima\u0131ge/png",
        "image\uFF0Fpng",
        "image/pn\u0261",
        "\u212Aimage/png",
        "image/png;a=b\u0000",
        "image/png;a=(b)",
        "image/png\u00a0",
        "video/webm;codecs=vp8,opus",
        "*/*",
        "image/*"
      })
  void rejectsEverythingElse(String text) {
    assertThat(MediaType.parse(text)).isEmpty();
  }

  @Test
  void rejectsLongTexts() {
    assertThat(MediaType.parse("image/" + "x".repeat(249))).isPresent();
    assertThat(MediaType.parse("image/" + "x".repeat(250))).isEmpty();
    assertThat(MediaType.parse("image/png" + ";a=b".repeat(500_000))).isEmpty();
  }

  @Test
  void namesTheRegisteredType() {
    assertThat(MediaType.registered("image/jpg")).isEqualTo("image/jpeg");
    assertThat(MediaType.registered("image/png")).isEqualTo("image/png");
  }
}
