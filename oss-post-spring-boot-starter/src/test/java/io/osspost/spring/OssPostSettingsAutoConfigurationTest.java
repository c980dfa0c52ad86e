package io.osspost.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.osspost.UploadGrants;
import io.osspost.profile.UploadProfile;
import io.osspost.settings.UploadSettings;
import io.osspost.web.UploadEndpoints;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.ApplicationContextAssertProvider;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class OssPostSettingsAutoConfigurationTest {
  private final ApplicationContextRunner application = Starter.offWeb();

  @Test
  void theBucketIsThatOfTheProperties() {
    application.run(
        context ->
            assertThat(context.getBean(UploadSettings.class).bucket().url())
                .hasToString("https://examplebucket.oss-cn-hangzhou.aliyuncs.com"));
  }

  @Test
  void yourSettingsWinAndNeedNoProperties() {
    Starter.bare(new ApplicationContextRunner())
        .withBean("yours", UploadSettings.class, Starter::settings)
        .run(context -> granted(context, GrantQuery.as("alice", "")));
    Starter.bare(new WebApplicationContextRunner())
        .withClassLoader(new FilteredClassLoader("org.springframework.security"))
        .withBean("yours", UploadSettings.class, Starter::settings)
        .run(context -> granted(context, GrantQuery.asNobody("")));
  }

  private static void granted(ApplicationContextAssertProvider<?> context, GrantQuery asked) {
    assertThat(context)
        .hasNotFailed()
        .hasSingleBean(UploadSettings.class)
        .doesNotHaveBean("ossPostSettings");
    assertThat(asked.textOf(context.getBean(UploadEndpoints.class)))
        .contains("https://yourbucket.", "LTAIyours/");
  }

  @Test
  void namesSizesAndSpansAreReadAsBootUsersWriteThem() {
    application
        .withPropertyValues(
            "oss.post.profiles.avatars.max-size=5MB",
            "oss.post.profiles.avatars.validity=90s",
            "oss.post.profiles.avatars.contentTypes=image/png,image/jpeg",
            "oss.post.profiles.avatars.grants=post,PUT",
            "oss.post.profiles.avatars.formats=form,v4",
            "oss.post.allowAnonymous=true")
        .run(
            context -> {
              UploadProfile avatars =
                  context
                      .getBean(UploadEndpoints.class)
                      .grants()
                      .offer("avatars")
                      .orElseThrow()
                      .profile();
              assertThat(avatars.maxSize()).isEqualTo(5 << 20);
              assertThat(avatars.validity()).isEqualTo(Duration.ofSeconds(90));
              assertThat(avatars.contentTypes()).containsExactly("image/png", "image/jpeg");
              assertThat(SettingTexts.of(context.getBean(OssPostProperties.class)).byName())
                  .containsEntry("profiles.avatars.grants", "post,put")
                  .containsEntry("profiles.avatars.formats", "form,v4")
                  .containsEntry("allow-anonymous", "true");
            });
  }

  @Test
  void variablesOfAProfileWithDashesJoinIt() {
    application
        .withPropertyValues("oss.post.profiles.user-avatars.max-size=5MB")
        .withInitializer(
            context ->
                context
                    .getEnvironment()
                    .getPropertySources()
                    .addFirst(
                        new SystemEnvironmentPropertySource(
                            "test-systemEnvironment",
                            Map.of("OSS_POST_PROFILES_USERAVATARS_MAXSIZE", "7MB"))))
        .run(
            context -> {
              UploadGrants grants = context.getBean(UploadEndpoints.class).grants();
              assertThat(grants.offers())
                  .singleElement()
                  .satisfies(
                      offer -> {
                        assertThat(offer.profile().name()).isEqualTo("user-avatars");
                        assertThat(offer.profile().maxSize()).isEqualTo(7 << 20);
                      });
            });
  }

  @Test
  void everySettingOfCoreReachesItUnderItsName() {
    new ApplicationContextRunner()
        .withUserConfiguration(PropertiesOnly.class)
        .withPropertyValues(
            UploadSettings.names().stream()
                .filter(
                    name ->
                        name.startsWith("credentials.metadata-") || name.endsWith("sts-endpoint"))
                .map(name -> "oss.post." + name + (name.endsWith("v1") ? "=true" : "=vpc"))
                .toArray(String[]::new))
        .run(
            context ->
                assertThat(SettingTexts.of(context.getBean(OssPostProperties.class)).byName())
                    .containsEntry("credentials.metadata-v1", "true")
                    .containsEntry("credentials.metadata-endpoint", "vpc")
                    .containsEntry("credentials.sts-endpoint", "vpc"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "oss.post.bucket=examplebucket | oss.post.region | It is not set. Write the region",
        "oss.post.region=cn-hangzhou | oss.post.bucket | It is not set. Write the name",
      })
  void aMissingBucketOrRegionStopsTheStartAndIsNamedAsItIsWritten(
      String only, String missing, String text) {
    Starter.bare(new ApplicationContextRunner())
        .withPropertyValues(Starter.key())
        .withPropertyValues(only)
        .run(
            context -> {
              FailureAnalysis analysis = FailedStart.analysis(context);
              assertThat(analysis.getDescription())
                  .startsWith("Property '" + missing + "': " + text);
              assertThat(analysis.getAction())
                  .startsWith("Set '" + missing + "'.")
                  .contains("oss.post.emulator.enabled=true");
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "oss.post.profiles.default.dir=../ | oss.post.profiles.default.dir | leaves the "
            + "directory with '..'",
        "oss.post.endpoint=files.example.com | oss.post.endpoint | https://files.example.com",
        "oss.post.credentials.type=magic | oss.post.credentials.type | Write env or static",
        "oss.post.path-prefix=api/ | oss.post.path-prefix | without a final slash",
        "oss.post.profiles.default.validity=3600 | oss.post.profiles.default.validity | '3600s'",
        "oss.post.credentials.type=env | oss.post.credentials.access-key-id | to static",
        "oss.post.zone=Beijing | oss.post.zone | 'Asia/Shanghai'",
        "oss.post.profiles.default.acl=secret | oss.post.profiles.default.acl | 'secret'",
      })
  void aBadValueStopsTheStartWithPropertyAndFix(String property, String name, String text) {
    application
        .withPropertyValues(property)
        .run(
            context -> {
              FailureAnalysis analysis = FailedStart.analysis(context);
              assertThat(analysis.getDescription()).startsWith("Property '" + name + "'");
              assertThat(analysis.getDescription()).contains(text);
              assertThat(analysis.getAction()).contains("'" + name + "'");
            });
  }

  @ParameterizedTest
  @CsvSource({
    "oss.post.buckett,Did you mean 'bucket'?",
    "oss.post.profiles.avatars.max-sizee,Did you mean 'profiles.avatars.max-size'?",
    "oss.post.credentials.access-key,Did you mean 'credentials.access-key-id'?",
    "oss.post.emulator.on,There is no such"
  })
  void anUnknownPropertyStopsTheStartAndTheLikelyOneIsNamed(String property, String text) {
    application
        .withPropertyValues(property + "=x")
        .run(
            context -> {
              FailureAnalysis analysis = FailedStart.analysis(context);
              assertThat(analysis.getDescription())
                  .startsWith("Property '" + property + "'")
                  .contains(text);
              assertThat(analysis.getAction())
                  .isEqualTo("Correct the name, or remove the property.");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"grants=posts", "formats=v5", "validity=soon", "max-size=big"})
  void aValueOfTheWrongKindIsNamedByBoot(String wrong) {
    application
        .withPropertyValues("oss.post.profiles.avatars." + wrong)
        .run(
            context ->
                assertThat(FailedStart.analysis(context).getDescription())
                    .contains(
                        "oss.post.profiles.avatars." + wrong.substring(0, wrong.indexOf('='))));
  }

  @EnableConfigurationProperties(OssPostProperties.class)
  static class PropertiesOnly {}
}
