package io.osspost.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostPolicyTest {
  private final PostPolicy.Builder policy =
      PostPolicy.builder("examplebucket", Instant.parse("2030-01-01T00:00:00Z"));

  @Test
  void conditionsKeepTheirOrderAfterTheBucket() {
    assertThat(policy.size(1, 5).key("a.txt").build().conditions())
        .containsExactly(
            new Condition.Eq("bucket", "examplebucket"),
            new Condition.ContentLengthRange(1, 5),
            new Condition.Eq("key", "a.txt"));
  }

  @Test
  void rejectsPrefixWithoutSlash() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> policy.keyUnder("user/7"))
        .withMessageContaining("'user/7/'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x-oss-credential", "X-OSS-Date", "policy", "x-oss-security-token"})
  void fieldsOfTheSignatureAreRefusedWhereTheyEnter(String field) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> policy.require(new Condition.StartsWith(field, "")))
        .withMessageContaining("signing adds it");
  }

  @Test
  void aSecondBucketIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> policy.require(new Condition.In("bucket", List.of("other"))))
        .withMessageContaining("builder");
  }

  @Test
  void impossibleConditionsAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Condition.ContentLengthRange(5, 4))
        .withMessageContaining("5..4");
    assertThatIllegalArgumentException().isThrownBy(() -> new Condition.ContentLengthRange(-1, 4));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Condition.In("content-type", List.of()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Condition.Eq("$key", "a"))
        .withMessageContaining("'key'");
    assertThatIllegalArgumentException().isThrownBy(() -> new Condition.NotIn(" ", List.of("a")));
  }

  @Test
  void rejectsContradictingConditions() {
    policy.require(new Condition.Eq("x-oss-meta-a", "1"));
    assertRefused(new Condition.Eq("X-Oss-Meta-A", "2"));
    assertRefused(new Condition.NotIn("x-oss-meta-a", List.of("0", "1")));
    policy.key("user/7/a.png");
    assertRefused(new Condition.StartsWith("key", "user/8/"));
    policy.require(new Condition.In("content-type", List.of("image/png", "image/gif")));
    assertRefused(new Condition.In("content-type", List.of("image/jpeg")));
    policy.require(new Condition.NotIn("content-type", List.of("image/gif")));
    assertRefused(new Condition.Eq("content-type", "image/gif"));
    policy.require(new Condition.StartsWith("cache-control", "max"));
    assertRefused(new Condition.StartsWith("cache-control", "min"));
    policy.size(1, 10);
    assertRefused(new Condition.ContentLengthRange(2, 9));
    assertThat(policy.build().conditions()).hasSize(7);
  }

  @Test
  void conditionsThatOnlyNarrowEachOtherAreKept() {
    policy
        .keyUnder("user/7/")
        .require(new Condition.StartsWith("key", "user/7/photos/"))
        .key("user/7/photos/a.png")
        .require(new Condition.In("content-type", List.of("image/png", "image/gif")))
        .require(new Condition.Eq("Content-Type", "image/png"))
        .require(new Condition.NotIn("cache-control", List.of("no-store")))
        .require(new Condition.StartsWith("cache-control", "no-"));
    assertThat(policy.build().conditions()).hasSize(8);
  }

  @Test
  void whatOneFormMayCarryIsNotExceeded() {
    String half = "x".repeat(1 << 20);
    policy.require(new Condition.Eq("x-oss-meta-most", half + half));
    assertRefused(new Condition.Eq("x-oss-meta-more", half + half + "x"), "2 MB");
    policy.require(new Condition.Eq("x-oss-meta-b", half + half));
    policy.require(new Condition.Eq("x-oss-meta-c", half + half));
    policy.require(new Condition.Eq("x-oss-meta-d", half + half));
    assertRefused(new Condition.Eq("x-oss-meta-e", "x"), "8 MB");
    assertRefused(new Condition.StartsWith("x-oss-meta-" + "n".repeat(8 << 10), ""), "8 KB");
  }

  private void assertRefused(Condition condition) {
    assertRefused(condition, "");
  }

  private void assertRefused(Condition condition, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> policy.require(condition))
        .withMessageContaining(message);
  }
}
