package io.osspost.spring.actuate;

import io.micrometer.core.instrument.binder.MeterBinder;
import io.osspost.spring.OssPostEndpointsAutoConfiguration;
import io.osspost.spring.SigningCredentials;
import io.osspost.web.UploadEndpoints;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of metrics. Boot binds them to its registries; without a registry they cost
 * nothing.
 */
@AutoConfiguration(after = OssPostEndpointsAutoConfiguration.class)
@ConditionalOnClass(MeterBinder.class)
@ConditionalOnBean({UploadEndpoints.class, SigningCredentials.class})
public class OssPostMetricsAutoConfiguration {
  @Bean
  @ConditionalOnMissingBean(name = "ossPostMetrics")
  UploadMetrics ossPostMetrics(UploadEndpoints endpoints, SigningCredentials signing) {
    return new UploadMetrics(endpoints, signing.provider());
  }
}
