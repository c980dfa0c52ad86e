package io.osspost.emulator.clock;

import static org.assertj.core.api.Assertions.assertThat;

import io.osspost.emulator.OssEmulator;
import io.osspost.emulator.testing.RawHttp;
import io.osspost.emulator.testing.TestForm;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class EmulatorClockTest {
  private static final Instant NOW = Instant.parse(TestForm.NOW);

  @Test
  void continuesFromTheSetTime() {
    EmulatorClock clock = new EmulatorClock(Clock.systemUTC());
    clock.set(NOW);
    assertThat(clock.instant()).isBetween(NOW, NOW.plusSeconds(5));
    clock.advance(Duration.ofDays(-1));
    assertThat(clock.instant()).isBetween(NOW.minusSeconds(86400), NOW.minusSeconds(86395));
    clock.reset();
    assertThat(clock.instant()).isAfter(Instant.parse("2026-01-01T00:00:00Z"));
  }

  @Test
  void determinesExpiration() throws IOException {
    try (OssEmulator oss =
        OssEmulator.builder()
            .accessKey("LTAIexample", "examplesecret")
            .clock(Clock.fixed(NOW, ZoneOffset.UTC))
            .start()) {
      assertThat(post(oss)).isNull();
      oss.clock().advance(Duration.ofHours(1));
      assertThat(post(oss)).isEqualTo("0006-00000213");
      assertThat(oss.journal().last().orElseThrow().explanation())
          .isEqualTo("the policy expired at 2024-03-15T09:15:30Z, 0 seconds ago by this clock");
      oss.clock().set(NOW.minus(Duration.ofMinutes(16)));
      assertThat(post(oss)).isEqualTo("0002-00000709");
      oss.clock().reset();
      assertThat(post(oss)).isNull();
      assertThat(oss.object("user-dir/photo.png").orElseThrow().lastModified()).isEqualTo(NOW);
    }
  }

  private static String post(OssEmulator oss) throws IOException {
    return RawHttp.post(oss.endpoint(), "/examplebucket/", new TestForm().sign())
        .header("x-oss-ec");
  }
}
