package io.osspost.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.aliyun.oss.OSS;
import io.osspost.callback.CallbackMemory;
import io.osspost.callback.UploadListener;
import io.osspost.credentials.OssCredentialsProvider;
import io.osspost.profile.KeyNaming;
import io.osspost.settings.UploadSettings;
import io.osspost.testsupport.LoggedLines;
import io.osspost.web.CallerAuthorizer;
import io.osspost.web.GrantEvent;
import io.osspost.web.PrincipalNames;
import io.osspost.web.RateLimit;
import io.osspost.web.UploadEndpoints;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.ApplicationContextAssertProvider;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.event.EventListener;
import org.springframework.mock.web.MockServletContext;
import org.springframework.web.context.WebApplicationContext;

@ExtendWith(OutputCaptureExtension.class)
class OssPostEndpointsAutoConfigurationTest {
  private final ApplicationContextRunner application = Starter.offWeb();

  @Test
  void endpointsGrantUploadsToTheBucketOfTheProperties() {
    application.run(
        context ->
            assertThat(GrantQuery.as("alice", "").textOf(context.getBean(UploadEndpoints.class)))
                .contains("https://examplebucket.oss-cn-hangzhou.aliyuncs.com")
                .contains("uploads/alice/"));
  }

  @Test
  void callbackUrlWithoutThePathOfTheServerIsWarnedOf() {
    String url = "https://www.example.com/oss_upload_callback";
    String fix = "Set callback.url to https://www.example.com/shop/oss_upload_callback";
    assertThat(
            LoggedLines.warnings(
                UploadSettings.class.getName(),
                () ->
                    Starter.servlet()
                        .withInitializer(
                            context ->
                                ((MockServletContext)
                                        ((WebApplicationContext) context).getServletContext())
                                    .setContextPath("/shop"))
                        .withPropertyValues("oss.post.callback.url=" + url)
                        .run(context -> assertThat(context).hasNotFailed())))
        .singleElement()
        .asString()
        .contains(fix);
    assertThat(
            LoggedLines.warnings(
                UploadSettings.class.getName(),
                () ->
                    Starter.reactive()
                        .withPropertyValues(
                            "oss.post.callback.url=" + url, "spring.webflux.base-path=/shop")
                        .run(context -> assertThat(context).hasNotFailed())))
        .singleElement()
        .asString()
        .contains(fix);
    assertThat(
            LoggedLines.warnings(
                UploadSettings.class.getName(),
                () ->
                    application
                        .withPropertyValues("oss.post.callback.url=" + url)
                        .run(context -> assertThat(context).hasNotFailed())))
        .isEmpty();
  }

  @Test
  void yourEndpointsWinAndNeedNoProperties() {
    UploadEndpoints yours = Starter.settings().open();
    Starter.bare(new ApplicationContextRunner())
        .withBean("yours", UploadEndpoints.class, () -> yours)
        .run(OssPostEndpointsAutoConfigurationTest::hasNothingButYours);
    Starter.bare(new WebApplicationContextRunner())
        .withClassLoader(new FilteredClassLoader("org.springframework.security"))
        .withBean("yours", UploadEndpoints.class, () -> yours)
        .run(
            context -> {
              hasNothingButYours(context);
              assertThat(context).hasBean("ossPostFilter");
            });
  }

  private static void hasNothingButYours(ApplicationContextAssertProvider<?> context) {
    assertThat(context)
        .hasNotFailed()
        .hasSingleBean(UploadEndpoints.class)
        .hasBean("ossPostSecrets")
        .doesNotHaveBean(UploadSettings.class)
        .doesNotHaveBean(OssCredentialsProvider.class)
        .doesNotHaveBean(CallerAuthorizer.class)
        .doesNotHaveBean(OSS.class)
        .doesNotHaveBean("ossPostUploadsEndpoint")
        .doesNotHaveBean("ossPostHealthIndicator")
        .doesNotHaveBean("ossPostMetrics");
  }

  @Test
  void yourClockDatesGrants() {
    Instant noon = Instant.parse("2030-05-06T12:00:00Z");
    application
        .withBean("ossPostClock", Clock.class, () -> Clock.fixed(noon, ZoneOffset.UTC))
        .run(
            context ->
                assertThat(
                        GrantQuery.as("alice", "").textOf(context.getBean(UploadEndpoints.class)))
                    .contains("\"expiresAt\":\"2030-05-06T12:10:00Z\""));
  }

  @Test
  void listenerThatHearsOfNoUploadIsWarnedOf(CapturedOutput output) {
    application
        .withBean(UploadListener.class, () -> uploaded -> {})
        .run(context -> assertThat(output.getAll()).doesNotContain("UploadListener beans"));
    application
        .withBean(UploadListener.class, () -> uploaded -> {})
        .withPropertyValues("oss.post.callback.confirm=off")
        .run(
            context ->
                assertThat(output.getAll())
                    .contains("WARN", "oss.post.callback.url", "callback.confirm: off")
                    .containsPattern("your\\s+UploadListener beans"));
  }

  @Test
  void nameOfACallerIsThatOfYourBean() {
    Starter.servlet()
        .withBean(PrincipalNames.class, () -> principal -> "id-of-" + principal.getName())
        .run(
            context ->
                assertThat(
                        GrantQuery.as("alice", "filename=a.png")
                            .textOf(context.getBean(UploadEndpoints.class)))
                    .contains("uploads/id-of-alice/"));
  }

  @Test
  void otherClocksDoNotDateGrants() {
    application
        .withBean("fixed", Clock.class, () -> Clock.fixed(Instant.EPOCH, ZoneOffset.UTC))
        .run(
            context ->
                assertThat(
                        GrantQuery.as("alice", "").textOf(context.getBean(UploadEndpoints.class)))
                    .contains("\"expiresAt\":\"20"));
  }

  @Test
  void yourRateLimitSlowsCallersDown() {
    application
        .withBean(RateLimit.class, () -> caller -> Duration.ofSeconds(7))
        .run(
            context -> {
              var answer = GrantQuery.as("alice", "").of(context.getBean(UploadEndpoints.class));
              assertThat(answer.status()).isEqualTo(429);
              assertThat(answer.headers()).containsEntry("Retry-After", "7");
            });
  }

  @Test
  void yourNamingNamesObjectsOfProfilesThatDoNotSay() {
    application
        .withBean(KeyNaming.class, () -> (caller, file, now) -> "named-by-bean.png")
        .withPropertyValues(
            "oss.post.profiles.default.max-size=1MB", "oss.post.profiles.other.naming=as-named")
        .run(
            context -> {
              UploadEndpoints endpoints = context.getBean(UploadEndpoints.class);
              assertThat(GrantQuery.as("alice", "filename=a.png").textOf(endpoints))
                  .contains("/named-by-bean.png");
              assertThat(GrantQuery.as("alice", "profile=other&filename=a.png").textOf(endpoints))
                  .contains("/a.png");
            });
  }

  @Test
  void aProfileNamesTheBeanThatNamesItsObjects() {
    application
        .withBean("numbers", KeyNaming.class, () -> (caller, file, now) -> "1.png")
        .withBean("letters", KeyNaming.class, () -> (caller, file, now) -> "a.png")
        .withPropertyValues("oss.post.naming=letters", "oss.post.profiles.counted.naming=numbers")
        .run(
            context ->
                assertThat(
                        GrantQuery.as("alice", "profile=counted&filename=x.png")
                            .textOf(context.getBean(UploadEndpoints.class)))
                    .contains("/1.png"));
  }

  @Test
  void yourCustomizersChangeProfilesInTheirOrder() {
    application
        .withBean(
            "first",
            UploadProfileCustomizer.class,
            () -> (name, profile) -> profile.maxSize(name.length()).minSize(3))
        .withBean(
            "second",
            UploadProfileCustomizer.class,
            () -> (name, profile) -> profile.maxSize(2L * name.length()))
        .run(
            context -> {
              var changed =
                  context
                      .getBean(UploadEndpoints.class)
                      .grants()
                      .offer("default")
                      .orElseThrow()
                      .profile();
              assertThat(changed.maxSize()).isEqualTo(14);
              assertThat(changed.minSize()).isEqualTo(3);
            });
  }

  @Test
  void yourMemoryIsAccepted() {
    application
        .withBean(CallbackMemory.class, () -> CallbackMemory.inProcess(1))
        .withPropertyValues("oss.post.callback.url=https://app.example.com/oss_upload_callback")
        .run(
            context ->
                assertThat(context.getBean(UploadEndpoints.class).callbackPath())
                    .contains("/oss_upload_callback"));
  }

  @Test
  void everyGrantIsAnApplicationEvent() {
    application
        .withBean(Audit.class)
        .run(
            context -> {
              UploadEndpoints endpoints = context.getBean(UploadEndpoints.class);
              GrantQuery.as("alice", "").of(endpoints);
              GrantQuery.as("alice", "profile=none").of(endpoints);
              assertThat(context.getBean(Audit.class).events)
                  .extracting(GrantEvent::outcome)
                  .containsExactly("granted", "unknown-profile");
            });
  }

  @Test
  void failingListenerDoesNotAffectTheGrant() {
    application
        .withBean(Failing.class)
        .run(
            context -> {
              assertThat(
                      GrantQuery.as("alice", "")
                          .of(context.getBean(UploadEndpoints.class))
                          .status())
                  .isEqualTo(200);
              assertThat(context.getBean(Failing.class).heard).isEqualTo(1);
            });
  }

  /** Receives grants. */
  static final class Audit {
    private final List<GrantEvent> events = new ArrayList<>();

    @EventListener
    void hear(GrantEvent event) {
      events.add(event);
    }
  }

  /** Receives grants, and throws. */
  static final class Failing {
    private int heard;

    @EventListener
    void hear(GrantEvent event) {
      heard++;
      throw new IllegalStateException("of " + event.kind());
    }
  }
}
