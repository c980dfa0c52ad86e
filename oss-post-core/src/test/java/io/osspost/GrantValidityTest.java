package io.osspost;

import static io.osspost.GrantFixture.ALICE;
import static io.osspost.GrantFixture.LONG_TERM;
import static io.osspost.GrantFixture.NOW;
import static io.osspost.GrantFixture.TEMPORARY;
import static io.osspost.GrantFixture.captured;
import static io.osspost.GrantFixture.policyOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.osspost.credentials.OssCredentials;
import io.osspost.credentials.OssCredentialsProvider;
import io.osspost.object.OssBucket;
import io.osspost.profile.PlannedUpload;
import io.osspost.profile.UploadProfile;
import io.osspost.profile.UploadRefusedException;
import io.osspost.ticket.UploadTickets;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** How long grants are valid, with and without a stated size. */
class GrantValidityTest {
  private static final UploadTickets TICKETS =
      UploadTickets.withSecret("0123456789abcdef0123456789abcdef");

  @ParameterizedTest
  @CsvSource({
    "1, 600",
    "157286400, 600",
    "157286401, 1200",
    "1073741824, 4200",
    "5368709120, 21000"
  })
  void validityGrowsWithTheStatedSize(long size, long seconds) throws IOException {
    UploadGrants grants = grants(LONG_TERM, films().build());
    PlannedUpload film = film().size(size);
    PostGrant form = grants.post("films", PostFormat.FORM, ALICE, film);
    Instant end = Instant.parse("2024-11-27T23:59:59Z").plusSeconds(seconds);
    assertThat(form.expiresAt()).isEqualTo(end);
    assertThat(Instant.parse(policyOf(form).get("expiration").asText())).isEqualTo(end);
    PutGrant put = grants.put("films", PutFormat.FORM, ALICE, film);
    assertThat(put.expiresAt()).isEqualTo(end);
    assertThat(put.url().getRawQuery()).contains("x-oss-expires=" + seconds + "&");
  }

  /** The line of 2.1 Mbit/s that the documents promise. */
  @ParameterizedTest
  @CsvSource({"157286400", "1073741824", "3000000001", "5368709120"})
  void fileArrivesOverASlowLine(long size) {
    Duration validity = films().build().validityFor(OptionalLong.of(size));
    assertThat(size * 8.0 / validity.toSeconds()).isBetween(1_000_000.0, 2_100_000.0);
  }

  @Test
  void validityHasAnUpperLimit() {
    assertThat(films().build().validityFor(OptionalLong.of(1L << 45)))
        .isEqualTo(Duration.ofHours(6));
  }

  @ParameterizedTest
  @EnumSource(PostFormat.class)
  void validityWithoutAStatedSizeIsTenMinutes(PostFormat format) {
    UploadGrants grants = grants(GrantFixture.fitting(format), films().build());
    assertThat(grants.post("films", format, ALICE, film()).expiresAt())
        .isEqualTo(Instant.parse("2024-11-28T00:09:59Z"));
    assertThat(grants.post("films", format, ALICE, PlannedUpload.unnamed()).expiresAt())
        .isEqualTo(Instant.parse("2024-11-28T00:09:59Z"));
  }

  @Test
  void validityThatIsSetIsExact() {
    UploadProfile set = films().validity(Duration.ofMinutes(3)).build().toBuilder().build();
    UploadGrants grants = grants(LONG_TERM, set);
    assertThat(grants.post("films", PostFormat.FORM, ALICE, film().size(5L << 30)).expiresAt())
        .isEqualTo(Instant.parse("2024-11-28T00:02:59Z"));
  }

  @Test
  void copyOfAProfileStillGrows() {
    assertThat(films().build().toBuilder().build().validityFor(OptionalLong.of(1L << 30)))
        .isEqualTo(Duration.ofMinutes(70));
  }

  @Test
  void longGrantEndsWithItsCredentials() {
    UploadGrants grants = grants(TEMPORARY, films().build());
    Instant end = TEMPORARY.expiration().orElseThrow();
    PlannedUpload film = film().size(5L << 30);
    assertThat(grants.post("films", PostFormat.FORM, ALICE, film).expiresAt()).isEqualTo(end);
    assertThat(grants.put("films", PutFormat.FORM, ALICE, film).expiresAt()).isEqualTo(end);
  }

  /** Forms of one second share a template. */
  @Test
  void filesOfOneSecondHaveTheirOwnExpiration() throws IOException {
    UploadGrants grants = grants(LONG_TERM, films().build());
    for (int i = 0; i < 2; i++) {
      for (long gigabytes : new long[] {1, 2}) {
        PostGrant grant =
            grants.post("films", PostFormat.FORM, ALICE, film().size(gigabytes << 30));
        assertThat(policyOf(grant).get("expiration").asText())
            .isEqualTo(gigabytes == 1 ? "2024-11-28T01:09:59.000Z" : "2024-11-28T02:19:59.000Z");
      }
    }
  }

  @Test
  void retryIsPossibleForAnHourAfterALongGrant() {
    PlannedUpload film = film().size(1L << 30);
    Instant granted = NOW.plus(Duration.ofMinutes(70));
    String ticket = at(NOW).post("films", PostFormat.FORM, ALICE, film).ticket().orElseThrow();
    PlannedUpload retry = film.retry(ticket);
    at(granted.plus(Duration.ofMinutes(59))).post("films", PostFormat.FORM, ALICE, retry);
    assertThatExceptionOfType(UploadRefusedException.class)
        .isThrownBy(
            () ->
                at(granted.plus(Duration.ofMinutes(61)))
                    .post("films", PostFormat.FORM, ALICE, retry));
  }

  @Test
  void largeFileIsWarnedOfOnlyIfItsGrantIsShort() {
    assertThat(captured(() -> grants(LONG_TERM, films().build()))).isEmpty();
    assertThat(captured(() -> grants(LONG_TERM, films().validity(Duration.ofMinutes(10)).build())))
        .singleElement()
        .asString()
        .contains("71 Mbit/s", "profiles.films.validity");
  }

  /** A tutorial's page does not state the size, so its grant keeps the 10 minutes. */
  @Test
  void largeFileOfATutorialsPageIsWarnedOf() {
    UploadGrants.Builder builder =
        builder(LONG_TERM, NOW)
            .profile(films().build(), Set.of(GrantKind.POST), List.of(PostFormat.LEGACY));
    assertThat(captured(builder::build)).anyMatch(line -> line.contains("71 Mbit/s"));
  }

  private static PlannedUpload film() {
    return PlannedUpload.of("a.mp4").type("video/mp4");
  }

  private static UploadProfile.Builder films() {
    return UploadProfile.builder("films").maxSize(5L << 30);
  }

  private static UploadGrants at(Instant now) {
    return builder(LONG_TERM, now).profile(films().build()).build();
  }

  private static UploadGrants grants(OssCredentials credentials, UploadProfile profile) {
    return builder(credentials, NOW)
        .profile(profile, Set.of(GrantKind.POST, GrantKind.PUT))
        .build();
  }

  private static UploadGrants.Builder builder(OssCredentials credentials, Instant now) {
    return UploadGrants.builder(OssBucket.of("examplebucket", "cn-hangzhou"))
        .credentials(OssCredentialsProvider.of(credentials))
        .tickets(TICKETS)
        .clock(Clock.fixed(now, ZoneOffset.UTC));
  }
}
