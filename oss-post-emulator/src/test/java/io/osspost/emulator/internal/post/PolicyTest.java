package io.osspost.emulator.internal.post;

import static io.osspost.emulator.testing.TestSigner.base64;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2024-03-15T09:15:30Z",
        "2024-03-15T09:15:30.0Z",
        "2024-03-15T09:15:30.000Z",
        "2024-03-15T09:15:30.000000Z",
        "2024-03-15T09:15:30.000000000Z"
      })
  void expirationMayHaveUpToNineDigitsOfFraction(String expiration) {
    assertThat(policy(expiration, "{\"bucket\":\"b\"}").expiration())
        .isEqualTo(Instant.parse("2024-03-15T09:15:30Z"));
  }

  @Test
  void everyFormOfConditionIsRead() {
    Policy policy =
        policy(
            "2030-01-01T00:00:00Z",
            "{\"bucket\":\"b\"},[\"eq\",\"$Key\",\"k\"],[\"Starts-With\",\"key\",\"p/\"],"
                + "[\"in\",\"$content-type\",[\"a\",\"b\"]],[\"not-in\",\"$x\",[]],"
                + "[\"content-length-range\",1,5368709120]");
    assertThat(policy.conditions())
        .containsExactly(
            new Condition.Eq("bucket", "b"),
            new Condition.Eq("key", "k"),
            new Condition.StartsWith("key", "p/"),
            new Condition.In("content-type", List.of("a", "b")),
            new Condition.NotIn("x", List.of()),
            new Condition.ContentLengthRange(1, 5368709120L));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a$b", "a\\$b", "a\\\\$b", "a\\u0024b"})
  void dollarSignIsReadHoweverItIsEscaped(String value) {
    assertThat(policy("2030-01-01T00:00:00Z", "{\"key\":\"" + value + "\"}").conditions())
        .containsExactly(new Condition.Eq("key", "a$b"));
  }

  @Test
  void documentedEscapesAreRead() {
    assertThat(
            policy("2030-01-01T00:00:00Z", "{\"key\":\"\\/\\\\\\\"\\b\\f\\n\\r\\t\\u5B57\"}")
                .conditions())
        .containsExactly(new Condition.Eq("key", "/\\\"\b\f\n\r\t字"));
  }

  @Test
  void failedConditionIsQuotedAsOssDoes() {
    assertThat(new Condition.In("content-type", List.of("a", "b")))
        .hasToString("[\"in\", \"$content-type\", [\"a\", \"b\"]]");
    assertThat(new Condition.StartsWith("key", "p/"))
        .hasToString("[\"starts-with\", \"$key\", \"p/\"]");
  }

  private static Policy policy(String expiration, String conditions) {
    return Policy.decode(
        base64("{\"expiration\":\"" + expiration + "\",\"conditions\":[" + conditions + "]}"));
  }
}
