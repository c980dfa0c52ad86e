package io.osspost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.osspost.credentials.OssCredentialsProvider;
import io.osspost.object.OssBucket;
import io.osspost.profile.UploadProfile;
import io.osspost.ticket.CallbackParameter;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnforcementTest {
  private static final List<PostFormat> FORM = List.of(PostFormat.FORM);
  private static final List<PutFormat> PUT = List.of(PutFormat.FORM);

  @ParameterizedTest
  @CsvSource({
    "forbid-overwrite,V4", "forbid-overwrite,V1", "forbid-overwrite,LEGACY",
    "acl,V4", "acl,V1", "acl,LEGACY",
    "storage-class,V4", "metadata,V1", "disposition,LEGACY",
    "success-status,V4", "success-redirect,V1"
  })
  void formatThatCannotCarryAnExplicitSettingFailsAtStartup(String setting, PostFormat format) {
    UploadProfile profile = profile(setting).build();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> start(false, profile, Set.of(GrantKind.POST), List.of(format), PUT))
        .withMessageContaining(setting)
        .withMessageContaining("format " + format.code())
        .withMessageContaining("remove the setting");
    assertThat(
            start(false, profile, Set.of(GrantKind.POST), FORM, PUT)
                .offer("a")
                .orElseThrow()
                .postFormats())
        .isEqualTo(FORM);
  }

  @ParameterizedTest
  @CsvSource({"forbid-overwrite", "acl", "storage-class", "metadata", "disposition"})
  void bareUrlThatCannotCarryAnExplicitSettingFailsAtStartup(String setting) {
    UploadProfile profile = profile(setting).build();
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> start(false, profile, Set.of(GrantKind.PUT), FORM, List.of(PutFormat.TEXT)))
        .withMessageContaining(setting);
    assertThat(
            start(false, profile, Set.of(GrantKind.PUT), FORM, PUT)
                .offer("a")
                .orElseThrow()
                .putFormats())
        .isEqualTo(PUT);
  }

  @ParameterizedTest
  @CsvSource({"forbid-overwrite", "acl", "storage-class", "metadata", "disposition"})
  void tokenThatCannotCarryAnExplicitSettingFailsAtStartup(String setting) {
    UploadProfile profile = profile(setting).build();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> start(false, profile, Set.of(GrantKind.TOKEN), FORM, PUT))
        .withMessageContaining(setting)
        .withMessageContaining("Remove token");
  }

  @ParameterizedTest
  @CsvSource({"V4,true", "V1,true", "LEGACY,false", "FORM,false"})
  void callbackThatAFormatCannotCarryFailsUnlessTheProfileSwitchesItOff(
      PostFormat format, boolean fails) {
    UploadProfile called = UploadProfile.builder("a").build();
    if (fails) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> start(true, called, Set.of(GrantKind.POST), List.of(format), PUT))
          .withMessageContaining("callback.url")
          .withMessageContaining("profiles.a.callback");
    } else {
      start(true, called, Set.of(GrantKind.POST), List.of(format), PUT);
    }
    UploadProfile silent = UploadProfile.builder("a").callback(false).build();
    start(true, silent, Set.of(GrantKind.POST), List.of(format), PUT);
    builder(true, called, Set.of(GrantKind.POST), List.of(format), PUT)
        .optionalCallback(true)
        .build();
  }

  @Test
  void profileWithoutCallbackHasNone() {
    UploadProfile silent = UploadProfile.builder("a").callback(false).build();
    UploadGrants grants =
        start(true, silent, Set.of(GrantKind.POST, GrantKind.PUT), List.of(PostFormat.FORM), PUT);
    assertThat(grants.post("a", PostFormat.FORM, GrantFixture.ALICE, GrantFixture.PNG).fields())
        .doesNotContainKey("callback");
    assertThat(grants.put("a", PutFormat.FORM, GrantFixture.ALICE, GrantFixture.PNG).headers())
        .doesNotContainKey("x-oss-callback");
  }

  @Test
  void markIsPinnedAndCanBeSwitchedOff() throws Exception {
    UploadProfile profile = UploadProfile.builder("a").build();
    PostGrant marked =
        builder(false, profile, Set.of(GrantKind.POST), FORM, PUT)
            .build()
            .post("a", PostFormat.FORM, GrantFixture.ALICE, GrantFixture.PNG);
    String mark = marked.fields().get("x-oss-meta-grant");
    assertThat(GrantFixture.policyOf(marked).get("conditions").toString())
        .contains("[\"eq\",\"$x-oss-meta-grant\",\"" + mark + "\"]");
    PostGrant unmarked =
        builder(false, profile, Set.of(GrantKind.POST), FORM, PUT)
            .mark(false)
            .build()
            .post("a", PostFormat.FORM, GrantFixture.ALICE, GrantFixture.PNG);
    assertThat(unmarked.fields()).doesNotContainKey("x-oss-meta-grant");
    UploadProfile own = UploadProfile.builder("a").metadata(Map.of("grant", "mine")).build();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder(false, own, Set.of(GrantKind.POST), FORM, PUT).build())
        .withMessageContaining("metadata.grant");
    builder(false, own, Set.of(GrantKind.POST), FORM, PUT).mark(false).build();
  }

  @Test
  void oneLineNamesTheDefaultsAFormatCannotEnforce() {
    UploadProfile profile = UploadProfile.builder("a").build();
    assertThat(Enforcement.POST_FORM.weakness(profile, true)).isEmpty();
    assertThat(Enforcement.POST_V4.weakness(profile, true))
        .contains("format v4", "forbid-overwrite", "acl", "mark", "content-types depends on");
    assertThat(Enforcement.PUT_FORM.weakness(profile, true)).contains("max-size");
    assertThat(Enforcement.TOKEN.weakness(profile, true))
        .contains("max-size", "content-types", "forbid-overwrite");
  }

  private static UploadProfile.Builder profile(String setting) {
    UploadProfile.Builder builder = UploadProfile.builder("a").dir("a/");
    return switch (setting) {
      case "forbid-overwrite" -> builder.forbidOverwrite(true);
      case "acl" -> builder.acl("private");
      case "storage-class" -> builder.storageClass("IA");
      case "metadata" -> builder.metadata(Map.of("source", "web"));
      case "disposition" -> builder.disposition("attachment");
      case "success-status" -> builder.successStatus(204);
      default -> builder.successRedirect(URI.create("https://example.com/done"));
    };
  }

  private static UploadGrants start(
      boolean callback,
      UploadProfile profile,
      Set<GrantKind> kinds,
      List<PostFormat> shapes,
      List<PutFormat> putFormats) {
    return builder(callback, profile, kinds, shapes, putFormats).build();
  }

  private static UploadGrants.Builder builder(
      boolean callback,
      UploadProfile profile,
      Set<GrantKind> kinds,
      List<PostFormat> shapes,
      List<PutFormat> putFormats) {
    UploadGrants.Builder grants =
        UploadGrants.builder(OssBucket.of("examplebucket", "cn-hangzhou"))
            .credentials(OssCredentialsProvider.of(GrantFixture.LONG_TERM))
            .tokens(scope -> GrantFixture.TEMPORARY)
            .profile(profile, kinds, shapes, putFormats);
    if (callback) {
      grants.callback(
          CallbackParameter.builder(URI.create("https://app.example/cb")).reportUploads().build());
    }
    return grants;
  }
}
