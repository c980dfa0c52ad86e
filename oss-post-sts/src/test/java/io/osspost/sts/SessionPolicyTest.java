package io.osspost.sts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.osspost.admission.Admission;
import io.osspost.credentials.TokenScope;
import io.osspost.profile.Caller;
import io.osspost.profile.UploadProfile;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SessionPolicyTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

  private static TokenScope scope(String prefix, boolean multipart) {
    return new TokenScope(
        "examplebucket", prefix, multipart, Optional.of("alice"), Duration.ofMinutes(15));
  }

  @Test
  void aPolicyAllowsUploadsBelowOnePrefixOfOneBucket() {
    assertThat(SessionPolicy.of(scope("uploads/alice/", false)))
        .isEqualTo(
            "{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"Allow\","
                + "\"Action\":[\"oss:PutObject\",\"oss:AbortMultipartUpload\",\"oss:ListParts\"],"
                + "\"Resource\":[\"acs:oss:*:*:examplebucket/uploads/alice/*\"]},"
                + "{\"Effect\":\"Deny\",\"Action\":[\"oss:PutObject\"],"
                + "\"Resource\":[\"acs:oss:*:*:*\"],\"Condition\":{\"StringEquals\":"
                + "{\"oss:x-oss-object-acl\":[\"public-read\",\"public-read-write\"]}}}]}");
  }

  /** Evaluates the policy's text as the documents describe it. */
  @ParameterizedTest
  @CsvSource({
    "false, oss:PutObject, examplebucket/uploads/alice/a.png, true",
    "false, oss:PutObject, examplebucket/uploads/alice/x/y.png, true",
    "false, oss:PutObject, examplebucket/uploads/alice, false",
    "false, oss:PutObject, examplebucket/uploads/alice2/a.png, false",
    "false, oss:PutObject, examplebucket/uploads/bob/a.png, false",
    "false, oss:PutObject, examplebucket/a.png, false",
    "false, oss:PutObject, examplebucket2/uploads/alice/a.png, false",
    "false, oss:GetObject, examplebucket/uploads/alice/a.png, false",
    "false, oss:DeleteObject, examplebucket/uploads/alice/a.png, false",
    "false, oss:ListObjects, examplebucket, false",
    "false, oss:PutObjectAcl, examplebucket/uploads/alice/a.png, false",
    "false, oss:AbortMultipartUpload, examplebucket/uploads/alice/a.png, true",
    "false, oss:ListParts, examplebucket/uploads/alice/a.png, true",
    "true, oss:AbortMultipartUpload, examplebucket/uploads/alice/a.png, true",
    "true, oss:ListParts, examplebucket/uploads/alice/a.png, true",
    "true, oss:ListParts, examplebucket/uploads/bob/a.png, false",
    "true, oss:ListMultipartUploads, examplebucket, false",
    "true, oss:GetObject, examplebucket/uploads/alice/a.png, false"
  })
  void nothingElseIsAllowed(boolean multipart, String action, String resource, boolean allowed) {
    assertThat(allows(SessionPolicy.of(scope("uploads/alice/", multipart)), action, resource))
        .isEqualTo(allowed);
  }

  /** Principals that would widen a policy if they were inserted without encoding. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "*",
        "a/../b",
        "..",
        "a?",
        "${oss:x}",
        "${acs:UserName}",
        "\"]}",
        "a\\",
        "/",
        "a b",
        "ü",
        "%2e%2e"
      })
  void noPrincipalWidensAPolicy(String principal) {
    UploadProfile profile = UploadProfile.builder("default").build();
    String prefix = new Admission(profile).tokenPrefix(Caller.named(principal), NOW);
    String policy = SessionPolicy.of(scope(prefix, false));
    assertThat(allows(policy, "oss:PutObject", "examplebucket/" + prefix + "a.png")).isTrue();
    assertThat(allows(policy, "oss:PutObject", "examplebucket/uploads/bob/a.png")).isFalse();
    assertThat(allows(policy, "oss:PutObject", "examplebucket/a.png")).isFalse();
    assertThat(allows(policy, "oss:PutObject", "examplebucket/uploads/a.png")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*/",
        "a/../b/",
        "../",
        "./",
        "a?/",
        "${oss:x}/",
        "a\"/",
        "a\\/",
        "a\n/",
        "user/7"
      })
  void aPrefixThatMeansMoreThanItselfIsRefused(String prefix) {
    assertThatIllegalArgumentException().isThrownBy(() -> SessionPolicy.of(scope(prefix, false)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "*", "a/b", "${x}"})
  void aBucketThatIsNoneIsRefused(String bucket) {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                SessionPolicy.of(
                    new TokenScope(bucket, "a/", false, Optional.empty(), Duration.ofMinutes(15))));
  }

  @Test
  void rejectsLongPolicyWithTheFix() {
    assertThat(SessionPolicy.of(scope("a".repeat(1022) + "/", true))).hasSizeLessThan(2048);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SessionPolicy.of(scope("a".repeat(2000) + "/", false)))
        .withMessageContaining("STS accepts 2048")
        .withMessageContaining("Shorten dir");
  }

  private static boolean allows(String policy, String action, String resource) {
    JsonObject document = JsonParser.parseString(policy).getAsJsonObject();
    assertThat(document.keySet()).containsExactly("Version", "Statement");
    JsonArray statements = document.getAsJsonArray("Statement");
    assertThat(statements).hasSize(2);
    assertThat(statements.get(1).getAsJsonObject().get("Effect").getAsString()).isEqualTo("Deny");
    JsonObject statement = statements.get(0).getAsJsonObject();
    assertThat(statement.keySet()).containsExactly("Effect", "Action", "Resource");
    assertThat(statement.get("Effect").getAsString()).isEqualTo("Allow");
    return matchesAny(statement.getAsJsonArray("Action"), action)
        && matchesAny(
            statement.getAsJsonArray("Resource"),
            "acs:oss:cn-hangzhou:1000000000000000:" + resource);
  }

  private static boolean matchesAny(JsonArray patterns, String text) {
    for (var pattern : patterns) {
      StringBuilder regex = new StringBuilder();
      for (char c : pattern.getAsString().toCharArray()) {
        regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
      }
      if (Pattern.compile(regex.toString(), Pattern.DOTALL).matcher(text).matches()) {
        return true;
      }
    }
    return false;
  }
}
