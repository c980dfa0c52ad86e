package io.osspost.emulator.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressTest {

  @ParameterizedTest
  @CsvSource({
    // Columns: path, bucket, key.
    "/examplebucket/a/b.png, examplebucket, a/b.png",
    "/examplebucket/, examplebucket, ''",
    "/examplebucket, examplebucket, ''",
    "/, '', ''",
    "/b/a%2Fb%20c+d%E5%AD%97, b, a/b c+d字",
  })
  void pathNamesTheBucketIfTheHostDoesNot(String path, String bucket, String key) {
    assertThat(Address.of(Optional.empty(), path)).isEqualTo(new Address(bucket, key, true));
  }

  @Test
  void pathIsTheKeyIfTheHostNamesTheBucket() {
    assertThat(Address.of(Optional.of("b"), "/a//../b/"))
        .isEqualTo(new Address("b", "a//../b/", false));
    assertThat(Address.of(Optional.of("b"), "/")).isEqualTo(new Address("b", "", false));
  }
}
