package io.osspost.emulator.internal.auth;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Stream;

/** The keys that this OSS accepts, including those from STS. Thread-safe. */
public final class AccessKeys {
  /** The time for which an expired key is reported as expired. Afterwards it is unknown. */
  private static final Duration REMEMBERED = Duration.ofDays(1);

  private final Map<String, AccessKey> given = new LinkedHashMap<>();
  private final ConcurrentMap<String, AccessKey> sessions = new ConcurrentHashMap<>();

  public AccessKeys(Collection<AccessKey> keys) {
    keys.forEach(key -> given.put(key.id(), key));
  }

  /** Adds a key that STS just issued, and removes keys that expired long ago. */
  public void add(AccessKey session, Instant now) {
    Instant forgotten = now.minus(REMEMBERED);
    sessions
        .values()
        .removeIf(
            old -> old.token().filter(token -> token.expiry().isBefore(forgotten)).isPresent());
    sessions.put(session.id(), session);
  }

  public Optional<AccessKey> find(String id) {
    return Optional.ofNullable(given.get(id)).or(() -> Optional.ofNullable(sessions.get(id)));
  }

  /** Returns all keys. */
  public Stream<AccessKey> all() {
    return Stream.concat(given.values().stream(), sessions.values().stream());
  }

  /** Returns whether STS issued this token, for any key. */
  public boolean isKnownToken(String token) {
    return all().flatMap(key -> key.token().stream()).anyMatch(known -> known.text().equals(token));
  }

  /** Returns the configured keys and the number of temporary ones, because logs contain it. */
  @Override
  public String toString() {
    return given.keySet() + (sessions.isEmpty() ? "" : " and " + sessions.size() + " of STS");
  }
}
