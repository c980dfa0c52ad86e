package io.osspost.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import io.osspost.credentials.CredentialsUnavailableException;
import io.osspost.credentials.OssCredentials;
import io.osspost.credentials.OssCredentialsProvider;
import io.osspost.spring.Starter;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class OssPostHealthAutoConfigurationTest {
  private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
  private static final String OF_BOOT_3 = "org.springframework.boot.actuate.health";
  private static final String OF_BOOT_4 = "org.springframework.boot.health";

  private final ApplicationContextRunner application = Starter.offWeb();

  @Test
  void validCredentialsAreUpWithExpirationAndFailures() {
    CredentialsReport report = CredentialsReport.of(new Ending(NOW.plusSeconds(90)));
    assertThat(report.available()).isTrue();
    assertThat(report.details())
        .containsEntry("expiresAt", "2026-11-22T08:01:30Z")
        .containsEntry("remainingSeconds", 90L)
        .containsEntry("refreshes", 3L)
        .containsEntry("failedRefreshes", 1L)
        .containsEntry("lastFailureAt", "2026-11-22T08:00:00Z")
        .containsEntry("lastFailure", "STS does not answer.");
    assertThat(report.toString()).doesNotContain("secret").doesNotContain("token");
  }

  @Test
  void missingKeysAreDownAndSayWhy() {
    CredentialsReport report =
        CredentialsReport.of(
            () -> {
              throw new CredentialsUnavailableException("STS does not answer.");
            });
    assertThat(report.available()).isFalse();
    assertThat(report.details()).isEqualTo(Map.of("error", "STS does not answer."));
  }

  @Test
  void failingProviderIsDownWithoutItsMessage() {
    CredentialsReport report =
        CredentialsReport.of(
            () -> {
              throw new IllegalStateException("the secret is x");
            });
    assertThat(report)
        .isEqualTo(
            new CredentialsReport(false, Map.of("error", "java.lang.IllegalStateException")));
  }

  @Test
  void permanentKeysAreUpAndHaveNothingToSay() {
    assertThat(CredentialsReport.of(() -> OssCredentials.of("id", "secret")))
        .isEqualTo(new CredentialsReport(true, Map.of()));
  }

  @Test
  void theIndicatorIsOfTheBootThereIs() {
    String ofThisBoot = SpringBootVersion.getVersion().startsWith("3.") ? OF_BOOT_3 : OF_BOOT_4;
    application
        .withClassLoader(
            new FilteredClassLoader(ofThisBoot.equals(OF_BOOT_3) ? OF_BOOT_4 : OF_BOOT_3))
        .run(
            context ->
                assertThat(context.getBean("ossPostHealthIndicator").getClass().getInterfaces()[0])
                    .satisfies(type -> assertThat(type.getName()).startsWith(ofThisBoot)));
  }

  @Test
  void itIsSwitchedOffLikeAnyIndicator() {
    application
        .withPropertyValues("management.health.ossPost.enabled=false")
        .run(context -> assertThat(context).doesNotHaveBean("ossPostHealthIndicator"));
  }

  @Test
  void yourIndicatorWins() {
    application
        .withBean("ossPostHealthIndicator", Object.class, () -> "yours")
        .run(context -> assertThat(context.getBean("ossPostHealthIndicator")).isEqualTo("yours"));
  }

  @Test
  void withoutActuatorThereIsNoIndicator() {
    application
        .withClassLoader(new FilteredClassLoader(OF_BOOT_3, OF_BOOT_4))
        .run(
            context ->
                assertThat(context).hasNotFailed().doesNotHaveBean("ossPostHealthIndicator"));
  }

  /** Credentials that expire. */
  private record Ending(Instant end) implements OssCredentialsProvider {
    @Override
    public OssCredentials resolve() {
      return OssCredentials.temporary("id", "secret", "token", end);
    }

    @Override
    public Clock clock() {
      return Clock.fixed(NOW, ZoneOffset.UTC);
    }

    @Override
    public Optional<Refreshes> refreshes() {
      return Optional.of(
          new Refreshes(3, 1, Optional.of(new Failure(NOW, "STS does not answer."))));
    }
  }
}
