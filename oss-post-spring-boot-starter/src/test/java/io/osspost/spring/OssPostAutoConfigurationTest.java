package io.osspost.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.osspost.credentials.CredentialsUnavailableException;
import io.osspost.credentials.OssCredentials;
import io.osspost.credentials.OssCredentialsProvider;
import io.osspost.profile.Caller;
import io.osspost.servlet.OssPostFilter;
import io.osspost.web.CallerAuthorizer;
import io.osspost.web.UploadEndpoints;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.web.servlet.FilterRegistrationBean;

class OssPostAutoConfigurationTest {
  private static final String[] STATIC_KEY = {
    "oss.post.credentials.type=static",
    "oss.post.credentials.access-key-id=LTAIid",
    "oss.post.credentials.access-key-secret=topsecret"
  };

  private final WebApplicationContextRunner bare =
      new WebApplicationContextRunner()
          .withConfiguration(AutoConfigurations.of(OssPostAutoConfiguration.class))
          .withPropertyValues(STATIC_KEY);
  private final WebApplicationContextRunner web =
      bare.withPropertyValues("oss.post.bucket=examplebucket", "oss.post.region=cn-hangzhou");

  @Test
  void twoPropertiesAndAKeyRegisterTheFilterAtTheEndpointsPaths() {
    web.withPropertyValues("oss.post.path-prefix=/api")
        .run(
            context -> {
              FilterRegistrationBean<?> filter =
                  context.getBean("ossPostFilter", FilterRegistrationBean.class);
              assertThat(filter.getFilter()).isInstanceOf(OssPostFilter.class);
              assertThat(filter.getUrlPatterns())
                  .contains("/api/get_post_signature_for_oss_upload");
              assertThat(filter.getOrder()).isGreaterThan(0);
            });
  }

  @Test
  void withoutAServletContainerTheEndpointsAreThereAndTheFilterIsNot() {
    new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(OssPostAutoConfiguration.class))
        .withPropertyValues(STATIC_KEY)
        .withPropertyValues("oss.post.bucket=examplebucket", "oss.post.region=cn-hangzhou")
        .run(
            context ->
                assertThat(context)
                    .hasSingleBean(UploadEndpoints.class)
                    .doesNotHaveBean("ossPostFilter"));
  }

  @Test
  void withoutTheFilterClassTheContextStartsAllTheSame() {
    web.withClassLoader(new FilteredClassLoader(OssPostFilter.class))
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              assertThat(context).doesNotHaveBean("ossPostFilter");
            });
  }

  @Test
  void yourBeansWin() {
    OssCredentialsProvider credentials = () -> OssCredentials.of("mine", "mine");
    CallerAuthorizer callers = request -> Caller.named("me");
    web.withBean("myCredentials", OssCredentialsProvider.class, () -> credentials)
        .withBean("myCallers", CallerAuthorizer.class, () -> callers)
        .run(
            context -> {
              assertThat(context.getBean(OssCredentialsProvider.class)).isSameAs(credentials);
              assertThat(context.getBean(CallerAuthorizer.class)).isSameAs(callers);
              assertThat(context)
                  .doesNotHaveBean("ossPostCredentials")
                  .doesNotHaveBean("ossPostCallers");
            });
    web.run(
        first -> {
          UploadEndpoints endpoints = first.getBean(UploadEndpoints.class);
          web.withBean("myEndpoints", UploadEndpoints.class, () -> endpoints)
              .run(
                  context ->
                      assertThat(context.getBean(UploadEndpoints.class)).isSameAs(endpoints));
        });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "oss.post.bucket=examplebucket | oss.post.region | It is not set. Write the region",
        "oss.post.region=cn-hangzhou | oss.post.bucket | It is not set. Write the name",
        "oss.post.bucket= | oss.post.bucket | It is empty",
      })
  void aMissingPropertyStopsTheStartAndIsNamedAsItIsWritten(
      String properties, String property, String text) {
    WebApplicationContextRunner runner = bare.withPropertyValues(properties);
    if (properties.endsWith("=")) {
      runner = runner.withPropertyValues("oss.post.region=cn-hangzhou");
    }
    runner.run(
        context -> {
          FailureAnalysis analysis =
              new InvalidSettingFailureAnalyzer().analyze(context.getStartupFailure());
          assertThat(analysis.getDescription()).startsWith("Property '" + property + "': " + text);
          assertThat(analysis.getAction()).contains("'" + property + "'");
        });
  }

  @ParameterizedTest
  @CsvSource({
    "oss.post.profiles.default.dir=../,climbs with '..'",
    "oss.post.endpoint=files.example.com,https://files.example.com",
    "oss.post.credentials.type=magic,Write env or static"
  })
  void aBadPropertyStopsTheStartWithTheFix(String property, String text) {
    web.withPropertyValues(property)
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .hasRootCauseInstanceOf(IllegalArgumentException.class)
                    .rootCause()
                    .hasMessageContaining(text));
  }

  @Test
  void anUnknownPropertyStopsTheStart() {
    web.withPropertyValues("oss.post.buckett=x")
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .rootCause()
                    .hasMessageContaining("oss.post.buckett"));
  }

  @Test
  void missingCredentialsStopTheStartAndSayWhereTheyWereLookedFor() {
    CredentialsUnavailableException missing =
        new CredentialsUnavailableException("environment: OSS_ACCESS_KEY_ID is not set");
    FailureAnalysis analysis =
        new CredentialsUnavailableFailureAnalyzer()
            .analyze(new IllegalStateException("bean", missing));
    assertThat(analysis.getDescription()).contains("OSS_ACCESS_KEY_ID is not set");
    assertThat(analysis.getAction()).contains("oss.post.credentials.type");
  }

  @Test
  void namesAreReadAsBootUsersWriteThem() {
    web.withPropertyValues(
            "oss.post.profiles.avatars.max-size=5MB",
            "oss.post.profiles.avatars.validity=90s",
            "oss.post.profiles.avatars.contentTypes=image/png,image/jpeg",
            "OSS_POST_ALLOW_ANONYMOUS=true")
        .run(
            context ->
                assertThat(context.getBean(OssPostProperties.class).byName())
                    .containsEntry("profiles.avatars.max-size", "5242880")
                    .containsEntry("profiles.avatars.validity", "PT1M30S")
                    .containsEntry("profiles.avatars.content-types", "image/png,image/jpeg"));
    assertThat(ConfigurationPropertyName.isValid("oss.post.profiles.avatars.max-size")).isTrue();
  }

  @Test
  void whatOssPostStsLendsIsAPropertyAway() {
    web.withPropertyValues(
            "oss.post.credentials.type=sts",
            "oss.post.credentials.source=static",
            "oss.post.credentials.role-arn=acs:ram::1234567890123456:role/uploader",
            "oss.post.credentials.duration=30m",
            "oss.post.token.role-arn=acs:ram::1234567890123456:role/client",
            "oss.post.profiles.default.grants=token")
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              assertThat(context.getBean(OssCredentialsProvider.class))
                  .hasToString(
                      "CachedCredentials[STS AssumeRole of"
                          + " acs:ram::1234567890123456:role/uploader]");
              assertThat(context.getBean(OssPostProperties.class).byName())
                  .containsEntry("credentials.duration", "PT30M");
            });
  }

  @Test
  void nothingPrintsTheSecret() {
    web.run(
        context ->
            assertThat(
                    context.getBean(OssPostProperties.class)
                        + " "
                        + context.getBean(OssCredentialsProvider.class).resolve())
                .contains("LTAIid")
                .doesNotContain("topsecret"));
  }
}
