package io.osspost.profile;

import java.time.Instant;

/** A naming whose names have a known length. */
record ShortNaming(KeyNaming naming, int longestName) implements KeyNaming {
  static final int UUID = 36;
  static final int DAY_AND_UUID = "20241127/".length() + UUID;

  @Override
  public String name(Caller caller, FileName file, Instant now) {
    return naming.name(caller, file, now);
  }
}
