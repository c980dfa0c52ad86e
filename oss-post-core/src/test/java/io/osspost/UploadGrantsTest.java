package io.osspost;

import static io.osspost.GrantFixture.ALICE;
import static io.osspost.GrantFixture.NOW;
import static io.osspost.GrantFixture.PNG;
import static io.osspost.GrantFixture.TEMPORARY;
import static io.osspost.GrantFixture.captured;
import static io.osspost.GrantFixture.fitting;
import static io.osspost.GrantFixture.grants;
import static io.osspost.GrantFixture.policyOf;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import io.osspost.credentials.CredentialsUnavailableException;
import io.osspost.credentials.OssCredentials;
import io.osspost.credentials.OssCredentialsProvider;
import io.osspost.object.ObjectKey;
import io.osspost.object.OssBucket;
import io.osspost.profile.PlannedUpload;
import io.osspost.profile.UploadProfile;
import io.osspost.profile.UploadRefusedException;
import io.osspost.sign.SignatureVersion;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules that all kinds of grants share: their time, their credentials, their offers. */
class UploadGrantsTest {
  private final UploadGrants grants = grants(TEMPORARY);

  @Test
  void aDispositionThatV1CannotSignIsRefusedAtTheStart() {
    UploadGrants.Builder builder =
        UploadGrants.builder(OssBucket.of("examplebucket", "cn-hangzhou"))
            .credentials(OssCredentialsProvider.of(TEMPORARY))
            .signatureVersion(SignatureVersion.V1)
            .profile(
                UploadProfile.builder("default").disposition("attachment").build(),
                Set.of(GrantKind.PUT));
    assertThatIllegalArgumentException()
        .isThrownBy(builder::build)
        .withMessageContaining("V1 signature does not cover the disposition");
  }

  @ParameterizedTest
  @EnumSource(PostFormat.class)
  void theClockIsReadOncePerGrantSoMidnightTearsNothing(PostFormat format) throws IOException {
    GrantFixture.StridingClock clock = new GrantFixture.StridingClock(NOW);
    UploadGrants overMidnight =
        UploadGrants.builder(OssBucket.of("examplebucket", "cn-hangzhou"))
            .credentials(OssCredentialsProvider.of(fitting(format)))
            .clock(clock)
            .build();
    JsonNode policy = policyOf(overMidnight.post("default", format, ALICE, PNG));
    assertThat(clock.reads).isEqualTo(1);
    assertThat(policy.get("expiration").asText()).isEqualTo("2024-11-28T00:09:59.000Z");
    if (format == PostFormat.FORM || format == PostFormat.V4) {
      assertThat(policy.get("conditions").toString())
          .contains("20241127T235959Z", "/20241127/cn-hangzhou/");
    }
  }

  @Test
  void aGrantNeverOutlivesTheCredentialsThatSignIt() throws IOException {
    Instant soon = Instant.parse("2024-11-28T00:01:30Z");
    UploadGrants shortLived = grants(OssCredentials.temporary("STS.id", "s", "t", soon));
    PostGrant grant = shortLived.post("default", PostFormat.V4, ALICE, PNG);
    assertThat(grant.expiresAt()).isEqualTo(soon);
    assertThat(policyOf(grant).get("expiration").asText()).isEqualTo("2024-11-28T00:01:30.000Z");
    assertThat(shortLived.put("default", PutFormat.FORM, ALICE, PNG).expiresAt()).isEqualTo(soon);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 1, 59})
  void credentialsThatEndBeforeAnUploadWouldBeDoneSignNothing(int secondsLeft) {
    UploadGrants ending =
        grants(OssCredentials.temporary("STS.id", "topsecret", "t", NOW.plusSeconds(secondsLeft)));
    assertThatExceptionOfType(CredentialsUnavailableException.class)
        .isThrownBy(() -> ending.post("default", PostFormat.V4, ALICE, PNG))
        .withMessageContaining("less than 60 seconds are left")
        .withMessageNotContaining("topsecret");
    assertThatExceptionOfType(CredentialsUnavailableException.class)
        .isThrownBy(() -> ending.put("default", PutFormat.FORM, ALICE, PNG));
  }

  @Test
  void warnsOnceOfALongPolicy() {
    List<String> types = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      types.add("application/vnd.example.a-rather-long-name-" + i);
    }
    UploadGrants many =
        UploadGrants.builder(OssBucket.of("examplebucket", "cn-hangzhou"))
            .credentials(OssCredentialsProvider.of(TEMPORARY))
            .clock(Clock.fixed(NOW, ZoneOffset.UTC))
            .profile(UploadProfile.builder("many").contentTypes(types).build())
            .build();
    Runnable grant = () -> many.post("many", PostFormat.FORM, ALICE, PlannedUpload.unnamed());
    assertThat(captured(grant)).singleElement().asString().contains("allow fewer content types");
    assertThat(captured(grant)).isEmpty();
    assertThat(captured(() -> grants.post("default", PostFormat.FORM, ALICE, PNG))).isEmpty();
  }

  @Test
  void aRefusalTouchesNoCredentials() {
    UploadGrants untouchable =
        UploadGrants.builder(OssBucket.of("examplebucket", "cn-hangzhou"))
            .credentials(
                () -> {
                  throw new AssertionError("credentials were touched");
                })
            .build();
    assertThatExceptionOfType(UploadRefusedException.class)
        .isThrownBy(
            () ->
                untouchable.post(
                    "default", PostFormat.V4, ALICE, PlannedUpload.of("a.png").size(1L << 40)));
  }

  @Test
  void newCredentialsSignTheNextGrantOfTheSameSecond() {
    OssCredentials[] current = {TEMPORARY};
    UploadGrants rotating =
        UploadGrants.builder(OssBucket.of("examplebucket", "cn-hangzhou"))
            .credentials(() -> current[0])
            .clock(Clock.fixed(NOW, ZoneOffset.UTC))
            .build();
    rotating.post("default", PostFormat.FORM, ALICE, PNG);
    current[0] = OssCredentials.temporary("STS.next", "next", "token2");
    Map<String, String> fields = rotating.post("default", PostFormat.FORM, ALICE, PNG).fields();
    assertThat(fields.get("x-oss-credential")).startsWith("STS.next/");
    assertThat(fields).containsEntry("x-oss-security-token", "token2");
  }

  @Test
  void profilesOfferTheConfiguredKinds() {
    assertThat(grants.offer("default").orElseThrow().postFormats())
        .containsExactly(PostFormat.FORM);
    assertThat(grants.offer("default").orElseThrow().putFormats()).containsExactly(PutFormat.FORM);
    assertThat(grants.offer("images").orElseThrow().postFormats()).containsExactly(PostFormat.FORM);
    assertThat(grants.offer("unknown")).isEmpty();
    UploadGrants.Builder builder =
        UploadGrants.builder(OssBucket.of("examplebucket", "cn-hangzhou"));
    UploadProfile profile = UploadProfile.builder("a").build();
    assertThatIllegalArgumentException().isThrownBy(() -> builder.profile(profile, Set.of()));
    builder.profile(profile);
    assertThatIllegalArgumentException().isThrownBy(() -> builder.profile(profile));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> grants.post("unknown", PostFormat.V4, ALICE, PNG))
        .withMessageContaining("default");
  }

  @Test
  void putGrantPinsNameAndTypeAndExpiresWithItsCredentials() {
    PutGrant put = grants.put("default", PutFormat.TEXT, ALICE, PNG);
    assertThat(put.headers()).containsExactly(Map.entry("Content-Type", "image/png"));
    assertThat(put.url().getRawPath()).isEqualTo("/" + put.key().value());
    assertThat(put.url().getRawQuery())
        .contains("x-oss-date=20241127T235959Z", "x-oss-security-token=CAIS", "x-oss-expires=600");
    assertThat(put.toString()).contains("uploads/alice/").doesNotContain("CAIS", "signature");
    assertThat(new String(put.toText(), UTF_8)).isEqualTo(put.url().toString());
  }

  @Test
  void aLinkLetsItsHolderReadOneObject() {
    DownloadLink link =
        grants.link("default", new ObjectKey("uploads/alice/a.png"), Duration.ofMinutes(5));
    assertThat(link.expiresAt()).contains(Instant.parse("2024-11-28T00:04:59Z"));
    assertThat(link.url().getRawPath()).isEqualTo("/uploads/alice/a.png");
    assertThat(link.url().getRawQuery()).contains("x-oss-expires=300");
  }

  @Test
  void nothingThatPrintsItselfPrintsTheToken() {
    PostGrant grant = grants.post("default", PostFormat.V4, ALICE, PNG);
    assertThat(grant.toString())
        .contains("uploads/alice/")
        .doesNotContain("CAIS", grant.signed().signature());
  }
}
