package io.osspost.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A resource is closed once, after its last use. */
class UseCountTest {
  private final AtomicInteger closings = new AtomicInteger();
  private final UseCount uses = new UseCount(closings::incrementAndGet);

  @Test
  void closesAfterTheLastUse() {
    assertThat(uses.begin()).isTrue();
    assertThat(uses.begin()).isTrue();
    uses.finish();
    uses.end();
    assertThat(uses.begin()).as("after the end").isFalse();
    assertThat(closings).hasValue(0);
    uses.finish();
    assertThat(closings).hasValue(1);
    uses.end();
    assertThat(closings).hasValue(1);
  }

  @Test
  void closesAtOnceWithoutUses() {
    uses.begin();
    uses.finish();
    assertThat(closings).hasValue(0);
    uses.end();
    assertThat(closings).hasValue(1);
  }

  @Test
  void noUseSeesAClosedResource() throws Exception {
    for (int round = 0; round < 200; round++) {
      AtomicBoolean closed = new AtomicBoolean();
      UseCount count = new UseCount(() -> closed.set(true));
      ExecutorService threads = Executors.newFixedThreadPool(4);
      List<Future<Boolean>> seen = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        seen.add(
            threads.submit(
                () -> {
                  boolean wasClosed = false;
                  while (count.begin()) {
                    wasClosed |= closed.get();
                    count.finish();
                  }
                  return wasClosed;
                }));
      }
      threads.submit(count::end).get();
      for (Future<Boolean> wasClosed : seen) {
        assertThat(wasClosed.get()).isFalse();
      }
      assertThat(closed).isTrue();
      threads.shutdown();
    }
  }
}
