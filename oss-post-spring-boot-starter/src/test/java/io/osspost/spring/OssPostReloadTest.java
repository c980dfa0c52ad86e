package io.osspost.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.osspost.ProfileSource;
import io.osspost.TenantProfile;
import io.osspost.credentials.OssCredentials;
import io.osspost.credentials.OssCredentialsProvider;
import io.osspost.object.OssBucket;
import io.osspost.object.ProfileId;
import io.osspost.profile.UploadProfile;
import io.osspost.settings.InvalidSettingException;
import io.osspost.web.UploadEndpoints;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ConfigurableApplicationContext;

/** Changed properties and profiles of a source, without a restart of the application. */
@ExtendWith(OutputCaptureExtension.class)
class OssPostReloadTest {
  private final ApplicationContextRunner application =
      Starter.offWeb()
          .withPropertyValues("oss.post.callback.ticket-secret=" + "0123456789abcdef".repeat(2));

  @Test
  void changedPropertyHasAnEffect() {
    application
        .withPropertyValues("oss.post.profiles.default.max-size=1MB")
        .run(
            context -> {
              UploadEndpoints endpoints = context.getBean(UploadEndpoints.class);
              assertThat(form(endpoints)).contains("\"maxSize\":1048576");
              set(context, "oss.post.profiles.default.max-size=2MB");
              assertThat(form(endpoints)).contains("\"maxSize\":1048576");
              context.getBean(OssPostReload.class).reload();
              assertThat(form(endpoints)).contains("\"maxSize\":2097152");
              assertThat(context.getBean(UploadEndpoints.class)).isSameAs(endpoints);
            });
  }

  @Test
  void ticketsRemainValid(CapturedOutput output) {
    application.run(
        context -> {
          UploadEndpoints endpoints = context.getBean(UploadEndpoints.class);
          String form = GrantQuery.as("alice", "filename=a.png").textOf(endpoints);
          String ticket = form.replaceFirst("(?s).*\"ticket\":\"([^\"]+)\".*", "$1");
          context.getBean(OssPostReload.class).reload();
          assertThat(
                  GrantQuery.as("alice", "filename=a.png&retry=" + ticket).of(endpoints).status())
              .isEqualTo(200);
          assertThat(output).contains("read again").doesNotContain("earlier grants are refused");
        });
  }

  @Test
  void randomTicketSecretIsWarnedOf(CapturedOutput output) {
    Starter.offWeb()
        .run(
            context -> {
              context.getBean(OssPostReload.class).reload();
              assertThat(output).contains("WARN", "oss.post.callback.ticket-secret");
            });
  }

  @Test
  void invalidPropertyKeepsTheFormerEndpoints() {
    application.run(
        context -> {
          UploadEndpoints endpoints = context.getBean(UploadEndpoints.class);
          OssPostReload reload = context.getBean(OssPostReload.class);
          set(context, "oss.post.profiles.default.max-size=ten");
          assertThatThrownBy(reload::reload).isInstanceOf(BindException.class);
          assertThat(form(endpoints)).contains("\"url\"");
          set(
              context,
              "oss.post.profiles.default.max-size=1MB",
              "oss.post.profiles.default.dir=../up/");
          assertThatThrownBy(reload::reload).isInstanceOf(InvalidSettingException.class);
          assertThat(form(endpoints)).contains("\"url\"");
          set(context, "oss.post.profiles.default.dir=up/", "oss.post.unknown=1");
          assertThatThrownBy(reload::reload).hasStackTraceContaining("oss.post.unknown");
          assertThat(form(endpoints)).contains("\"url\"");
        });
    application.run(
        context -> {
          set(context, "oss.post.path-prefix=/api");
          assertThatThrownBy(context.getBean(OssPostReload.class)::reload)
              .hasMessageContaining("path prefix");
          assertThat(form(context.getBean(UploadEndpoints.class))).contains("\"url\"");
        });
  }

  @Test
  void ownEndpointsAreNotReloaded() {
    UploadEndpoints yours = Starter.settings().open();
    Starter.bare(new ApplicationContextRunner())
        .withBean(UploadEndpoints.class, () -> yours)
        .run(context -> assertThat(context).doesNotHaveBean(OssPostReload.class));
  }

  @Test
  void sourceBeanFindsProfiles() {
    TenantProfile acme =
        TenantProfile.builder(
                new ProfileId("acme", "images"),
                1,
                UploadProfile.builder("images")
                    .bucket(OssBucket.of("acme-files", "cn-beijing"))
                    .build())
            .credentials(OssCredentialsProvider.of(OssCredentials.of("LTAIacme", "secret")))
            .build();
    application
        .withBean(
            ProfileSource.class,
            () ->
                (name, caller, request) ->
                    name.equals("images") ? Optional.of(acme) : Optional.empty())
        .run(
            context ->
                assertThat(
                        GrantQuery.as("alice", "profile=images")
                            .textOf(context.getBean(UploadEndpoints.class)))
                    .contains("acme-files.oss-cn-beijing", "LTAIacme/"));
  }

  /** A refreshed application closes its context, and opens another one. */
  @Test
  void closedContextClosesTheCredentialsOfTenants() {
    AtomicInteger opened = new AtomicInteger();
    AtomicInteger closed = new AtomicInteger();
    ProfileSource source =
        (name, caller, request) ->
            Optional.of(
                TenantProfile.builder(
                        new ProfileId("acme", name),
                        1,
                        UploadProfile.builder(name)
                            .bucket(OssBucket.of("acme-files", "cn-beijing"))
                            .build())
                    .openCredentials(() -> counted(opened, closed))
                    .build());
    ApplicationContextRunner tenants = application.withBean(ProfileSource.class, () -> source);
    for (int contexts = 1; contexts <= 2; contexts++) {
      tenants.run(
          context -> {
            UploadEndpoints endpoints = context.getBean(UploadEndpoints.class);
            assertThat(form(endpoints)).contains("acme-files");
            context.getBean(OssPostReload.class).reload();
            assertThat(form(endpoints)).contains("acme-files");
            assertThat(opened.get() - closed.get()).isEqualTo(1);
          });
      assertThat(opened).hasValue(2 * contexts);
      assertThat(closed).hasValue(2 * contexts);
    }
  }

  private static OssCredentialsProvider counted(AtomicInteger opened, AtomicInteger closed) {
    opened.incrementAndGet();
    OssCredentials key = OssCredentials.of("LTAIacme", "secret");
    return new OssCredentialsProvider() {
      @Override
      public OssCredentials resolve() {
        return key;
      }

      @Override
      public void close() {
        closed.incrementAndGet();
      }
    };
  }

  private static void set(ConfigurableApplicationContext context, String... pairs) {
    TestPropertyValues.of(pairs).applyTo(context);
  }

  private static String form(UploadEndpoints endpoints) {
    return GrantQuery.as("alice", "").textOf(endpoints);
  }
}
