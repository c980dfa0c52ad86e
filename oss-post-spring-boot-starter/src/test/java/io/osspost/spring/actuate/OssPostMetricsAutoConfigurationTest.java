package io.osspost.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.osspost.credentials.OssCredentials;
import io.osspost.credentials.OssCredentialsProvider;
import io.osspost.spring.GrantQuery;
import io.osspost.spring.Starter;
import io.osspost.web.CallbackEvent;
import io.osspost.web.GrantEvent;
import io.osspost.web.UploadEndpoints;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.event.EventListener;

class OssPostMetricsAutoConfigurationTest {
  private final ApplicationContextRunner application = Starter.offWeb();

  @Test
  void grantsAreTimedByProfileKindAndOutcome() {
    application.run(
        context -> {
          MeterRegistry registry = bound(context.getBean(UploadMetrics.class));
          UploadEndpoints endpoints = context.getBean(UploadEndpoints.class);
          GrantQuery.as("alice", "").of(endpoints);
          GrantQuery.as("alice", "").of(endpoints);
          GrantQuery.asNobody("").of(endpoints);
          assertThat(timed(registry, "default", "post", "granted")).isEqualTo(2);
          assertThat(timed(registry, "none", "post", "not-authenticated")).isEqualTo(1);
          assertThat(
                  registry
                      .get("oss.post.grants")
                      .tag("outcome", "granted")
                      .timer()
                      .totalTime(TimeUnit.NANOSECONDS))
              .isPositive();
        });
  }

  @Test
  void profilesThatClientsMakeUpAreOneTag() {
    application.run(
        context -> {
          MeterRegistry registry = bound(context.getBean(UploadMetrics.class));
          UploadEndpoints endpoints = context.getBean(UploadEndpoints.class);
          for (int i = 0; i < 100; i++) {
            GrantQuery.as("alice", "profile=made-up-" + i).of(endpoints);
          }
          assertThat(registry.getMeters()).hasSize(1);
          assertThat(timed(registry, "unknown", "post", "unknown-profile")).isEqualTo(100);
        });
  }

  @Test
  void callbacksAreCountedByOutcome() {
    application.run(
        context -> {
          MeterRegistry registry = bound(context.getBean(UploadMetrics.class));
          context.publishEvent(new CallbackEvent("signature-mismatch", Optional.empty()));
          assertThat(
                  registry
                      .get("oss.post.callbacks")
                      .tag("outcome", "signature-mismatch")
                      .counter()
                      .count())
              .isEqualTo(1);
        });
  }

  @Test
  void refreshesOfCredentialsAreCounted() {
    Starter.bare(new ApplicationContextRunner())
        .withPropertyValues(Starter.bucket())
        .withBean(OssCredentialsProvider.class, Renewed::new)
        .run(
            context -> {
              MeterRegistry registry = bound(context.getBean(UploadMetrics.class));
              assertThat(refreshes(registry, "succeeded")).isEqualTo(3);
              assertThat(refreshes(registry, "failed")).isEqualTo(1);
            });
  }

  @Test
  void credentialsThatAreNeverFetchedHaveNoRefreshes() {
    application.run(
        context ->
            assertThat(
                    bound(context.getBean(UploadMetrics.class))
                        .find("oss.post.credentials.refreshes")
                        .meter())
                .isNull());
  }

  @Test
  void anotherListenersFailureHidesNothing() {
    application
        .withBean(Failing.class)
        .run(
            context -> {
              MeterRegistry registry = bound(context.getBean(UploadMetrics.class));
              GrantQuery.as("alice", "").of(context.getBean(UploadEndpoints.class));
              assertThat(timed(registry, "default", "post", "granted")).isEqualTo(1);
            });
  }

  @Test
  void yourMetricsWin() {
    MeterBinder yours = registry -> {};
    application
        .withBean("ossPostMetrics", MeterBinder.class, () -> yours)
        .run(context -> assertThat(context.getBean("ossPostMetrics")).isSameAs(yours));
  }

  @Test
  void withoutMicrometerThereAreNoMetrics() {
    application
        .withClassLoader(new FilteredClassLoader("io.micrometer.core"))
        .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean("ossPostMetrics"));
  }

  private static MeterRegistry bound(MeterBinder metrics) {
    MeterRegistry registry = new SimpleMeterRegistry();
    metrics.bindTo(registry);
    return registry;
  }

  private static long timed(MeterRegistry registry, String profile, String kind, String outcome) {
    return registry
        .get("oss.post.grants")
        .tags("profile", profile, "kind", kind, "outcome", outcome)
        .timer()
        .count();
  }

  private static double refreshes(MeterRegistry registry, String outcome) {
    return registry
        .get("oss.post.credentials.refreshes")
        .tag("outcome", outcome)
        .functionCounter()
        .count();
  }

  /** Credentials that were fetched. */
  private static final class Renewed implements OssCredentialsProvider {
    @Override
    public OssCredentials resolve() {
      return OssCredentials.of("id", "secret");
    }

    @Override
    public Optional<Refreshes> refreshes() {
      return Optional.of(new Refreshes(3, 1, Optional.empty()));
    }
  }

  /** Throws at every grant. */
  static final class Failing {
    @EventListener
    void hear(GrantEvent event) {
      if (event.outcome().equals("granted")) {
        throw new IllegalStateException("of " + event.kind());
      }
    }
  }
}
