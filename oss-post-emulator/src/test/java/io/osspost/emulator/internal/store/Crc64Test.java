package io.osspost.emulator.internal.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
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
  void blocksOfAnyLengthGiveTheSameSum() {
    byte[] bytes = "0123456789".repeat(10).getBytes(UTF_8);
    for (int piece = 1; piece <= bytes.length; piece++) {
      assertThat(crc64(bytes, piece)).isEqualTo(crc64(bytes, bytes.length));
    }
  }

  @Test
  void sumsOfTwoTextsGiveTheSumOfBothInARow() {
    byte[] bytes = "0123456789".repeat(30).getBytes(UTF_8);
    for (int first = 0; first <= bytes.length; first++) {
      byte[] head = Arrays.copyOf(bytes, first);
      byte[] tail = Arrays.copyOfRange(bytes, first, bytes.length);
      long combined = Crc64.combine(value(head), value(tail), tail.length);
      assertThat(Long.toUnsignedString(combined)).isEqualTo(crc64(bytes, 64));
    }
  }

  @Test
  void sumOfPartsMatchesAnotherProgram() {
    byte[] part = "A".repeat(102400).getBytes(UTF_8);
    byte[] last = "hello".getBytes(UTF_8);
    assertThat(Long.toUnsignedString(Crc64.combine(value(part), value(last), last.length)))
        .isEqualTo("12546349198684753071");
  }

  private static long value(byte[] bytes) {
    return Long.parseUnsignedLong(crc64(bytes, 64));
  }

  private static String crc64(byte[] bytes, int piece) {
    Crc64 crc = new Crc64();
    for (int at = 0; at < bytes.length; at += piece) {
      crc.update(bytes, at, Math.min(piece, bytes.length - at));
    }
    return Long.toUnsignedString(crc.value());
  }
}
