package io.osspost.java8;

import io.osspost.edition.Supplies;
import java.time.Duration;

/** Newer methods of {@link java.time.Duration}. */
@Supplies("java.time.Duration")
public final class DurationMethods {
  private DurationMethods() {}

  @SuppressWarnings("JavaDurationGetSecondsToToSeconds")
  public static long toSeconds(Duration duration) {
    return duration.getSeconds();
  }
}
