package io.osspost.emulator.internal.metadata;

import io.osspost.emulator.internal.auth.AccessKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The keys of an instance's role: the same for all requests until half of their lifetime is over.
 * Then new ones are issued, and the old ones remain valid until they expire. Thread-safe.
 */
public final class InstanceKeys {
  private final Supplier<AccessKey> session;
  private final Duration life;
  private final Clock clock;
  private @Nullable Issued current;

  /**
   * Creates the source of keys. It issues the first key at the first request.
   *
   * @param session opens a session of {@code life}
   */
  public InstanceKeys(Supplier<AccessKey> session, Duration life, Clock clock) {
    this.session = session;
    this.life = life;
    this.clock = clock;
  }

  /** Keys, and the time of their issue. */
  record Issued(AccessKey key, Instant at) {}

  synchronized Issued current() {
    Instant now = clock.instant();
    Issued issued = current;
    if (issued == null || Duration.between(issued.at(), now).compareTo(life.dividedBy(2)) >= 0) {
      issued = new Issued(session.get(), now.truncatedTo(ChronoUnit.SECONDS));
      current = issued;
    }
    return issued;
  }
}
