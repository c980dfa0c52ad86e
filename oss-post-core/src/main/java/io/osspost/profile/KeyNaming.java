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
   * {@return the number of bytes of the longest name in UTF-8, without the extension} It is used at
   * startup, to check the length of tickets with variables. Defaults to 200.
   */
  default int longestName() {
    return 200;
  }

  /**
   * {@return a naming like {@code 7c9e6679-….png}} No two uploads have the same name, and nothing
   * of the client's name is kept.
   */
  static KeyNaming uuid() {
    return new ShortNaming(
        (caller, file, now) -> UUID.randomUUID() + file.extension(), ShortNaming.UUID);
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
    return new ShortNaming(
        (caller, file, now) -> UtcTime.day(now, zone) + "/" + UUID.randomUUID() + file.extension(),
        ShortNaming.DAY_AND_UUID);
  }

  /** {@return a naming like {@code holiday photo.png}: the client's name, cleaned} */
  static KeyNaming asNamed() {
    return (caller, file, now) -> file.toString();
  }
}
