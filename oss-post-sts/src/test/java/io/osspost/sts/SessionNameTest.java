package io.osspost.sts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionNameTest {
  @ParameterizedTest
  @CsvSource({
    "alice, alice",
    "alice@example.com, alice@example.com",
    "a_b, a_5Fb",
    "a b, a_20b",
    "a, _61",
    "王, _E7_8E_8B"
  })
  void aNameIsKeptAsFarAsStsTakesIt(String principal, String name) {
    assertThat(SessionName.of(Optional.of(principal))).isEqualTo(name);
  }

  @Test
  void everyCallerHasADistinctValidName() {
    List<String> principals =
        List.of(
            "x".repeat(64),
            "x".repeat(65),
            "x".repeat(66),
            "_nobody",
            "unknown",
            "_h",
            "*",
            "/",
            "王".repeat(30),
            "_61",
            "a");
    Set<String> names = new HashSet<>(Set.of(SessionName.of(Optional.empty())));
    for (String principal : principals) {
      String name = SessionName.of(Optional.of(principal));
      assertThat(name).matches("[A-Za-z0-9.@_-]{2,64}");
      assertThat(names.add(name)).as(principal).isTrue();
    }
  }
}
