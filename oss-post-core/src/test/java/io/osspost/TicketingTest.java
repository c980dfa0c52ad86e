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
import org.junit.jupiter.api.Test;

class TicketingTest {
  private static final Caller ALICE = Caller.named("alice");
  private static final PlannedUpload PNG = PlannedUpload.of("a.png").size(1234).type("image/png");

  private final UploadGrants grants = grants();

  @Test
  void aTicketHasTheSameObjectGrantedAgain() {
    PostGrant first = grants.post("default", FormShape.FORM, ALICE, PNG);
    PlannedUpload again = PNG.retry(first.ticket().orElseThrow());
    PostGrant second = grants.post("default", FormShape.FORM, ALICE, again);
    assertThat(second.key()).isEqualTo(first.key());
    assertThat(second.prefix()).isEqualTo(first.prefix());
    assertThat(grants.put("default", ALICE, again).key()).isEqualTo(first.key().orElseThrow());
  }

  @Test
  void aTicketIsGoodForItsCallerFileAndProfileOnly() {
    String ticket = grants.post("default", FormShape.FORM, ALICE, PNG).ticket().orElseThrow();
    String ofPrefix =
        grants
            .post("default", FormShape.FORM, ALICE, PlannedUpload.unnamed())
            .ticket()
            .orElseThrow();
    String foreign = grants().post("default", FormShape.FORM, ALICE, PNG).ticket().orElseThrow();
    PlannedUpload larger = PlannedUpload.of("a.png").size(1235).type("image/png");
    assertRetryRefused(Caller.named("bob"), PNG.retry(ticket));
    assertRetryRefused(Caller.anonymous(), PNG.retry(ticket));
    assertRetryRefused(ALICE, larger.retry(ticket));
    assertRetryRefused(ALICE, PNG.retry(ofPrefix));
    assertRetryRefused(ALICE, PNG.retry(foreign));
    assertRetryRefused(ALICE, PNG.retry("x" + ticket));
  }

  /** Or a profile for pictures would lend its names, and its protection, to one for pages. */
  @Test
  void aTicketIsNotTakenUnderAnotherProfileOfTheSameBucketAndSizes() {
    String ticket = grants.post("default", FormShape.FORM, ALICE, PNG).ticket().orElseThrow();
    assertRetryRefused("looser", ALICE, PNG.retry(ticket));
  }

  @Test
  void aTicketIsNotTakenForAnotherTypeThanTheNameWasMadeFor() {
    String ticket = grants.post("default", FormShape.FORM, ALICE, PNG).ticket().orElseThrow();
    PlannedUpload page = PlannedUpload.of("a.pdf").size(1234).type("application/pdf");
    assertRetryRefused(ALICE, page.retry(ticket));
  }

  private void assertRetryRefused(Caller caller, PlannedUpload planned) {
    assertRetryRefused("default", caller, planned);
  }

  private void assertRetryRefused(String profile, Caller caller, PlannedUpload planned) {
    assertThatExceptionOfType(UploadRefusedException.class)
        .isThrownBy(() -> grants.post(profile, FormShape.FORM, caller, planned))
        .withMessageContaining("Leave 'retry' out");
  }

  @Test
  void aCallerWhoseNameFitsNoTicketIsRefusedAndNotAFailure() {
    assertThatExceptionOfType(UploadRefusedException.class)
        .isThrownBy(
            () -> grants.post("default", FormShape.FORM, Caller.named("x".repeat(3000)), PNG))
        .withMessageContaining("too long");
  }

  private static UploadGrants grants() {
    return UploadGrants.to(OssBucket.of("examplebucket", "cn-hangzhou"))
        .credentials(OssCredentialsProvider.of(OssCredentials.of("LTAIid", "secret")))
        .profile(UploadProfile.named("default").build())
        .profile(UploadProfile.named("looser").forbidOverwrite(false).build())
        .build();
  }
}
