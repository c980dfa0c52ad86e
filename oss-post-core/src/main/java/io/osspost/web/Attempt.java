package io.osspost.web;

import io.osspost.profile.Caller;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Collects the data of one request for a grant, for the event at its end. Not thread-safe. */
final class Attempt {
  private static final int LONGEST_PROFILE = 64;

  private final String kind;
  private final long began = System.nanoTime();
  private @Nullable Caller caller;
  private @Nullable String profile;

  Attempt(String kind) {
    this.kind = kind;
  }

  void by(Caller known) {
    caller = known;
  }

  /** Sets the requested profile. A client can send any text, so a long one is truncated. */
  void profile(String name) {
    profile = name.length() > LONGEST_PROFILE ? name.substring(0, LONGEST_PROFILE) : name;
  }

  GrantEvent granted(String object) {
    return event("granted", Optional.of(object));
  }

  GrantEvent refused(String code) {
    return event(code, Optional.empty());
  }

  private GrantEvent event(String outcome, Optional<String> object) {
    return new GrantEvent(
        kind,
        Optional.ofNullable(caller),
        Optional.ofNullable(profile),
        outcome,
        object,
        Duration.ofNanos(System.nanoTime() - began));
  }
}
