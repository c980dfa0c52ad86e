package io.osspost.spring.actuate;

import io.osspost.spring.SigningCredentials;
import io.osspost.web.UploadEndpoints;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Health for Boot 4. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(name = "org.springframework.boot.health.contributor.HealthIndicator")
class NewerBootHealthConfiguration {
  @Bean
  @ConditionalOnEnabledHealthIndicator("ossPost")
  @ConditionalOnMissingBean(name = "ossPostHealthIndicator")
  HealthIndicator ossPostHealthIndicator(
      SigningCredentials signing, ObjectProvider<UploadEndpoints> endpoints) {
    return () -> {
      HealthReport report = HealthReport.of(signing, endpoints);
      return (report.up() ? Health.up() : Health.down()).withDetails(report.details()).build();
    };
  }
}
