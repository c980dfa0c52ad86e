package io.osspost.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.aliyun.oss.common.utils.CRC64;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** Compares with the CRC-64 of aliyun-sdk-oss. */
class Crc64Test {
  @Property(tries = 200)
  void joinsLikeOneComputationOverAll(
      @ForAll @IntRange(max = 5_000) int first,
      @ForAll @IntRange(max = 5_000) int second,
      @ForAll long seed) {
    byte[] all = new byte[first + second];
    new Random(seed).nextBytes(all);
    CRC64 whole = crc(all, 0, all.length);
    long joined =
        Crc64.combine(crc(all, 0, first).getValue(), crc(all, first, second).getValue(), second);
    assertThat(joined).isEqualTo(whole.getValue());
  }

  @Property(tries = 200)
  void joinsLikeTheVendorsClient(
      @ForAll long first,
      @ForAll long second,
      @ForAll @LongRange(min = 1, max = 5L << 40) long size) {
    assertThat(Crc64.combine(first, second, size))
        .isEqualTo(CRC64.combine(new CRC64(first), new CRC64(second), size).getValue());
  }

  @Test
  void joinsTheKnownValueOfTheReference() {
    // "123456789" in two parts: 11051210869376104954.
    byte[] digits = "123456789".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    long joined = Crc64.combine(crc(digits, 0, 4).getValue(), crc(digits, 4, 5).getValue(), 5);
    assertThat(Long.toUnsignedString(joined)).isEqualTo("11051210869376104954");
  }

  private static CRC64 crc(byte[] bytes, int offset, int length) {
    CRC64 crc = new CRC64();
    crc.update(java.util.Arrays.copyOfRange(bytes, offset, offset + length), length);
    return crc;
  }
}
