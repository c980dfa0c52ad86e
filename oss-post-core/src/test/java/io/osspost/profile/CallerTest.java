package io.osspost.profile;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;

class CallerTest {
  /** PostgreSQL stores no such text, so the ledger would refuse every row of this caller. */
  @Test
  void nameWithNulIsRefused() {
    assertThatExceptionOfType(UploadRefusedException.class)
        .isThrownBy(() -> Caller.named("alice\0"))
        .withMessageContaining("U+0000");
  }

  @Test
  void nameWithAnUnpairedSurrogateIsRefused() {
    assertThatExceptionOfType(UploadRefusedException.class)
        .isThrownBy(() -> Caller.named("alice\uD83D"))
        .withMessageContaining("unpaired surrogate");
  }
}
