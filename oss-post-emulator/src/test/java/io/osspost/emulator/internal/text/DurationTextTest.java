package io.osspost.emulator.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DurationTextTest {
  @ParameterizedTest
  @CsvSource({
    "PT0S, 0 seconds",
    "PT1S, 1 second",
    "PT0.3S, 0.3 seconds",
    "PT1.05S, 1.05 seconds",
    "PT15M, 15 minutes",
    "PT1H30M, 1 hour 30 minutes",
    "P7D, 7 days",
    "P1DT2H3M4S, 1 day 2 hours 3 minutes 4 seconds",
    "PT-5M, -5 minutes"
  })
  void writesUnitsThatAreNotZero(Duration duration, String text) {
    assertThat(DurationText.of(duration)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"9223372036854775807", "-9223372036854775808"})
  void writesTheLongestDurations(long seconds) {
    assertThat(DurationText.of(Duration.ofSeconds(seconds))).isNotEmpty();
  }
}
