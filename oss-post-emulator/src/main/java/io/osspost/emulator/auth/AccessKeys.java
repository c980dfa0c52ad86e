package io.osspost.emulator.auth;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The keys this OSS knows. Immutable. */
public final class AccessKeys {
  private final Map<String, AccessKey> byId = new LinkedHashMap<>();

  public AccessKeys(Collection<AccessKey> keys) {
    keys.forEach(key -> byId.put(key.id(), key));
  }

  public Optional<AccessKey> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  public Collection<AccessKey> all() {
    return Collections.unmodifiableCollection(byId.values());
  }

  /** Whether STS issued this token, to whatever key. */
  public boolean isKnownToken(String token) {
    return byId.values().stream()
        .flatMap(key -> key.token().stream())
        .anyMatch(known -> known.text().equals(token));
  }

  @Override
  public String toString() {
    return "AccessKeys" + byId.keySet();
  }
}
