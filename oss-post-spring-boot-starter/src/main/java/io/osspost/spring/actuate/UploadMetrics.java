package io.osspost.spring.actuate;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.osspost.callback.UploadedObject;
import io.osspost.credentials.OssCredentialsProvider;
import io.osspost.ledger.GrantEnd;
import io.osspost.ledger.GrantState;
import io.osspost.web.CallbackEvent;
import io.osspost.web.GrantEvent;
import io.osspost.web.UploadEndpoints;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.ToDoubleFunction;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Counts and times the requests to the endpoints. Runs before other listeners, which might fail.
 *
 * <p>Clients can send any profile name, so only configured names become tags.
 */
final class UploadMetrics implements MeterBinder {
  private final UploadEndpoints endpoints;
  private final OssCredentialsProvider credentials;
  private final List<MeterRegistry> registries = new CopyOnWriteArrayList<>();

  UploadMetrics(UploadEndpoints endpoints, OssCredentialsProvider credentials) {
    this.endpoints = endpoints;
    this.credentials = credentials;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    registries.add(registry);
    new LedgerGauges(endpoints::ledger).bindTo(registry);
    if (credentials.refreshes().isPresent()) {
      countRefreshes(registry, "succeeded", OssCredentialsProvider.Refreshes::succeeded);
      countRefreshes(registry, "failed", OssCredentialsProvider.Refreshes::failed);
    }
  }

  @EventListener
  @Order(Ordered.HIGHEST_PRECEDENCE)
  void count(GrantEvent event) {
    for (MeterRegistry registry : registries) {
      Timer.builder("oss.post.grants")
          .description("Requests for grants, granted or refused")
          .tag("profile", event.profile().map(this::configured).orElse("none"))
          .tag("kind", event.kind())
          .tag("outcome", event.outcome())
          .register(registry)
          .record(event.took());
    }
  }

  @EventListener
  @Order(Ordered.HIGHEST_PRECEDENCE)
  void count(CallbackEvent event) {
    for (MeterRegistry registry : registries) {
      Counter.builder("oss.post.callbacks")
          .description("Received callbacks, accepted or refused")
          .tag("outcome", event.outcome())
          .register(registry)
          .increment();
    }
  }

  @EventListener
  @Order(Ordered.HIGHEST_PRECEDENCE)
  void count(UploadedObject uploaded) {
    for (MeterRegistry registry : registries) {
      Counter.builder("oss.post.uploads")
          .description("Uploads that listeners received")
          .tag("source", uploaded.source().code())
          .tag("confirmation", uploaded.confirmation().code())
          .register(registry)
          .increment();
    }
  }

  @EventListener
  @Order(Ordered.HIGHEST_PRECEDENCE)
  void count(GrantEnd end) {
    for (MeterRegistry registry : registries) {
      Counter.builder("oss.post.ledger.ends")
          .description("Recorded grants that were not reported in time")
          .tag("state", code(end.state()))
          .register(registry)
          .increment();
    }
  }

  static String code(GrantState state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  private String configured(String profile) {
    return endpoints.grants().offer(profile).isPresent() ? profile : "unknown";
  }

  private void countRefreshes(
      MeterRegistry registry,
      String outcome,
      ToDoubleFunction<OssCredentialsProvider.Refreshes> count) {
    FunctionCounter.builder(
            "oss.post.credentials.refreshes",
            credentials,
            provider -> provider.refreshes().map(count::applyAsDouble).orElse(0.0))
        .description("Fetches of credentials that sign")
        .tag("outcome", outcome)
        .register(registry);
  }
}
