package io.osspost.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.System.Logger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.ResourceBundle;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RefusalLogTest {
  private final List<String> lines = new ArrayList<>();
  private final AtomicLong nanos = new AtomicLong();
  private final RefusalLog log =
      new RefusalLog(new Collecting(lines), nanos::get, "Callback refused");

  /** Strangers can send any number of forged callbacks. */
  @Test
  void floodOfRefusalsIsOneLineAMinute() {
    for (int i = 0; i < 10_000; i++) {
      log.refused("signature-wrong", "Forged.");
      nanos.addAndGet(Duration.ofMillis(1).toNanos());
    }
    assertThat(lines).singleElement().asString().contains("signature-wrong", "Forged.");
  }

  @Test
  void nextLineCountsTheOmittedOnes() {
    for (int i = 0; i < 1_000; i++) {
      log.refused("signature-wrong", "Forged.");
    }
    log.refused("other-bucket", "Another bucket.");
    assertThat(lines).hasSize(2);
    nanos.addAndGet(Duration.ofSeconds(61).toNanos());
    log.refused("signature-wrong", "Forged.");
    assertThat(lines).hasSize(3);
    assertThat(lines.get(2)).contains("999 more since the last line");
  }

  private record Collecting(List<String> lines) implements Logger {
    @Override
    public String getName() {
      return "test";
    }

    @Override
    public boolean isLoggable(Level level) {
      return true;
    }

    @Override
    public void log(
        Level level, @Nullable ResourceBundle bundle, String message, @Nullable Throwable cause) {
      lines.add(message);
    }

    @Override
    public void log(
        Level level, @Nullable ResourceBundle bundle, String format, @Nullable Object... values) {
      lines.add(java.text.MessageFormat.format(format, values == null ? new Object[0] : values));
    }
  }
}
