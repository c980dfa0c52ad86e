package io.osspost.sts.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.osspost.credentials.CredentialsUnavailableException;
import io.osspost.credentials.OssCredentials;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** An hour in which the source fails at random, with 64 signing threads. */
class SoakTest {
  @Test
  void noGrantIsSignedWithAnExpiredOrMixedKey() throws Exception {
    VirtualTime time = new VirtualTime();
    Random random = new Random(20261122);
    FakeSource source = new FakeSource(time, Duration.ofMinutes(15));
    CachedCredentials cache = new CachedCredentials(source, time, random::nextDouble);
    ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();
    AtomicBoolean over = new AtomicBoolean();
    AtomicLong served = new AtomicLong();
    AtomicLong refused = new AtomicLong();
    CountDownLatch ended = new CountDownLatch(64);
    for (int i = 0; i < 64; i++) {
      Thread caller =
          new Thread(
              () -> {
                while (!over.get()) {
                  Instant before = time.instant();
                  try {
                    check(cache.resolve(), before, wrong);
                    served.incrementAndGet();
                  } catch (CredentialsUnavailableException e) {
                    refused.incrementAndGet();
                  }
                  LockSupport.parkNanos(10_000);
                }
                ended.countDown();
              },
              "soak-" + i);
      caller.setDaemon(true);
      caller.start();
    }
    boolean failing = false;
    for (int second = 0; second < 3600; second++) {
      if (random.nextInt(90) == 0) {
        failing = !failing;
        if (failing) {
          source.fails();
        } else {
          source.returns(Duration.ofSeconds(random.nextBoolean() ? 900 : 70 + random.nextInt(200)));
        }
      }
      time.pass(Duration.ofSeconds(1));
      LockSupport.parkNanos(300_000);
    }
    over.set(true);
    cache.close();
    ended.await();

    assertThat(wrong).isEmpty();
    assertThat(served).hasValueGreaterThan(1000);
    assertThat(refused).as("faults were there").hasValueGreaterThan(0);
    assertThat(time.waiting()).isZero();
  }

  /** The source writes one number into id, secret and token. */
  private static void check(
      OssCredentials keys, Instant before, ConcurrentLinkedQueue<String> wrong) {
    String number = keys.accessKeyId().substring("STS.id".length());
    boolean mixed =
        !keys.accessKeySecret().equals("secret" + number)
            || !keys.securityToken().orElse("").equals("token" + number);
    if (mixed || !keys.expiration().orElseThrow().isAfter(before)) {
      wrong.add(keys + " at " + before);
    }
  }
}
