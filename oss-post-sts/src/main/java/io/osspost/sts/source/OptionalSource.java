package io.osspost.sts.source;

import io.osspost.credentials.CredentialsUnavailableException;
import io.osspost.credentials.OssCredentials;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A source that is created at the first fetch, because its configuration may be missing. */
final class OptionalSource implements CredentialsSource {
  private final String name;
  private final Supplier<CredentialsSource> open;
  private volatile @Nullable CredentialsSource opened;

  /**
   * Does not create the source yet.
   *
   * @param open creates the source, or throws an exception that explains how to configure it
   */
  OptionalSource(String name, Supplier<CredentialsSource> open) {
    this.name = name;
    this.open = open;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public OssCredentials fetch() {
    CredentialsSource source = opened;
    if (source == null) {
      try {
        source = open.get();
      } catch (RuntimeException e) {
        throw new CredentialsUnavailableException(String.valueOf(e.getMessage()), e);
      }
      opened = source;
    }
    return source.fetch();
  }

  @Override
  public Optional<Duration> rereadAfter() {
    CredentialsSource source = opened;
    return source == null ? Optional.empty() : source.rereadAfter();
  }

  @Override
  public Clock clock() {
    CredentialsSource source = opened;
    return source == null ? Clock.systemUTC() : source.clock();
  }
}
