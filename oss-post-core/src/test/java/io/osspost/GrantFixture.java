package io.osspost;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.osspost.credentials.OssCredentials;
import io.osspost.credentials.OssCredentialsProvider;
import io.osspost.object.OssBucket;
import io.osspost.profile.Caller;
import io.osspost.profile.PlannedUpload;
import io.osspost.profile.UploadProfile;
import io.osspost.testsupport.LoggedLines;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;

/**
 * Grants with fixed credentials at a fixed time, one second before midnight, and readers of their
 * answers.
 */
final class GrantFixture {
  static final Instant NOW = Instant.parse("2024-11-27T23:59:59.987Z");
  static final Caller ALICE = Caller.named("alice");
  static final PlannedUpload PNG = PlannedUpload.of("a.png").size(1234).type("image/png");
  static final OssCredentials TEMPORARY =
      OssCredentials.temporary("STS.id", "secret", "CAIS", Instant.parse("2024-11-28T01:00:00Z"));

  static final OssCredentials LONG_TERM = OssCredentials.of("LTAIid", "secret");

  private GrantFixture() {}

  static UploadGrants grants(OssCredentials credentials) {
    return UploadGrants.builder(OssBucket.of("examplebucket", "cn-hangzhou"))
        .credentials(OssCredentialsProvider.of(credentials))
        .profile(UploadProfile.builder("default").build())
        .profile(UploadProfile.builder("images").contentTypes(List.of("image/png")).build())
        .clock(Clock.fixed(NOW, ZoneOffset.UTC))
        .build();
  }

  /** Returns the warnings that are logged while {@code action} runs. */
  static List<String> captured(Runnable action) {
    return LoggedLines.warnings(UploadGrants.class.getName(), action);
  }

  /** Returns credentials for forms that a page of {@code format} can complete. */
  static OssCredentials fitting(PostFormat format) {
    return format == PostFormat.V1 || format == PostFormat.LEGACY ? LONG_TERM : TEMPORARY;
  }

  static JsonNode json(PostGrant grant) throws IOException {
    return new ObjectMapper().readTree(grant.toJson());
  }

  static JsonNode policyOf(PostGrant grant) throws IOException {
    return new ObjectMapper().readTree(Base64.getDecoder().decode(grant.fields().get("policy")));
  }

  /** A clock that advances one second at every reading. */
  static final class StridingClock extends Clock {
    private final Instant start;
    int reads;

    StridingClock(Instant start) {
      this.start = start;
    }

    @Override
    public Instant instant() {
      return start.plus(Duration.ofSeconds(reads++));
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
