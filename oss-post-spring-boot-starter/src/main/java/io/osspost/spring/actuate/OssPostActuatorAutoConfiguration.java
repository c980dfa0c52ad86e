package io.osspost.spring.actuate;

import io.osspost.settings.UploadSettings;
import io.osspost.spring.OssPostEndpointsAutoConfiguration;
import io.osspost.spring.OssPostProperties;
import io.osspost.web.UploadEndpoints;
import java.util.Set;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration of the endpoints {@code ossupload} and {@code ossgrants}, and of the masking
 * of secrets in the other endpoints.
 */
@AutoConfiguration(after = OssPostEndpointsAutoConfiguration.class)
@ConditionalOnClass({Endpoint.class, ConditionalOnAvailableEndpoint.class})
public class OssPostActuatorAutoConfiguration {
  private static final String GRANTS = "management.endpoint.ossgrants.";

  @Bean
  @ConditionalOnAvailableEndpoint
  @ConditionalOnMissingBean
  @ConditionalOnBean({UploadSettings.class, UploadEndpoints.class})
  UploadsEndpoint ossPostUploadsEndpoint(UploadSettings settings, UploadEndpoints endpoints) {
    return new UploadsEndpoint(settings, endpoints);
  }

  @Bean
  @ConditionalOnAvailableEndpoint
  @ConditionalOnMissingBean
  @ConditionalOnBean(UploadEndpoints.class)
  OpenGrantsEndpoint ossPostOpenGrantsEndpoint(UploadEndpoints endpoints, Environment environment) {
    Binder properties = Binder.get(environment);
    return new OpenGrantsEndpoint(
        endpoints,
        properties.bind(GRANTS + "show-values", Show.class).orElse(Show.NEVER),
        properties.bind(GRANTS + "roles", Bindable.setOf(String.class)).orElse(Set.of()));
  }

  @Bean
  @ConditionalOnMissingBean(name = "ossPostSecrets")
  @ConditionalOnBean(OssPostProperties.class)
  SanitizingFunction ossPostSecrets(Environment environment) {
    return new SecretMask(environment);
  }
}
