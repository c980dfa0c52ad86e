package io.osspost.emulator.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.osspost.emulator.OssEmulator;
import io.osspost.emulator.testing.RawHttp;
import java.io.IOException;
import java.net.ConnectException;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

class OssEmulatorExtensionTest {

  @Nested
  @ExtendWith(OssEmulatorExtension.class)
  class OfATest {
    private static final Set<OssEmulator> SEEN = new HashSet<>();
    private OssEmulator prepared;

    @BeforeEach
    void prepare(OssEmulator oss) {
      prepared = oss;
    }

    @RepeatedTest(2)
    void everyTestHasItsOwnAndItsMethodsShareIt(OssEmulator oss) throws IOException {
      assertThat(oss).isSameAs(prepared);
      assertThat(SEEN.add(oss)).isTrue();
      RawHttp.connect(oss.port()).close();
    }

    @AfterAll
    static void allAreClosed() {
      assertThat(SEEN).hasSize(2);
      for (OssEmulator oss : SEEN) {
        assertThatThrownBy(() -> RawHttp.connect(oss.port())).isInstanceOf(ConnectException.class);
      }
    }
  }

  @Nested
  @ExtendWith(OssEmulatorExtension.class)
  class OfAClass {
    private static OssEmulator first;

    @BeforeAll
    static void ask(OssEmulator oss) {
      first = oss;
    }

    @RepeatedTest(2)
    void testsShareTheEmulatorOfTheClass(OssEmulator oss) throws IOException {
      assertThat(oss).isSameAs(first);
      RawHttp.connect(oss.port()).close();
    }
  }

  @Nested
  @ExtendWith(OssEmulatorExtension.class)
  class OfAConstructor {
    private final OssEmulator mine;

    OfAConstructor(OssEmulator oss) {
      mine = oss;
    }

    @Test
    void constructorAndTestShareIt(OssEmulator oss) {
      assertThat(oss).isSameAs(mine);
    }
  }

  @Nested
  class WithSettings {
    @RegisterExtension
    static final OssEmulatorExtension EMULATOR =
        new OssEmulatorExtension(
            () -> OssEmulator.builder().bucket("another-bucket").stsPort(0).start());

    @Test
    void supplierStartsTheEmulator(OssEmulator oss) {
      assertThat(oss.bucket()).isEqualTo("another-bucket");
      assertThat(oss.stsEndpoint().getPort()).isPositive();
    }
  }
}
