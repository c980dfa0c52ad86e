package io.osspost.emulator.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Crc64Test {

  @ParameterizedTest
  @CsvSource({
    "123456789, 11051210869376104954",
    "'', 0",
    "hello world, 5981764153023615706",
  })
  void givesTheKnownCheckValues(String text, String crc) {
    assertThat(crc64(text.getBytes(UTF_8), 64)).isEqualTo(crc);
  }

  @Test
  void piecesOfAnyLengthGiveTheSameSum() {
    byte[] bytes = "0123456789".repeat(10).getBytes(UTF_8);
    for (int piece = 1; piece <= bytes.length; piece++) {
      assertThat(crc64(bytes, piece)).isEqualTo(crc64(bytes, bytes.length));
    }
  }

  private static String crc64(byte[] bytes, int piece) {
    Crc64 crc = new Crc64();
    for (int at = 0; at < bytes.length; at += piece) {
      crc.update(bytes, at, Math.min(piece, bytes.length - at));
    }
    return Long.toUnsignedString(crc.value());
  }
}
