package io.osspost.web;

import io.osspost.profile.Caller;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Collects the data of one request for a grant, for the event at its end. Not thread-safe. */
final class Attempt {
  private static final int MAX_PROFILE_CHARS = 64;

  private final String kind;
  private final long began = System.nanoTime();
  private @Nullable Caller caller;
  private @Nullable String profile;
  private @Nullable String object;

  Attempt(String kind) {
    this.kind = kind;
  }

  void by(Caller known) {
    caller = known;
  }

  /**
   * Keeps the start of the requested name, because the client can send any text. A profile's name
   * has at most 63 characters, so a shortened text never equals one.
   */
  void profile(String name) {
    profile = name.length() > MAX_PROFILE_CHARS ? name.substring(0, MAX_PROFILE_CHARS) : name;
  }

  /** Keeps the granted object, whose event follows. */
  void object(String granted) {
    object = granted;
  }

  /** Returns the event of the granted object; empty if the request granted nothing. */
  Optional<GrantEvent> granted() {
    return Optional.ofNullable(object).map(this::granted);
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
