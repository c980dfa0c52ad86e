package io.osspost;

import static io.osspost.GrantFixture.ALICE;
import static io.osspost.GrantFixture.LONG_TERM;
import static io.osspost.GrantFixture.NOW;
import static io.osspost.GrantFixture.PNG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.osspost.credentials.OssCredentialsProvider;
import io.osspost.object.OssBucket;
import io.osspost.profile.PlannedUpload;
import io.osspost.profile.UploadProfile;
import io.osspost.profile.UploadRefusedException;
import io.osspost.profile.UploadRefusedException.Reason;
import io.osspost.sign.SignatureVersion;
import java.io.IOException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Presigned URLs that sign the length of the file. {@code SecurityTableTest} of the example sends
 * files of other lengths to the emulator.
 */
class SignedLengthTest {
  private final UploadGrants signing = builder(profile().signLength(true)).build();

  @ParameterizedTest
  @EnumSource(PutFormat.class)
  void urlSignsTheStatedSize(PutFormat format) {
    PutGrant put = signing.put("films", format, ALICE, PNG);
    assertThat(put.url().getRawQuery()).contains("x-oss-additional-headers=content-length&");
    PutGrant longer = signing.put("films", format, ALICE, PNG.size(1235));
    assertThat(signature(longer)).isNotEqualTo(signature(put));
  }

  /** Browsers and Java's client refuse to set that header. They send it themselves. */
  @ParameterizedTest
  @EnumSource(PutFormat.class)
  void clientDoesNotSetTheLength(PutFormat format) throws IOException {
    PutGrant put = signing.put("films", format, ALICE, PNG);
    assertThat(put.headers())
        .containsEntry("Content-Type", "image/png")
        .doesNotContainKey("Content-Length");
    JsonNode response = new ObjectMapper().readTree(put.toJson());
    assertThat(response.get("headers").has("Content-Length")).isFalse();
    assertThat(response.get("headers").get("Content-Type").asText()).isEqualTo("image/png");
  }

  @ParameterizedTest
  @EnumSource(PutFormat.class)
  void sizeMustBeStated(PutFormat format) {
    assertThatExceptionOfType(UploadRefusedException.class)
        .isThrownBy(
            () -> signing.put("films", format, ALICE, PlannedUpload.of("a.png").type("image/png")))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.BAD_PARAMETER))
        .withMessageContaining("no size is stated")
        .withMessageContaining("'size'");
  }

  @Test
  void lengthIsNotSignedByDefault() {
    UploadGrants grants = builder(profile()).build();
    for (PutFormat format : PutFormat.values()) {
      assertThat(grants.put("films", format, ALICE, PNG).url().getRawQuery())
          .doesNotContain("additional-headers");
    }
  }

  @Test
  void copyOfAProfileStillSigns() {
    assertThat(profile().signLength(true).build().toBuilder().build().signLength()).isTrue();
  }

  @Test
  void v1SignatureIsRefusedAtStartup() {
    UploadGrants.Builder builder =
        builder(profile().signLength(true)).signatureVersion(SignatureVersion.V1);
    assertThatIllegalArgumentException()
        .isThrownBy(builder::build)
        .withMessageContaining("V1")
        .withMessageContaining("'films' sets sign-length")
        .withMessageContaining("Set signature-version to v4, or remove sign-length");
    builder(profile()).signatureVersion(SignatureVersion.V1).build();
  }

  @Test
  void kindsWithoutUrlsAreRefusedAtStartup() {
    UploadProfile profile = profile().signLength(true).build();
    UploadGrants.Builder builder =
        UploadGrants.builder(OssBucket.of("examplebucket", "cn-hangzhou"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.profile(profile, Set.of(GrantKind.POST, GrantKind.MULTIPART)))
        .withMessageContaining("Add put to its grants");
  }

  @Test
  void sizeIsNoLongerAWeakness() {
    UploadProfile profile = profile().signLength(true).build();
    assertThat(Enforcement.of(PutFormat.FORM, profile).weakness(profile, true)).isEmpty();
    assertThat(Enforcement.of(PutFormat.TEXT, profile).weakness(profile, true))
        .isNotEmpty()
        .doesNotContain("max-size");
  }

  private static String signature(PutGrant put) {
    return put.url().getRawQuery().replaceFirst(".*x-oss-signature=", "");
  }

  private static UploadProfile.Builder profile() {
    return UploadProfile.builder("films").dir("films/").naming((caller, file, now) -> "a.png");
  }

  private static UploadGrants.Builder builder(UploadProfile.Builder profile) {
    return UploadGrants.builder(OssBucket.of("examplebucket", "cn-hangzhou"))
        .credentials(OssCredentialsProvider.of(LONG_TERM))
        .clock(Clock.fixed(NOW, ZoneOffset.UTC))
        .mark(false)
        .profile(
            profile.build(),
            Set.of(GrantKind.PUT),
            List.of(PostFormat.FORM),
            List.of(PutFormat.values()));
  }
}
