package io.osspost.sts.cache;

import io.osspost.credentials.CredentialsUnavailableException;
import io.osspost.credentials.OssCredentials;
import io.osspost.sts.source.CredentialsSource;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Returns numbered credentials, or does what a test configured instead. */
final class FakeSource implements CredentialsSource {
  private final Clock clock;
  final AtomicInteger calls = new AtomicInteger();
  volatile Supplier<OssCredentials> answer;
  volatile boolean closed;
  volatile Optional<Duration> rereadAfter = Optional.empty();

  FakeSource(Clock clock, Duration life) {
    this.clock = clock;
    returns(life);
  }

  void returns(Duration life) {
    answer =
        () -> {
          int number = calls.get();
          return OssCredentials.temporary(
              "STS.id" + number, "secret" + number, "token" + number, clock.instant().plus(life));
        };
  }

  void fails() {
    answer =
        () -> {
          throw new CredentialsUnavailableException("STS answered 500. Wait.");
        };
  }

  @Override
  public String name() {
    return "a fake";
  }

  @Override
  public OssCredentials fetch() {
    calls.incrementAndGet();
    return answer.get();
  }

  @Override
  public Optional<Duration> rereadAfter() {
    return rereadAfter;
  }

  @Override
  public Clock clock() {
    return clock;
  }

  @Override
  public void close() {
    closed = true;
  }
}
