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
      PostPolicy.forBucket("examplebucket", Instant.parse("2030-01-01T00:00:00Z"));

  @Test
  void conditionsKeepTheirOrderAndTheBucketComesFirst() {
    assertThat(policy.size(1, 5).key("a.txt").build().conditions())
        .containsExactly(
            new Condition.Eq("bucket", "examplebucket"),
            new Condition.ContentLengthRange(1, 5),
            new Condition.Eq("key", "a.txt"));
  }

  @Test
  void aPrefixWithoutSlashIsRefusedBecauseItAdmitsItsNeighbours() {
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
        .withMessageContaining("forBucket");
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
}
