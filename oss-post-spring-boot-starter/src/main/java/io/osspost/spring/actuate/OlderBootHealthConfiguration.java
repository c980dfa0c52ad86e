package io.osspost.spring.actuate;

import io.osspost.spring.SigningCredentials;
import io.osspost.web.UploadEndpoints;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.health.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Health for Boot 3. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(name = "org.springframework.boot.actuate.health.HealthIndicator")
class OlderBootHealthConfiguration {
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
