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

/** The keys this OSS knows; STS adds to them. Thread-safe. */
public final class AccessKeys {
  /** How long an expired key is told from an unknown one. */
  private static final Duration REMEMBERED = Duration.ofDays(1);

  private final Map<String, AccessKey> given = new LinkedHashMap<>();
  private final ConcurrentMap<String, AccessKey> sessions = new ConcurrentHashMap<>();

  public AccessKeys(Collection<AccessKey> keys) {
    keys.forEach(key -> given.put(key.id(), key));
  }

  /** Makes a key known that STS has just made, and forgets those that expired long ago. */
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

  /** Every key there is now. */
  public Stream<AccessKey> all() {
    return Stream.concat(given.values().stream(), sessions.values().stream());
  }

  /** Whether STS issued this token, to whatever key. */
  public boolean isKnownToken(String token) {
    return all().flatMap(key -> key.token().stream()).anyMatch(known -> known.text().equals(token));
  }

  /** The keys a user named, and how many STS made: this ends up in logs. */
  @Override
  public String toString() {
    return given.keySet() + (sessions.isEmpty() ? "" : " and " + sessions.size() + " of STS");
  }
}
