package io.osspost.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.osspost.object.ObjectKey;
import io.osspost.profile.Quota;
import io.osspost.profile.UploadRefusedException;
import io.osspost.profile.UploadRefusedException.Reason;
import io.osspost.ticket.GrantTerms;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Grants while the ledger does not answer. */
class GrantRecorderTest {
  private static final Instant NOW = Instant.parse("2026-05-04T10:00:00Z");

  private final FailingLedger ledger = new FailingLedger();

  @Test
  void grantsDoNotWaitOneByOneForALedgerThatIsDown() {
    GrantRecorder recorder = recorder(false, Duration.ofMinutes(5));
    for (int i = 0; i < 10; i++) {
      recorder.granted(terms(), Optional.empty(), Quota.none());
    }
    assertThat(ledger.calls).hasValue(1);
  }

  @Test
  void ledgerIsTriedAgainAfterThePause() throws InterruptedException {
    GrantRecorder recorder = recorder(false, Duration.ofMillis(50));
    recorder.granted(terms(), Optional.empty(), Quota.none());
    Thread.sleep(60);
    recorder.granted(terms(), Optional.empty(), Quota.none());
    assertThat(ledger.calls).as("failed again").hasValue(2);

    ledger.available = true;
    Thread.sleep(60);
    for (int i = 0; i < 10; i++) {
      recorder.granted(terms(), Optional.empty(), Quota.none());
    }
    assertThat(ledger.calls).as("all are recorded").hasValue(12);
  }

  @Test
  void requiredLedgerIsAskedForEveryGrant() {
    GrantRecorder recorder = recorder(true, Duration.ofMinutes(5));
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> recorder.granted(terms(), Optional.empty(), Quota.none()))
          .isInstanceOf(StoreUnavailableException.class);
    }
    assertThat(ledger.calls).hasValue(3);
  }

  @Test
  void limitOfOpenUploadsIsForUploadsInPartsAlone() {
    List<Object> calls = new ArrayList<>();
    QuotaLedger full =
        (QuotaLedger)
            Proxy.newProxyInstance(
                QuotaLedger.class.getClassLoader(),
                new Class<?>[] {QuotaLedger.class},
                (proxy, method, arguments) -> {
                  calls.add(arguments.length == 3 ? "unlimited" : arguments[arguments.length - 1]);
                  return arguments.length == 3 ? null : QuotaLedger.Room.TOO_MANY_OPEN;
                });
    GrantRecorder recorder = GrantRecorder.of(full, Duration.ofMinutes(10), false);
    Quota three = Quota.none().withOpenUploads(3);
    recorder.granted(terms(), Optional.empty(), three);
    assertThatThrownBy(() -> recorder.granted(terms(), Optional.of("UPLOAD"), three))
        .isInstanceOfSatisfying(
            UploadRefusedException.class,
            e -> assertThat(e.reason()).isEqualTo(Reason.TOO_MANY_OPEN_UPLOADS))
        .hasMessage(
            "You already have 3 uploads that are not completed, which is the limit. Complete or"
                + " cancel one of them, or wait until one has ended.");
    assertThatThrownBy(() -> recorder.requireRoom(terms(), three))
        .isInstanceOf(UploadRefusedException.class);
    assertThat(calls).containsExactly("unlimited", three, three);
  }

  private GrantRecorder recorder(boolean required, Duration pause) {
    return GrantRecorder.of(ledger.ledger(), Duration.ofMinutes(10), required, pause);
  }

  private static GrantTerms terms() {
    return GrantTerms.builder(UUID.randomUUID(), "examplebucket", NOW)
        .object("", Optional.of(new ObjectKey("a.png")))
        .mark(true)
        .expiresAt(NOW.plusSeconds(600))
        .build();
  }

  /** A ledger whose calls only count grants. */
  private static final class FailingLedger implements InvocationHandler {
    private final AtomicInteger calls = new AtomicInteger();
    private boolean available;

    UploadLedger ledger() {
      return (UploadLedger)
          Proxy.newProxyInstance(
              UploadLedger.class.getClassLoader(), new Class<?>[] {UploadLedger.class}, this);
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object[] arguments) {
      assertThat(method.getName()).isEqualTo("granted");
      calls.incrementAndGet();
      if (!available) {
        throw new StoreUnavailableException("The database does not answer.", new Exception());
      }
      return null;
    }
  }
}
