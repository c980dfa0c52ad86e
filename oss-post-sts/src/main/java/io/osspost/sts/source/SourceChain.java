package io.osspost.sts.source;

import io.osspost.credentials.CredentialsUnavailableException;
import io.osspost.credentials.OssCredentials;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The first of several sources that has credentials. Afterwards only that source is used: if it is
 * down, another one would have another identity and other permissions.
 */
final class SourceChain implements CredentialsSource {
  private final List<CredentialsSource> sources;
  private volatile @Nullable CredentialsSource found;

  SourceChain(List<CredentialsSource> sources) {
    this.sources = List.copyOf(sources);
  }

  @Override
  public String name() {
    CredentialsSource known = found;
    return known == null ? "the chain of sources" : known.name();
  }

  @Override
  public OssCredentials fetch() {
    CredentialsSource known = found;
    if (known != null) {
      return known.fetch();
    }
    StringBuilder tried = new StringBuilder("No source has credentials. Tried, in order:");
    for (CredentialsSource source : sources) {
      try {
        OssCredentials credentials = source.fetch();
        found = source;
        return credentials;
      } catch (CredentialsUnavailableException e) {
        tried.append("\n  ").append(source.name()).append(": ").append(e.getMessage());
      }
    }
    throw new CredentialsUnavailableException(tried.toString());
  }

  @Override
  public Optional<Duration> rereadAfter() {
    CredentialsSource known = found;
    return known == null ? Optional.empty() : known.rereadAfter();
  }

  /** Returns the clock of the source in use; before there is one, the local clock. */
  @Override
  public Clock clock() {
    return new CurrentSourceClock();
  }

  @Override
  public void close() {
    sources.forEach(CredentialsSource::close);
  }

  /** The clock of the source in use. */
  private final class CurrentSourceClock extends Clock {
    private Clock current() {
      CredentialsSource known = found;
      return known == null ? systemUTC() : known.clock();
    }

    @Override
    public long millis() {
      return current().millis();
    }

    @Override
    public Instant instant() {
      return current().instant();
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return current().withZone(zone);
    }
  }
}
