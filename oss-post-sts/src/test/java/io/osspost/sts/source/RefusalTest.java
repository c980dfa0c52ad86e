package io.osspost.sts.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefusalTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"\\n", "\\r", "\\u0000", "\\u0085", "\\u2028", "\\u2029", "\\u202e", "\\ud800"})
  void answerCannotForgeALineOfTheLog(String escape) {
    String body = "{\"Code\":\"No\",\"Message\":\"a" + escape + "b\"}";
    assertThat(Refusal.read("STS", 403, body.getBytes(UTF_8)).fact())
        .isEqualTo("STS answered 403 No: a b");
  }
}
