package io.osspost.spring.web;

import io.osspost.settings.InvalidSettingException;
import io.osspost.spring.OssPostEndpointsAutoConfiguration;
import io.osspost.spring.OssPostProperties;
import io.osspost.web.UploadEndpoints;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.access.hierarchicalroles.RoleHierarchy;
import org.springframework.security.core.Authentication;
import org.springframework.web.server.WebFilter;
import reactor.core.scheduler.Schedulers;

/** Auto-configuration of the WebFlux filter. It comes after the filters that log callers in. */
@AutoConfiguration(after = OssPostEndpointsAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@ConditionalOnClass({WebFilter.class, Schedulers.class})
@ConditionalOnBean(UploadEndpoints.class)
public class OssPostWebFluxAutoConfiguration {
  /** Threads that may wait. A refresh of credentials takes as long as STS needs. */
  @Bean
  @ConditionalOnMissingBean(name = "ossPostWebFilter")
  OssPostWebFilter ossPostWebFilter(
      UploadEndpoints endpoints, Logins logins, OssPostProperties properties) {
    if (properties.caller().startsWith("session:")) {
      throw new InvalidSettingException(
          "caller",
          "It is '"
              + properties.caller()
              + "', but WebFlux has no servlet session. Use Spring Security, 'header:...', or a"
              + " CallerSource.");
    }
    return new OssPostWebFilter(endpoints, logins, Schedulers.boundedElastic());
  }

  /** Callers from Spring Security. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(Authentication.class)
  static class SecurityConfiguration {
    @Bean
    Logins ossPostLogins(ObjectProvider<RoleHierarchy> hierarchy) {
      return new SecurityLogins(Authorities.of(hierarchy));
    }
  }

  /** Callers from any filter that sets the exchange's principal. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnMissingClass("org.springframework.security.core.Authentication")
  static class PrincipalConfiguration {
    @Bean
    Logins ossPostLogins() {
      return principal -> Optional.of(new Login(principal, role -> false));
    }
  }
}
