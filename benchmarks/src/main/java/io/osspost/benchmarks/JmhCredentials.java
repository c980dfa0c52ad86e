package io.osspost.benchmarks;

import io.osspost.credentials.OssCredentials;
import io.osspost.sts.cache.CachedCredentials;
import io.osspost.sts.source.CredentialsSource;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** The cost of fetched credentials per grant: one look at the cache and one at the clock. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class JmhCredentials {
  private final CachedCredentials credentials =
      CachedCredentials.of(
          new CredentialsSource() {
            @Override
            public String name() {
              return "a benchmark";
            }

            @Override
            public OssCredentials fetch() {
              return OssCredentials.temporary(
                  "STS.id", "secret", "token", Instant.now().plusSeconds(3600));
            }
          });

  @Setup
  public void fetch() {
    credentials.resolve();
  }

  @Benchmark
  public OssCredentials resolve() {
    return credentials.resolve();
  }

  @TearDown
  public void close() {
    credentials.close();
  }
}
