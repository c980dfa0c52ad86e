package io.osspost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.osspost.credentials.OssCredentials;
import io.osspost.credentials.OssCredentialsProvider;
import io.osspost.object.OssBucket;
import io.osspost.profile.Caller;
import io.osspost.profile.PlannedUpload;
import io.osspost.profile.UploadProfile;
import io.osspost.profile.UploadRefusedException;
import io.osspost.profile.UploadRefusedException.Reason;
import io.osspost.ticket.UploadTickets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class TicketingTest {
  private static final Caller ALICE = Caller.named("alice");
  private static final PlannedUpload PNG = PlannedUpload.of("a.png").size(1234).type("image/png");

  private static final UploadTickets SECRET =
      UploadTickets.withSecret("0123456789abcdef0123456789abcdef");

  private final UploadGrants grants = grants();

  @Test
  void ticketRepeatsTheGrantOfTheSameObject() {
    PostGrant first = grants.post("default", PostFormat.FORM, ALICE, PNG);
    PlannedUpload again = PNG.retry(first.ticket().orElseThrow());
    PostGrant second = grants.post("default", PostFormat.FORM, ALICE, again);
    assertThat(second.key()).isEqualTo(first.key());
    assertThat(second.prefix()).isEqualTo(first.prefix());
    PutGrant put = grants.put("default", PutFormat.FORM, ALICE, PNG);
    PlannedUpload putAgain = PNG.retry(put.ticket().orElseThrow());
    assertThat(grants.put("default", PutFormat.FORM, ALICE, putAgain).key()).isEqualTo(put.key());
  }

  @Test
  void aTicketIsGoodForItsCallerFileAndProfileOnly() {
    String ticket = grants.post("default", PostFormat.FORM, ALICE, PNG).ticket().orElseThrow();
    String ofPrefix =
        grants
            .post("default", PostFormat.FORM, ALICE, PlannedUpload.unnamed())
            .ticket()
            .orElseThrow();
    String foreign = grants().post("default", PostFormat.FORM, ALICE, PNG).ticket().orElseThrow();
    PlannedUpload larger = PlannedUpload.of("a.png").size(1235).type("image/png");
    assertRetryRefused(Caller.named("bob"), PNG.retry(ticket));
    assertRetryRefused(Caller.anonymous(), PNG.retry(ticket));
    assertRetryRefused(ALICE, larger.retry(ticket));
    assertRetryRefused(ALICE, PNG.retry(ofPrefix));
    assertRetryRefused(ALICE, PNG.retry(foreign));
    assertRetryRefused(ALICE, PNG.retry("x" + ticket));
  }

  /** Otherwise a profile for pictures would give its names and its protection to one for pages. */
  @Test
  void rejectsTicketOfAnotherProfile() {
    String ticket = grants.post("default", PostFormat.FORM, ALICE, PNG).ticket().orElseThrow();
    assertRetryRefused("looser", ALICE, PNG.retry(ticket));
  }

  @Test
  void rejectsTicketForAnotherType() {
    String ticket = grants.post("default", PostFormat.FORM, ALICE, PNG).ticket().orElseThrow();
    PlannedUpload page = PlannedUpload.of("a.pdf").size(1234).type("application/pdf");
    assertRetryRefused(ALICE, page.retry(ticket));
  }

  @Test
  void retryKeepsKindAndFormat() {
    String form = grants.post("default", PostFormat.FORM, ALICE, PNG).ticket().orElseThrow();
    String put = grants.put("default", PutFormat.FORM, ALICE, PNG).ticket().orElseThrow();
    for (PostFormat format : PostFormat.values()) {
      if (format != PostFormat.FORM) {
        assertRefused(
            () -> grants.post("default", format, ALICE, PNG.retry(form)), "another kind or format");
      }
      assertRefused(
          () -> grants.post("default", format, ALICE, PNG.retry(put)), "another kind or format");
    }
    for (PutFormat format : PutFormat.values()) {
      assertRefused(
          () -> grants.put("default", format, ALICE, PNG.retry(form)), "another kind or format");
    }
    assertRefused(
        () -> grants.put("default", PutFormat.TEXT, ALICE, PNG.retry(put)),
        "another kind or format");
  }

  /** Otherwise a page could renew a grant forever, one ticket after another. */
  @Test
  void chainOfRetriesEndsAfterTheBound() {
    Duration bound = Duration.ofMinutes(10).plus(RetryCheck.RETRY_LIMIT);
    Instant start = Instant.parse("2024-11-27T08:00:00Z");
    Instant last = start.plus(bound);
    String ticket = at(start).post("default", PostFormat.FORM, ALICE, PNG).ticket().orElseThrow();
    for (Instant now = start; !now.isAfter(last); now = now.plusSeconds(300)) {
      ticket =
          at(now).post("default", PostFormat.FORM, ALICE, PNG.retry(ticket)).ticket().orElseThrow();
    }
    String latest = ticket;
    assertRefused(
        () -> at(last.plusSeconds(1)).post("default", PostFormat.FORM, ALICE, PNG.retry(latest)),
        "too long ago");
  }

  /** Two applications may share a secret and the names of their profiles. */
  @Test
  void ticketOfAnotherDirectoryIsRefused() {
    UploadGrants neighbour =
        shared(UploadProfile.builder("default").dir("neighbour/{principal}/").build());
    UploadGrants today = shared(UploadProfile.builder("default").dir("today/{principal}/").build());
    String ticket = neighbour.post("default", PostFormat.FORM, ALICE, PNG).ticket().orElseThrow();
    assertRefused(
        () -> today.post("default", PostFormat.FORM, ALICE, PNG.retry(ticket)), "another caller");
  }

  /** The names of a directory's parts differ from grant to grant. */
  @Test
  void ticketOfAnotherDayAndUuidIsAccepted() {
    UploadProfile profile =
        UploadProfile.builder("default").dir("a+b/{date}/{principal}/{uuid}/").build();
    Instant midnight = Instant.parse("2024-11-28T00:00:00Z");
    PostGrant first =
        shared(profile, midnight.minusSeconds(1)).post("default", PostFormat.FORM, ALICE, PNG);
    PlannedUpload retry = PNG.retry(first.ticket().orElseThrow());
    PostGrant second = shared(profile, midnight).post("default", PostFormat.FORM, ALICE, retry);
    assertThat(second.key()).isEqualTo(first.key());
  }

  @Test
  void rejectsRetryOfAReportedUpload() {
    Set<UUID> reported = new HashSet<>();
    UploadGrants grants = builder(SECRET, Clock.systemUTC()).reported(reported::contains).build();
    PostGrant first = grants.post("default", PostFormat.FORM, ALICE, PNG);
    PlannedUpload retry = PNG.retry(first.ticket().orElseThrow());
    assertThat(grants.post("default", PostFormat.FORM, ALICE, retry).key()).isEqualTo(first.key());
    reported.add(UUID.fromString(first.fields().get("x-oss-meta-grant")));
    assertThatExceptionOfType(UploadRefusedException.class)
        .isThrownBy(() -> grants.post("default", PostFormat.FORM, ALICE, retry))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.ALREADY_UPLOADED))
        .withMessageContaining("Omit 'retry'");
  }

  /** The operator may have changed the profile since the first grant. */
  @Test
  void retryIsRefusedWhenTheTermsChanged() {
    String guarded =
        shared(UploadProfile.builder("default").build())
            .post("default", PostFormat.FORM, ALICE, PNG)
            .ticket()
            .orElseThrow();
    UploadGrants unguarded =
        shared(UploadProfile.builder("default").forbidOverwrite(false).build());
    assertRefused(
        () -> unguarded.post("default", PostFormat.FORM, ALICE, PNG.retry(guarded)),
        "another caller, profile or file");
    UploadGrants unmarked =
        builder(SECRET, Clock.systemUTC())
            .profile(UploadProfile.builder("default").build())
            .mark(false)
            .build();
    assertRefused(
        () -> unmarked.post("default", PostFormat.FORM, ALICE, PNG.retry(guarded)),
        "another caller, profile or file");
  }

  private void assertRetryRefused(Caller caller, PlannedUpload planned) {
    assertRetryRefused("default", caller, planned);
  }

  private void assertRetryRefused(String profile, Caller caller, PlannedUpload planned) {
    assertThatExceptionOfType(UploadRefusedException.class)
        .isThrownBy(() -> grants.post(profile, PostFormat.FORM, caller, planned))
        .withMessageContaining("Omit 'retry'");
  }

  @Test
  void rejectsCallerNameTooLongForATicket() {
    assertThatExceptionOfType(UploadRefusedException.class)
        .isThrownBy(
            () -> grants.post("default", PostFormat.FORM, Caller.named("x".repeat(3000)), PNG))
        .withMessageContaining("too long");
  }

  private static void assertRefused(ThrowingCallable call, String fact) {
    assertThatExceptionOfType(UploadRefusedException.class)
        .isThrownBy(call)
        .withMessageContaining(fact)
        .withMessageContaining("Omit 'retry'");
  }

  private static UploadGrants at(Instant now) {
    return builder(SECRET, Clock.fixed(now, ZoneOffset.UTC)).build();
  }

  private static UploadGrants shared(UploadProfile profile) {
    return builder(SECRET, Clock.systemUTC()).profile(profile).build();
  }

  private static UploadGrants shared(UploadProfile profile, Instant now) {
    return builder(SECRET, Clock.fixed(now, ZoneOffset.UTC)).profile(profile).build();
  }

  private static UploadGrants.Builder builder(UploadTickets tickets, Clock clock) {
    return UploadGrants.builder(OssBucket.of("examplebucket", "cn-hangzhou"))
        .credentials(OssCredentialsProvider.of(OssCredentials.of("LTAIid", "secret")))
        .tickets(tickets)
        .clock(clock);
  }

  private static UploadGrants grants() {
    return UploadGrants.builder(OssBucket.of("examplebucket", "cn-hangzhou"))
        .credentials(OssCredentialsProvider.of(OssCredentials.of("LTAIid", "secret")))
        .profile(UploadProfile.builder("default").build())
        .profile(UploadProfile.builder("looser").forbidOverwrite(false).build())
        .build();
  }
}
