package io.osspost.spring.actuate;

import io.osspost.settings.UploadSettings;
import io.osspost.spring.OssPostEndpointsAutoConfiguration;
import io.osspost.spring.OssPostProperties;
import io.osspost.web.UploadEndpoints;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration of the endpoint {@code ossupload}, and of the masking of secrets in the other
 * endpoints.
 */
@AutoConfiguration(after = OssPostEndpointsAutoConfiguration.class)
@ConditionalOnClass({Endpoint.class, ConditionalOnAvailableEndpoint.class})
public class OssPostActuatorAutoConfiguration {
  @Bean
  @ConditionalOnAvailableEndpoint
  @ConditionalOnMissingBean
  @ConditionalOnBean({UploadSettings.class, UploadEndpoints.class})
  UploadsEndpoint ossPostUploadsEndpoint(UploadSettings settings, UploadEndpoints endpoints) {
    return new UploadsEndpoint(settings, endpoints);
  }

  @Bean
  @ConditionalOnMissingBean(name = "ossPostSecrets")
  @ConditionalOnBean(OssPostProperties.class)
  SanitizingFunction ossPostSecrets(Environment environment) {
    return new SecretMask(environment);
  }
}
