package io.osspost.benchmarks;

import io.osspost.credentials.OssCredentials;
import io.osspost.object.ObjectKey;
import io.osspost.object.OssBucket;
import io.osspost.sign.ObjectRequest;
import io.osspost.sign.PresignedUrl;
import io.osspost.sign.SignatureVersion;
import io.osspost.sign.UrlSigner;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
import org.openjdk.jmh.annotations.Warmup;

/** The URLs of 100 parts with signed lengths, and the hashes alone that they need. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class JmhParts {
  private static final int PARTS = 100;
  private static final String UPLOAD_ID = "0004B9894A22E5B1888A1E29F8236E2D";

  private final UrlSigner signer =
      UrlSigner.of(OssBucket.of(Task.BUCKET, Task.REGION), SignatureVersion.V4);
  private final ObjectKey key = new ObjectKey(Task.key("user-1234567"));
  private final Task task = new Task(Task.Keys.temporary(), Clock.systemUTC());
  private final OssCredentials credentials =
      OssCredentials.temporary(
          task.keys().id(),
          task.keys().secret(),
          task.keys().token(),
          Instant.now().plus(Duration.ofDays(1)));
  private Granter hashes = caller -> new byte[0];

  /** Prepares the hashes of a part's URL. */
  @Setup
  public void open() {
    hashes = Bounds.bareUrlSignature(task, url(PARTS).toBytes());
  }

  /** {@return the URLs} */
  @Benchmark
  public List<PresignedUrl> urls() {
    List<PresignedUrl> urls = new ArrayList<>(PARTS);
    for (int number = 1; number <= PARTS; number++) {
      urls.add(url(number));
    }
    return urls;
  }

  /** {@return the last signature} */
  @Benchmark
  public byte[] hashes() {
    byte[] signature = new byte[0];
    for (int number = 1; number <= PARTS; number++) {
      signature = hashes.grant("");
    }
    return signature;
  }

  private PresignedUrl url(int number) {
    ObjectRequest part =
        ObjectRequest.uploadPart(key, UPLOAD_ID, number).header("Content-Length", "8388608");
    return signer.sign(part, credentials, task.now(), Duration.ofMinutes(15));
  }
}
