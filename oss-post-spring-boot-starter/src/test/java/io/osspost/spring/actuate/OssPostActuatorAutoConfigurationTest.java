package io.osspost.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import io.osspost.spring.Starter;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

class OssPostActuatorAutoConfigurationTest {
  private final ApplicationContextRunner application =
      Starter.offWeb().withPropertyValues("management.endpoints.web.exposure.include=*");

  @Test
  void profilesAndLimitsAreListed() {
    application
        .withPropertyValues(
            "oss.post.profiles.avatars.max-size=2MB",
            "oss.post.profiles.avatars.content-types=image/png",
            "oss.post.profiles.avatars.grants=post,put",
            "oss.post.profiles.avatars.roles=EDITOR,ADMIN")
        .run(
            context -> {
              Map<String, Object> uploads = context.getBean(UploadsEndpoint.class).uploads();
              assertThat(uploads)
                  .containsEntry(
                      "bucket",
                      Map.of(
                          "name", "examplebucket",
                          "region", "cn-hangzhou",
                          "url", "https://examplebucket.oss-cn-hangzhou.aliyuncs.com"))
                  .containsEntry("callbacks", false);
              assertThat(uploads.get("profiles"))
                  .extracting("avatars")
                  .asInstanceOf(InstanceOfAssertFactories.map(String.class, Object.class))
                  .containsEntry("grants", List.of("post", "put"))
                  .containsEntry("formats", List.of("form"))
                  .containsEntry("maxSize", 2L << 20)
                  .containsEntry("contentTypes", List.of("image/png"))
                  .containsEntry("validity", "PT10M")
                  .containsEntry("roles", List.of("ADMIN", "EDITOR"));
              assertThat(uploads.toString()).doesNotContain("LTAIid", Starter.SECRET);
            });
  }

  @Test
  void onlyProfilesWithoutRolesAdmitAnonymousCallers() {
    ApplicationContextRunner both =
        application.withPropertyValues(
            "oss.post.profiles.open.max-size=1MB", "oss.post.profiles.reports.roles=EDITOR");
    both.withPropertyValues("oss.post.allow-anonymous=true")
        .run(
            context -> {
              assertThat(admitsAnonymous(context, "open")).isEqualTo(true);
              assertThat(admitsAnonymous(context, "reports")).isEqualTo(false);
            });
    both.run(context -> assertThat(admitsAnonymous(context, "open")).isEqualTo(false));
  }

  private static Object admitsAnonymous(ApplicationContext context, String profile) {
    Map<?, ?> profiles =
        (Map<?, ?>) context.getBean(UploadsEndpoint.class).uploads().get("profiles");
    return ((Map<?, ?>) profiles.get(profile)).get("admitsAnonymous");
  }

  @Test
  void endpointMustBeExposed() {
    Starter.offWeb()
        .run(
            context ->
                assertThat(context).hasNotFailed().doesNotHaveBean("ossPostUploadsEndpoint"));
  }

  @ParameterizedTest
  @CsvSource({
    "oss.post.credentials.access-key-secret, any, ******",
    "oss.post.credentials.accessKeySecret, any, ******",
    "OSS_POST_CREDENTIALS_SECURITYTOKEN, any, ******",
    "oss.post.callback.ticket-secret, any, ******",
    "OSS_ACCESS_KEY_SECRET, any, ******",
    "ALIBABA_CLOUD_SECURITY_TOKEN, any, ******",
    "alibabacloud.sessionToken, any, ******",
    "SPRING_APPLICATION_JSON, {\"k\":\"topsecret-0123456789\"}, ******",
    "my.own.secret, topsecret-0123456789, ******",
    "oss.post.bucket, examplebucket, examplebucket",
    "oss.post.credentials.access-key-id, LTAIid, LTAIid",
  })
  void secretsAreMaskedByNameAndByValue(String name, String value, String shown) {
    application.run(
        context -> {
          SanitizingFunction mask = context.getBean("ossPostSecrets", SanitizingFunction.class);
          assertThat(mask.apply(new SanitizableData(null, name, value)).getValue())
              .isEqualTo(shown);
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "OSS_ACCESS_KEY_SECRET",
        "OSS_SESSION_TOKEN",
        "ALIBABA_CLOUD_ACCESS_KEY_SECRET",
        "ALIBABA_CLOUD_SECURITY_TOKEN",
        "alibabacloud.accessKeySecret",
        "alibabacloud.sessionToken"
      })
  void whatTheEnvironmentSignsWithIsMaskedWhereverItStands(String variable) {
    application
        .withSystemProperties(variable + "= of-the-environment")
        .run(
            context ->
                assertThat(
                        context
                            .getBean("ossPostSecrets", SanitizingFunction.class)
                            .apply(new SanitizableData(null, "copy", "x of-the-environment y"))
                            .getValue())
                    .isEqualTo("******"));
  }

  @Test
  void yoursWin() {
    SanitizingFunction yours = data -> data;
    UploadsEndpoint endpoint = new UploadsEndpoint(null, null);
    application
        .withBean("ossPostSecrets", SanitizingFunction.class, () -> yours)
        .withBean("yourEndpoint", UploadsEndpoint.class, () -> endpoint)
        .run(
            context -> {
              assertThat(context.getBean("ossPostSecrets")).isSameAs(yours);
              assertThat(context.getBean(UploadsEndpoint.class)).isSameAs(endpoint);
            });
  }

  @Test
  void withoutActuatorThereIsNeither() {
    application
        .withClassLoader(new FilteredClassLoader(Endpoint.class, SanitizingFunction.class))
        .run(
            context ->
                assertThat(context)
                    .hasNotFailed()
                    .doesNotHaveBean("ossPostUploadsEndpoint")
                    .doesNotHaveBean("ossPostSecrets"));
  }
}
