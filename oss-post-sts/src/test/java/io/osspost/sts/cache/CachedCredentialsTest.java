package io.osspost.sts.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.osspost.credentials.CredentialsUnavailableException;
import io.osspost.credentials.OssCredentials;
import io.osspost.credentials.OssCredentialsProvider;
import io.osspost.sts.source.CredentialsSource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class CachedCredentialsTest {
  private static final Duration HOUR = Duration.ofHours(1);

  private final VirtualTime time = new VirtualTime();
  private final FakeSource source = new FakeSource(time, HOUR);
  private final CachedCredentials cache = new CachedCredentials(source, time, () -> 0.5);
  private final ExecutorService callers = Executors.newCachedThreadPool();

  @AfterEach
  void stop() {
    callers.shutdownNow();
    cache.close();
  }

  /** Resolves as callers do, while the timer's thread, which is this one here, fetches. */
  private OssCredentials resolve() {
    Future<OssCredentials> caller = callers.submit(cache::resolve);
    while (!caller.isDone()) {
      time.pass(Duration.ZERO);
      Thread.onSpinWait();
    }
    try {
      return caller.get();
    } catch (java.util.concurrent.ExecutionException e) {
      throw (RuntimeException) e.getCause();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void fetchesAtTheFirstCall() {
    time.pass(HOUR);
    assertThat(source.calls).hasValue(0);
  }

  @Test
  void eachRefreshLogsTheTimeOfTheNext() {
    List<String> lines = new CopyOnWriteArrayList<>();
    Logger logger = Logger.getLogger(CachedCredentials.class.getName());
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord line) {
            if (line.getLevel().equals(Level.FINE)) {
              lines.add(line.getMessage());
            }
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    logger.setLevel(Level.FINE);
    logger.addHandler(handler);
    try {
      resolve();
      time.pass(HOUR);
      assertThat(lines).hasSize(source.calls.get()).hasSizeGreaterThan(1);
      // An hour minus a fifth of it, and minus half of a tenth of that fifth.
      assertThat(lines.get(0))
          .contains(source.name())
          .contains("the next refresh is at 2026-11-22T10:47:24Z")
          .doesNotContain(resolve().accessKeySecret());
    } finally {
      logger.removeHandler(handler);
      logger.setLevel(null);
    }
  }

  @Test
  void unchangedCredentialsKeepTheInstance() {
    OssCredentials first = resolve();
    time.pass(Duration.ofMinutes(40));
    assertThat(cache.resolve()).isSameAs(first);
    assertThat(source.calls).hasValue(1);
  }

  @Test
  @Timeout(5)
  void doesNotWaitForASourceThatHangs() throws Exception {
    CountDownLatch answers = new CountDownLatch(1);
    try (CachedCredentials hanging =
        CachedCredentials.of(
            new CredentialsSource() {
              @Override
              public OssCredentials fetch() {
                try {
                  answers.await();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
                return OssCredentials.temporary(
                    "STS.id", "secret", "token", Instant.now().plusSeconds(3600));
              }

              @Override
              public String name() {
                return "the test";
              }
            })) {
      assertThatExceptionOfType(CredentialsUnavailableException.class)
          .isThrownBy(hanging::resolveWithoutWaiting)
          .withMessageContaining("has not answered");
      answers.countDown();
      OssCredentials fetched = hanging.resolve();
      assertThat(hanging.resolveWithoutWaiting()).isSameAs(fetched);
    }
  }

  @Test
  void aSessionOfFifteenMinutesIsFetchedOnceInItsFirstNine() {
    source.returns(Duration.ofMinutes(15));
    resolve();
    for (int second = 0; second < 540; second++) {
      cache.resolve();
      time.pass(Duration.ofSeconds(1));
    }
    assertThat(source.calls).hasValue(1);
  }

  @Test
  void refreshesBeforeExpirationWithoutCalls() {
    OssCredentials first = resolve();
    time.pass(Duration.ofMinutes(48));
    assertThat(source.calls).hasValue(2);
    assertThat(cache.resolve()).isNotSameAs(first);
    time.pass(Duration.ofHours(10));
    assertThat(source.calls).hasValueBetween(12, 15);
  }

  @Test
  void noCallerWaitsWhileKeysAreRenewed() throws Exception {
    OssCredentials first = resolve();
    CountDownLatch asked = new CountDownLatch(1);
    CompletableFuture<OssCredentials> answer = new CompletableFuture<>();
    source.answer =
        () -> {
          asked.countDown();
          return answer.join();
        };
    Future<?> background = callers.submit(() -> time.pass(Duration.ofMinutes(48)));
    assertThat(asked.await(5, TimeUnit.SECONDS)).isTrue();

    assertThat(cache.resolve()).isSameAs(first);

    OssCredentials second =
        OssCredentials.temporary("STS.two", "secret", "token", time.instant().plus(HOUR));
    answer.complete(second);
    background.get(5, TimeUnit.SECONDS);
    assertThat(cache.resolve()).isSameAs(second);
  }

  @Test
  void credentialsRemainUsableDuringAnOutage() {
    OssCredentials first = resolve();
    source.fails();
    time.pass(Duration.ofMinutes(58));
    assertThat(cache.resolve()).isSameAs(first);
    time.pass(Duration.ofSeconds(59));
    assertThat(cache.resolve()).isSameAs(first);
    time.pass(Duration.ofSeconds(2));
    assertThatExceptionOfType(CredentialsUnavailableException.class)
        .isThrownBy(cache::resolve)
        .withMessageContaining("STS answered 500");
  }

  @Test
  void operatorsSeeHowFetchingWent() {
    resolve();
    assertThat(cache.refreshes())
        .contains(new OssCredentialsProvider.Refreshes(1, 0, Optional.empty()));
    source.fails();
    time.pass(Duration.ofMinutes(50));
    OssCredentialsProvider.Refreshes failing = cache.refreshes().orElseThrow();
    assertThat(failing.succeeded()).isEqualTo(1);
    assertThat(failing.failed()).isPositive();
    assertThat(failing.lastFailure().orElseThrow().message()).contains("STS answered 500");
    assertThat(failing.lastFailure().orElseThrow().at()).isBeforeOrEqualTo(time.instant());
    source.returns(Duration.ofHours(1));
    time.pass(Duration.ofMinutes(1));
    OssCredentialsProvider.Refreshes mended = cache.refreshes().orElseThrow();
    assertThat(mended.succeeded()).isGreaterThan(1);
    assertThat(mended.failed()).isEqualTo(failing.failed());
    assertThat(mended.lastFailure()).isEmpty();
  }

  @Test
  void retriesAtGrowingIntervals() {
    resolve();
    source.fails();
    time.pass(Duration.ofMinutes(47));
    int before = source.calls.get();
    time.pass(Duration.ofMinutes(10));
    assertThat(source.calls.get() - before).isBetween(15, 25);
  }

  @Test
  void recoversWithinOneInterval() {
    source.fails();
    assertThatExceptionOfType(CredentialsUnavailableException.class).isThrownBy(this::resolve);
    time.pass(Duration.ofMinutes(10));
    source.returns(HOUR);
    time.pass(Duration.ofSeconds(30));
    assertThat(cache.resolve().accessKeyId()).startsWith("STS.id");
  }

  @Test
  void callersWithoutCredentialsFailBetweenRetries() {
    source.fails();
    assertThatExceptionOfType(CredentialsUnavailableException.class).isThrownBy(this::resolve);
    assertThatExceptionOfType(CredentialsUnavailableException.class)
        .isThrownBy(cache::resolve)
        .withMessageContaining("STS answered 500. Wait.");
    assertThat(source.calls).hasValue(1);
  }

  @Test
  void expiredCredentialsDoNotReplaceValidOnes() {
    OssCredentials first = resolve();
    source.returns(Duration.ofSeconds(30));
    time.pass(Duration.ofMinutes(55));
    assertThat(cache.resolve()).isSameAs(first);
    time.pass(Duration.ofMinutes(5));
    assertThatExceptionOfType(CredentialsUnavailableException.class)
        .isThrownBy(this::resolve)
        .withMessageContaining("Correct this machine's clock");
  }

  @Test
  void equalCredentialsKeepTheInstance() {
    OssCredentials first = resolve();
    source.answer =
        () ->
            OssCredentials.temporary(
                first.accessKeyId(),
                first.accessKeySecret(),
                first.securityToken().orElseThrow(),
                first.expiration().orElseThrow());
    time.pass(Duration.ofMinutes(50));
    assertThat(source.calls).hasValueGreaterThan(1);
    assertThat(cache.resolve()).isSameAs(first);
  }

  @Test
  void permanentCredentialsAreNeverRefreshed() {
    source.answer = () -> OssCredentials.of("id", "secret");
    resolve();
    assertThat(time.waiting()).isZero();
    time.pass(Duration.ofDays(400));
    cache.resolve();
    assertThat(source.calls).hasValue(1);
  }

  @Test
  void credentialsWithoutExpirationAreReadAgainIfTheirSourceSaysSo() {
    source.answer = () -> OssCredentials.of("id" + source.calls.get(), "secret");
    source.rereadAfter = Optional.of(Duration.ofMinutes(1));
    OssCredentials first = resolve();
    time.pass(Duration.ofSeconds(59));
    assertThat(resolve()).isSameAs(first);
    assertThat(source.calls).hasValue(1);
    time.pass(Duration.ofSeconds(1));
    resolve();
    time.pass(Duration.ZERO);
    assertThat(source.calls).hasValue(2);
    assertThat(resolve()).isNotEqualTo(first);
  }

  @Test
  void theFailureOfASourceThatBreaksIsNamed() {
    source.answer =
        () -> {
          throw new IllegalStateException("broken");
        };
    assertThatExceptionOfType(CredentialsUnavailableException.class)
        .isThrownBy(this::resolve)
        .withMessageContaining("A fake failed")
        .withMessageContaining("broken");
  }

  @Test
  void closedCacheReturnsNothing() {
    resolve();
    cache.close();
    assertThat(source.closed).isTrue();
    assertThat(time.waiting()).isZero();
    assertThatExceptionOfType(CredentialsUnavailableException.class)
        .isThrownBy(cache::resolve)
        .withMessageContaining("closed");
  }

  @Test
  void manyColdCallersShareOneFetchAndNoThreadStays() throws Exception {
    CountDownLatch slow = new CountDownLatch(1);
    FakeSource real = new FakeSource(Clock.systemUTC(), HOUR);
    real.answer =
        () -> {
          try {
            slow.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          return OssCredentials.temporary(
              "STS.id", "secret", "token", Clock.systemUTC().instant().plus(HOUR));
        };
    List<Future<OssCredentials>> answers = new ArrayList<>();
    try (CachedCredentials shared = CachedCredentials.of(real)) {
      for (int i = 0; i < 300; i++) {
        answers.add(callers.submit(shared::resolve));
      }
      slow.countDown();
      for (Future<OssCredentials> answer : answers) {
        assertThat(answer.get(10, TimeUnit.SECONDS)).isSameAs(answers.get(0).get());
      }
    }
    assertThat(real.calls).hasValue(1);
    TimeUnit.MILLISECONDS.sleep(200);
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().startsWith("oss-post credentials"));
  }
}
