package io.osspost.emulator.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.osspost.emulator.OssEmulator;
import io.osspost.emulator.testing.RawHttp;
import io.osspost.emulator.testing.RawHttp.Answer;
import io.osspost.emulator.testing.TestForm;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JournalTest {
  private static final Clock NOW = Clock.fixed(Instant.parse(TestForm.NOW), ZoneOffset.UTC);

  @Test
  void requestsAreThereWithTheirVerdicts() throws IOException {
    try (OssEmulator oss =
        OssEmulator.builder().accessKey("LTAIexample", "examplesecret").clock(NOW).start()) {
      Answer stored = post(oss, new TestForm());
      oss.clock().advance(Duration.ofMinutes(1));
      Answer refused = post(oss, new TestForm().with("key", "other/a.png"));
      RawHttp.send(oss.endpoint(), "GET", "/nobucket/a", Map.of(), new byte[0]);

      assertThat(oss.journal().entries())
          .extracting(
              JournalEntry::method,
              JournalEntry::bucket,
              JournalEntry::key,
              JournalEntry::status,
              JournalEntry::succeeded)
          .containsExactly(
              tuple("POST", "examplebucket", "user-dir/photo.png", 200, true),
              tuple("POST", "examplebucket", "other/a.png", 403, false),
              tuple("GET", "nobucket", "a", 404, false));
      JournalEntry passed = oss.journal().of(stored.header("x-oss-request-id")).orElseThrow();
      assertThat(passed.at()).isEqualTo(TestForm.NOW);
      assertThat(passed.explanation()).isEqualTo("stored 11 bytes as image/png");
      JournalEntry entry = oss.journal().of(refused.header("x-oss-request-id")).orElseThrow();
      assertThat(entry.at()).isEqualTo("2024-03-15T08:16:30Z");
      assertThat(entry.code()).contains("AccessDenied");
      assertThat(entry.ec()).contains("0006-00000227");
      assertThat(entry.explanation())
          .isEqualTo(
              "the policy's condition [\"starts-with\", \"$key\", \"user-dir/\"] failed:"
                  + " the form's value is 'other/a.png'");
      assertThat(entry)
          .hasToString(
              "POST /examplebucket/other/a.png ["
                  + entry.requestId()
                  + "] 403 AccessDenied 0006-00000227: "
                  + entry.explanation());
    }
  }

  @Test
  void secretsAndTokensAreInNoEntry() throws IOException {
    try (OssEmulator oss =
        OssEmulator.builder()
            .accessKey("LTAIexample", "canary-secret")
            .temporaryKey(
                "STS.a", "canary-sts", "canary-token", Instant.parse("2024-03-15T09:00:00Z"))
            .clock(NOW)
            .start()) {
      TestForm form = new TestForm().with("x-oss-security-token", "canary-token");
      form.keyId = "STS.a";
      form.secret = "canary-other";
      form.v4Conditions.add("x-oss-security-token");
      assertThat(post(oss, form).status()).isEqualTo(403);
      form = new TestForm().with("x-oss-security-token", "canary-wrong");
      form.condition("{\"x-oss-security-token\":\"canary-token\"}");
      assertThat(post(oss, form).status()).isEqualTo(403);

      assertThat(oss.journal().entries()).hasSize(2);
      assertThat(oss.journal().toString()).doesNotContain("canary");
    }
  }

  @Test
  void oldestEntriesAreForgotten() {
    Journal journal = new Journal(NOW);
    for (int i = 0; i < Journal.MOST + 5; i++) {
      journal.record("id" + i, "GET", "b", "k", 200, Optional.empty(), Optional.empty(), "");
    }
    assertThat(journal.entries()).hasSize(Journal.MOST);
    assertThat(journal.entries().get(0).requestId()).isEqualTo("id5");
    assertThat(journal.last()).map(JournalEntry::requestId).contains("id" + (Journal.MOST + 4));
    journal.clear();
    assertThat(journal.last()).isEmpty();
  }

  private static Answer post(OssEmulator oss, TestForm form) throws IOException {
    return RawHttp.post(oss.endpoint(), "/examplebucket/", form.sign());
  }
}
