package io.osspost.sts.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.osspost.credentials.CredentialsUnavailableException;
import io.osspost.credentials.OssCredentials;
import io.osspost.credentials.OssCredentialsProvider;
import io.osspost.emulator.OssEmulator;
import io.osspost.sts.FaultySts;
import io.osspost.sts.FaultySts.Fault;
import io.osspost.sts.StsRole;
import io.osspost.sts.TestUploads;
import io.osspost.sts.source.AssumedRole;
import io.osspost.sts.source.RoleSession;
import io.osspost.sts.source.ServerClock;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Failures of STS, and their effect on uploads. */
class FaultsTest {
  private final VirtualTime time = new VirtualTime();
  private OssEmulator oss;
  private FaultySts sts;

  /**
   * The credentials are valid for 15 minutes, and are refreshed 5 minutes and 15 seconds before
   * they expire.
   */
  private CachedCredentials cache;

  @BeforeEach
  void start() throws IOException {
    time.pass(Duration.between(time.instant(), Instant.now()));
    oss = OssEmulator.builder().stsPort(0).clock(time).start();
    sts = new FaultySts(oss.stsEndpoint());
    cache = cold();
  }

  private CachedCredentials cold() {
    OssCredentialsProvider caller =
        OssCredentialsProvider.of(OssCredentials.of(oss.accessKeyId(), oss.accessKeySecret()));
    RoleSession role =
        RoleSession.of(oss.roleArn()).at(sts.endpoint()).withDuration(Duration.ofMinutes(15));
    return new CachedCredentials(
        new AssumedRole(role, caller, new ServerClock(time)), time, () -> 0.5);
  }

  @AfterEach
  void stop() throws IOException {
    cache.close();
    sts.close();
    oss.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DOWN            | does not answer",
        "BROKEN          | 500 InternalError: STS Server Internal Error",
        "THROTTLED       | 400 Throttling.User",
        "MALFORMED       | did not return credentials",
        "WITHOUT_KEYS    | did not return credentials",
        "PROXY_PAGE      | did not return credentials",
        "OVER_ON_ARRIVAL | which have expired",
      })
  @Execution(ExecutionMode.CONCURRENT)
  void faultAndOutcome(Fault fault, String cause) {
    outcome(fault, cause);
  }

  /** Each attempt takes the maximum time. */
  @Test
  @Tag("full")
  @Execution(ExecutionMode.CONCURRENT)
  void anStsThatHangsIsLikeOneThatIsDown() {
    outcome(Fault.HANGING, "Read timed out");
  }

  private void outcome(Fault fault, String cause) {
    first(cache);
    assertThat(TestUploads.statusOfUpload(oss, cache)).isEqualTo(200);

    // While the credentials are valid, no upload is affected.
    sts.fault = fault;
    time.pass(Duration.ofSeconds(586));
    assertThat(sts.calls).as("it was tried to renew them").hasValueGreaterThan(1);
    assertThat(TestUploads.statusOfUpload(oss, cache)).isEqualTo(200);
    time.jump(Duration.ofSeconds(840 - 586 - 1));
    assertThat(TestUploads.statusOfUpload(oss, cache)).isEqualTo(200);

    // Without valid credentials, callers are refused at once between retries, with the cause and
    // without a secret.
    time.jump(Duration.ofSeconds(2));
    int calls = sts.calls.get();
    assertThatExceptionOfType(CredentialsUnavailableException.class)
        .isThrownBy(cache::resolve)
        .withMessageContaining(cause)
        .satisfies(FaultsTest::holdsNoSecret);
    assertThat(sts.calls).as("between tries unknown asks").hasValue(calls);

    // The cache recovers within one delay.
    sts.fault = Fault.NONE;
    time.pass(Duration.ofSeconds(30));
    assertThat(TestUploads.statusOfUpload(oss, cache)).isEqualTo(200);
  }

  private static void holdsNoSecret(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      assertThat(String.valueOf(cause))
          .doesNotContain("s3cret")
          .doesNotContain("Emulator" + "AccessKeySecret");
    }
  }

  /** Lets this thread fetch the first credentials. */
  private void first(CachedCredentials cold) {
    ExecutorService caller = Executors.newSingleThreadExecutor();
    try {
      Future<OssCredentials> keys = caller.submit(cold::resolve);
      while (!keys.isDone()) {
        time.pass(Duration.ZERO);
        Thread.onSpinWait();
      }
    } finally {
      caller.shutdown();
    }
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void firstCallerFailsWithinTheFetchLimit() {
    sts.fault = Fault.HANGING;
    OssCredentialsProvider caller =
        OssCredentialsProvider.of(OssCredentials.of(oss.accessKeyId(), oss.accessKeySecret()));
    StsRole role = StsRole.of(oss.roleArn()).endpoint(sts.endpoint());
    long began = System.nanoTime();
    try (OssCredentialsProvider signing = role.assumedBy(caller)) {
      assertThatExceptionOfType(CredentialsUnavailableException.class).isThrownBy(signing::resolve);
    }
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(11));
  }

  /**
   * Uses virtual threads where they exist: ten thousand callers; otherwise some hundred threads.
   */
  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void manyColdCallersBehindASlowStsCostOneCall() throws Exception {
    boolean virtual = Runtime.version().feature() >= 21;
    int count = virtual ? 10_000 : 400;
    ExecutorService callers =
        virtual
            ? (ExecutorService)
                Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null)
            : Executors.newFixedThreadPool(count);
    sts.delayMillis = 7_000;
    OssCredentialsProvider caller =
        OssCredentialsProvider.of(OssCredentials.of(oss.accessKeyId(), oss.accessKeySecret()));
    StsRole role = StsRole.of(oss.roleArn()).endpoint(sts.endpoint());
    try (OssCredentialsProvider signing = role.assumedBy(caller)) {
      List<Future<OssCredentials>> answers = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        answers.add(callers.submit(signing::resolve));
      }
      OssCredentials keys = answers.get(0).get(15, TimeUnit.SECONDS);
      for (Future<OssCredentials> answer : answers) {
        assertThat(answer.get(15, TimeUnit.SECONDS)).isSameAs(keys);
      }
    } finally {
      callers.shutdownNow();
    }
    assertThat(sts.calls).hasValue(1);
  }

  @ParameterizedTest
  @CsvSource({"1200", "-1200", "3600", "-3600", "250", "-250", "0"})
  void aWrongClockStillSignsWhatOssTakes(int secondsAhead) throws IOException {
    Clock right = Clock.offset(Clock.systemUTC(), Duration.ofSeconds(-secondsAhead));
    try (OssEmulator elsewhere = OssEmulator.builder().stsPort(0).clock(right).start()) {
      OssCredentialsProvider caller =
          OssCredentialsProvider.of(
              OssCredentials.of(elsewhere.accessKeyId(), elsewhere.accessKeySecret()));
      StsRole role = StsRole.of(elsewhere.roleArn()).endpoint(elsewhere.stsEndpoint().toString());
      try (OssCredentialsProvider signing =
          role.duration(Duration.ofMinutes(15)).assumedBy(caller)) {
        signing.resolve();
        assertThat(TestUploads.statusOfUpload(elsewhere, signing)).isEqualTo(200);
        assertThat(Duration.between(right.instant(), signing.clock().instant()).abs())
            .isLessThan(Duration.ofMinutes(5));
      }
    }
  }
}
