package io.osspost.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.osspost.credentials.CredentialsUnavailableException;
import io.osspost.credentials.OssCredentials;
import io.osspost.credentials.OssCredentialsProvider;
import io.osspost.credentials.TokenVendor;
import io.osspost.spi.CredentialsOptions;
import io.osspost.spi.CredentialsType;
import io.osspost.web.UploadEndpoints;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class OssPostCredentialsAutoConfigurationTest {
  private static final String ROLE = "acs:ram::1234567890123456:role/uploader";

  private final ApplicationContextRunner application = Starter.offWeb();
  private final ApplicationContextRunner withoutKey =
      Starter.bare(new ApplicationContextRunner()).withPropertyValues(Starter.bucket());

  @Test
  void whatSignsIsThatOfTheProperties() {
    application.run(
        context ->
            assertThat(context.getBean(OssCredentialsProvider.class).resolve().accessKeyId())
                .isEqualTo("LTAIid"));
  }

  @Test
  void yourProviderWinsAndSigns() {
    withoutKey
        .withBean("mine", OssCredentialsProvider.class, () -> () -> OssCredentials.of("mine", "m"))
        .run(
            context -> {
              assertThat(context)
                  .hasSingleBean(OssCredentialsProvider.class)
                  .doesNotHaveBean("ossPostCredentials");
              assertThat(GrantQuery.as("alice", "").textOf(context.getBean(UploadEndpoints.class)))
                  .contains("mine/");
            });
  }

  @Test
  void aTypeOfYourOwnIsNamedByItsBean() {
    application
        .withBean("vault", CredentialsType.class, () -> new Vault(new AtomicBoolean()))
        .withPropertyValues("oss.post.credentials.type=vault")
        .run(
            context ->
                assertThat(context.getBean(OssCredentialsProvider.class).resolve().accessKeyId())
                    .isEqualTo("from-vault"));
  }

  @Test
  void whatThePropertiesOpenedIsClosedWithTheApplication() {
    AtomicBoolean closed = new AtomicBoolean();
    application
        .withBean("vault", CredentialsType.class, () -> new Vault(closed))
        .withPropertyValues("oss.post.credentials.type=vault")
        .run(context -> assertThat(closed).isFalse());
    assertThat(closed).isTrue();
  }

  @Test
  void yourTokenVendorWins() {
    TokenVendor vendor =
        scope ->
            OssCredentials.temporary(
                "STS.of-" + scope.caller().orElseThrow(),
                "secret",
                "token",
                Instant.now().plusSeconds(3600));
    application
        .withBean(TokenVendor.class, () -> vendor)
        .withPropertyValues("oss.post.profiles.default.grants=token")
        .run(
            context ->
                assertThat(
                        new GrantQuery("/get_sts_token_for_oss_upload", "", Optional.of("al"))
                            .textOf(context.getBean(UploadEndpoints.class)))
                    .contains("STS.of-al"));
  }

  @Test
  void propertySelectsATypeOfOssPostSts() {
    application
        .withPropertyValues(
            "oss.post.credentials.type=sts",
            "oss.post.credentials.source=static",
            "oss.post.credentials.role-arn=" + ROLE,
            "oss.post.credentials.duration=30m",
            "oss.post.token.role-arn=acs:ram::1234567890123456:role/client",
            "oss.post.profiles.default.grants=token")
        .run(
            context ->
                assertThat(context.getBean(OssCredentialsProvider.class))
                    .hasToString("CachedCredentials[STS AssumeRole of " + ROLE + "]"));
  }

  @Test
  void roleSignsIfItsSourceIsABean() {
    application
        .withBean("vault", OssCredentialsProvider.class, () -> () -> OssCredentials.of("v", "v"))
        .withPropertyValues(
            "oss.post.credentials.type=sts",
            "oss.post.credentials.source=vault",
            "oss.post.credentials.role-arn=" + ROLE)
        .run(
            context -> {
              assertThat(context.getBean(SigningCredentials.class).provider())
                  .hasToString("CachedCredentials[STS AssumeRole of " + ROLE + "]");
              assertThat(context.getBean(OssCredentialsProvider.class))
                  .as("what the application itself has injected")
                  .isSameAs(context.getBean("vault"));
            });
  }

  @Test
  void propertySelectsOneOfSeveralProviders() {
    application
        .withBean("first", OssCredentialsProvider.class, () -> () -> OssCredentials.of("one", "1"))
        .withBean("second", OssCredentialsProvider.class, () -> () -> OssCredentials.of("two", "2"))
        .withPropertyValues("oss.post.credentials.type=second")
        .run(
            context -> {
              assertThat(GrantQuery.as("alice", "").textOf(context.getBean(UploadEndpoints.class)))
                  .contains("two/");
              assertThat(context).hasBean("ossPostHealthIndicator").hasBean("ossPostMetrics");
            });
  }

  @Test
  void beanTakesPrecedenceOverTheDefaultType() {
    withoutKey
        .withBean("mine", OssCredentialsProvider.class, () -> () -> OssCredentials.of("mine", "m"))
        .withPropertyValues("oss.post.credentials.type=env")
        .run(
            context ->
                assertThat(
                        GrantQuery.as("alice", "").textOf(context.getBean(UploadEndpoints.class)))
                    .contains("mine/"));
  }

  @Test
  void missingCredentialsStopTheStartWithTheSources() {
    application
        .withBean("nowhere", CredentialsType.class, Nowhere::new)
        .withPropertyValues("oss.post.credentials.type=nowhere")
        .run(
            context -> {
              FailureAnalysis analysis = FailedStart.analysis(context);
              assertThat(analysis.getDescription())
                  .isEqualTo("environment: OSS_ACCESS_KEY_ID is not set");
              assertThat(analysis.getAction())
                  .contains(
                      "OSS_ACCESS_KEY_ID", "oss.post.credentials.type", "OssCredentialsProvider");
            });
  }

  @Test
  void nothingPrintsTheSecret() {
    application.run(
        context ->
            assertThat(
                    context.getBean(OssPostProperties.class)
                        + " "
                        + context.getBean(OssCredentialsProvider.class).resolve())
                .contains("LTAIid")
                .doesNotContain(Starter.SECRET));
  }

  /** Credentials from the application's own source. */
  private record Vault(AtomicBoolean closed) implements CredentialsType {
    @Override
    public String name() {
      return "vault";
    }

    @Override
    public OssCredentialsProvider open(CredentialsOptions settings) {
      return new OssCredentialsProvider() {
        @Override
        public OssCredentials resolve() {
          return OssCredentials.of("from-vault", "secret");
        }

        @Override
        public void close() {
          closed.set(true);
        }
      };
    }
  }

  /** Credentials that are not available. */
  private static final class Nowhere implements CredentialsType {
    @Override
    public String name() {
      return "nowhere";
    }

    @Override
    public OssCredentialsProvider open(CredentialsOptions settings) {
      throw new CredentialsUnavailableException("environment: OSS_ACCESS_KEY_ID is not set");
    }
  }
}
