package io.osspost.profile;

import io.osspost.wire.UtcTime;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.UUID;

/**
 * Names an object inside its directory if the client states the file's name. Called once per grant,
 * from any thread.
 */
@FunctionalInterface
public interface KeyNaming {
  /**
   * {@return the part of the key after the directory} It may contain slashes, but must not begin
   * with one or contain the segment {@code ..}.
   *
   * @param caller the caller that uploads; may be anonymous
   * @param file the client's file name, cleaned
   * @param now the instant of the grant
   */
  String name(Caller caller, FileName file, Instant now);

  /**
   * {@return a naming like {@code 7c9e6679-….png}} No two uploads have the same name, and nothing
   * of the client's name is kept.
   */
  static KeyNaming uuid() {
    return (caller, file, now) -> UUID.randomUUID() + file.extension();
  }

  /**
   * {@return a naming like {@code 20241127/7c9e6679-….png}: that of {@link #uuid}, in a directory
   * of the UTC day}
   */
  static KeyNaming dateUuid() {
    return dateUuid(ZoneOffset.UTC);
  }

  /**
   * {@return a naming like that of {@link #dateUuid()}, with the day in another time zone}
   *
   * @param zone such as {@code Asia/Shanghai}
   */
  static KeyNaming dateUuid(ZoneId zone) {
    Objects.requireNonNull(zone, "zone");
    return (caller, file, now) ->
        UtcTime.day(now, zone) + "/" + UUID.randomUUID() + file.extension();
  }

  /** {@return a naming like {@code holiday photo.png}: the client's name, cleaned} */
  static KeyNaming asNamed() {
    return (caller, file, now) -> file.toString();
  }
}
