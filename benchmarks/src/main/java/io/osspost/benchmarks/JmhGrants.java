package io.osspost.benchmarks;

import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The same contenders, each in its own JVM. It confirms the comparison, and serves profilers. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class JmhGrants {
  /** All contenders, unless JMH gets {@code -p contender=...}. */
  @Param({
    "OSS_POST",
    "OSS_POST_EXACT_V4",
    "OSS_POST_EXACT_FORM",
    "TUTORIAL",
    "TUTORIAL_REVIEWED",
    "ALIYUN_SDK_V4",
    "MINIO",
    "CAREFUL_JACKSON",
    "BARE_SIGNATURE",
    "FLOOR",
    "OSS_POST_URL",
    "OSS_POST_PUT",
    "ALIYUN_SDK_URL_V4",
    "BARE_URL_SIGNATURE"
  })
  String contender = "";

  private Granter granter = caller -> new byte[0];
  private int next;

  @Setup
  public void open() {
    granter = Contender.valueOf(contender).open(new Task(Task.Keys.temporary(), Clock.systemUTC()));
  }

  @Benchmark
  public byte[] grant() {
    return granter.grant(Sample.Callers.NAMES[next++ & Sample.Callers.MASK]);
  }
}
